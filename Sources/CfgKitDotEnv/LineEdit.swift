/// Edits of whole lines: comments, and blocks of new lines. No value of an existing entry changes.
extension Document {
  /// Puts a comment on a line of its own, directly above the effective entry of a key.
  ///
  /// - Parameters:
  ///   - text: from `#` on, one line.
  ///   - key: the key.
  /// - Throws: `EditError` if the key has no entry, or `text` is no comment; nothing is changed.
  public mutating func insertComment(_ text: String, above key: String) throws(EditError) {
    try checkEditable()
    try Self.checkComment(text)
    guard let entry = lastEntry(for: key) else { throw EditError(.badPlace, "\(key) is not in the file") }
    let place = lines[lineIndex(of: entry)].range.lowerBound
    try keepEntries(splicing(place..<place, buffer(Array(text.utf8) + lineEnd)), key)
  }

  /// Replaces the comment on a line that is nothing else, or removes the line if `text` is nil.
  ///
  /// - Throws: `EditError` if the line is no comment, or `text` is none; nothing is changed.
  public mutating func replaceComment(at lineIndex: Int, with text: String?) throws(EditError) {
    try checkEditable()
    guard lines.indices.contains(lineIndex), lines[lineIndex].kind == .comment else {
      throw EditError(.badPlace, "there is no comment on that line")
    }
    if let text { try Self.checkComment(text) }
    let line = lines[lineIndex]
    try keepEntries(
      splicing(text == nil ? line.fullRange : line.range, buffer(Array((text ?? "").utf8))), "a comment")
  }

  /// Puts new lines into the document: comments, `KEY=value` and blank lines, with the file's line end.
  ///
  /// - Parameters:
  ///   - text: the lines, separated by LF; a last line end may be missing.
  ///   - placement: where they go.
  /// - Throws: `EditError` if an old entry would change, or a new line is no line of a `.env`; nothing is changed.
  public mutating func insertLines(_ text: String, at placement: Placement = .end) throws(EditError) {
    try checkEditable()
    guard !text.isEmpty else { return }
    let place = insertion(placement)
    let added = Document(Array(text.utf8))
    guard added.fileFlaw == nil, added.structureFlaws.isEmpty else {
      throw EditError(.badPlace, "these are no lines of a .env")
    }
    var bytes: [UInt8] = needsLineEnd(before: place) ? lineEnd : []
    for byte in text.utf8 { bytes += byte == Octet.lineFeed ? lineEnd : [byte] }
    if text.utf8.last != Octet.lineFeed { bytes += lineEnd }
    let changed = splicing(place..<place, buffer(bytes))
    let first = entries.firstIndex { Int($0.keyStart) >= place } ?? entries.count
    let isKept = entries.allSatisfy { entry in
      let index = entry.index >= first ? entry.index + added.entries.count : entry.index
      return index < changed.entries.count && isSame(entry, changed.entries[index], in: changed)
    }
    guard changed.entries.count == entries.count + added.entries.count, isKept else {
      throw Self.notAsMeant("the file")
    }
    self = changed
  }

  private static func checkComment(_ text: String) throws(EditError) {
    guard text.utf8.first == UInt8(ascii: "#"), !text.utf8.contains(where: { Octet.isLineEnd($0) || $0 == 0 })
    else {
      throw EditError(.badPlace, "a comment begins with # and is one line")
    }
  }

  private func buffer(_ bytes: [UInt8]) -> ValueBuffer {
    let buffer = ValueBuffer(like: storage.room, capacity: bytes.count)
    for byte in bytes { buffer.append(byte) }
    return buffer
  }

  private mutating func keepEntries(_ changed: Document, _ subject: String) throws(EditError) {
    let isKept =
      changed.entries.count == entries.count
      && zip(entries, changed.entries).allSatisfy { isSame($0, $1, in: changed) }
    guard isKept else { throw Self.notAsMeant(subject) }
    self = changed
  }
}
