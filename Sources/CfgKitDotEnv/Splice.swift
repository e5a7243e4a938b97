/// New documents made of ranges of an old one and new bytes.
extension Document {
  // In bounds: ranges are those of this document's lines and entries, or were held against its length. Its storage keeps the bytes.

  /// The document with `range` replaced by `bytes`.
  func splicing(_ range: Range<Int>, _ bytes: ValueBuffer) -> Document {
    let output = ValueBuffer(like: storage.room, capacity: byteCount - range.count + bytes.count)
    unsafe output.append(UnsafeRawBufferPointer(rebasing: storage.buffer[..<range.lowerBound]))
    unsafe output.append(bytes.buffer)
    unsafe output.append(UnsafeRawBufferPointer(rebasing: storage.buffer[range.upperBound...]))
    return Document(output.storage, limits: limits)
  }

  /// The document with other text, which is no secret, in the place of these ranges, which are in order and apart.
  package func replacing(_ changes: [(range: Range<Int>, text: String)]) -> Document {
    let output = ValueBuffer(like: storage.room, capacity: byteCount)
    var start = 0
    for change in changes {
      unsafe output.append(UnsafeRawBufferPointer(rebasing: storage.buffer[start..<change.range.lowerBound]))
      for byte in change.text.utf8 { output.append(byte) }
      start = change.range.upperBound
    }
    unsafe output.append(UnsafeRawBufferPointer(rebasing: storage.buffer[start...]))
    return Document(output.storage, limits: limits)
  }

  /// The document without these ranges, which are in order and apart.
  func cutting(_ ranges: [Range<Int>]) -> Document {
    replacing(ranges.map { ($0, "") })
  }

  /// The document with another value for an entry. An empty value before a comment is written `""`, and a bare one gets a blank before
  /// a glued `#`.
  func replacing(
    _ entry: Entry, with value: borrowing RawSpan, _ spelling: Spelling, _ text: ValueBuffer
  ) -> Document {
    let hasComment = entry.commentStart != Entry.noComment
    if value.byteCount == 0, hasComment {
      text.append(UInt8(ascii: "\""))
      text.append(UInt8(ascii: "\""))
    } else {
      spelling.write(value, to: text)
    }
    let isGlued = hasComment && Int(entry.commentStart) == Int(entry.valueEnd)
    if isGlued, spelling == .bare, value.byteCount > 0 { text.append(0x20) }
    return splicing(entry.valueRange, text)
  }

  /// The document with a new `KEY=value` line, and the index of its entry.
  func inserting(
    _ key: String, _ value: borrowing RawSpan, _ spelling: Spelling, at place: Int, _ text: ValueBuffer
  ) -> (Document, Int) {
    let lineEnd = lineEnd
    if needsLineEnd(before: place) { for byte in lineEnd { text.append(byte) } }
    for byte in key.utf8 { text.append(byte) }
    text.append(UInt8(ascii: "="))
    spelling.write(value, to: text)
    for byte in lineEnd { text.append(byte) }
    let index = entries.firstIndex { Int($0.keyStart) >= place } ?? entries.count
    return (splicing(place..<place, text), index)
  }

  /// Whether the last line is open, so that a line behind it must close it first.
  func needsLineEnd(before place: Int) -> Bool {
    guard place == byteCount, let last = lines.last, !last.range.isEmpty else { return false }
    return last.fullRange.count == last.range.count
  }

  /// The line end of the file: that of its first line, else LF.
  var lineEnd: [UInt8] {
    guard let first = lines.first, first.fullRange.count > first.range.count else { return [Octet.lineFeed] }
    return unsafe Array(storage.buffer[first.range.upperBound..<first.fullRange.upperBound])
  }

  /// The offset at which a new line goes.
  func insertion(_ placement: Placement) -> Int {
    switch placement {
    case .end: return byteCount
    case .after(let key):
      guard let entry = lastEntry(for: key) else { return byteCount }
      return lines[lineIndex(of: entry)].fullRange.upperBound
    case .before(let key):
      guard let entry = lastEntry(for: key) else { return byteCount }
      var index = lineIndex(of: entry)
      while index > 0, lines[index - 1].kind == .comment { index -= 1 }
      return lines[index].range.lowerBound
    }
  }
}
