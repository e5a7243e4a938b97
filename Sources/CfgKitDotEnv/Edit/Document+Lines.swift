extension Document {
  /// Puts a comment on a line of its own, directly above the effective entry of `key`.
  ///
  /// - Parameter text: one line, from its `#` on.
  /// - Throws: ``EditError``; then nothing has changed.
  public mutating func insertComment(_ text: String, above key: String) throws(EditError) {
    try checkEditable(key)
    guard let place = lastEntryIndex(for: key) else {
      throw EditError(.badPlace, "\(key) is not in the file")
    }
    let comment = try Self.comment(text)
    let offset = fullRange(ofLine: Int(index.entries[place].line)).lowerBound
    let edited = insertingLine(at: offset) { $0.append(comment) }
    try EditCheck(before: self, after: edited, origins: Array(index.entries.indices), valuesStay: true).run()
    self = edited
  }

  /// Replaces the comment of a line that is only a comment; nil removes the line.
  ///
  /// - Parameter lineIndex: an index into `lines`.
  /// - Throws: ``EditError``; then nothing has changed.
  public mutating func replaceComment(at lineIndex: Int, with text: String?) throws(EditError) {
    guard index.lines.indices.contains(lineIndex), index.lines[lineIndex].kind == .comment else {
      throw EditError(.badPlace, "there is no comment on that line")
    }
    guard let text else { return try removeLine(at: lineIndex) }
    let comment = try Self.comment(text)
    let end = Int(index.lines[lineIndex].end)
    let start = view.first(Byte.hash, from: Int(index.lines[lineIndex].start), to: end)
    let edited = applying([Splice(start..<end) { $0.append(comment) }])
    try EditCheck(before: self, after: edited, origins: Array(index.entries.indices), valuesStay: true).run()
    self = edited
  }

  /// Inserts whole lines, such as comments and `KEY=`, in the line end style of the file.
  ///
  /// - Parameter text: lines separated by LF; a last LF may be left out.
  /// - Throws: ``EditError`` if they do not read without a diagnostic; then nothing has changed.
  public mutating func insertLines(_ text: String, at placement: Placement = .end) throws(EditError) {
    try checkReadable()
    guard !text.isEmpty else { return }
    let inserted = Document(Array(text.utf8), limits: limits)
    guard inserted.fileError == nil, inserted.index.problems.isEmpty else {
      throw EditError(.badPlace, "the lines to insert do not read as comments and KEY=value lines")
    }
    let offset = offset(of: placement)
    let style = lineEnd
    let edited = insertingLine(at: offset) { builder in
      for place in inserted.index.lines.indices {
        if place > 0 { builder.append(style) }
        let line = inserted.index.lines[place]
        builder.append(Int(line.start)..<Int(line.end), of: inserted.view)
      }
    }
    let place = index.entries.firstIndex { Int($0.keyStart) >= offset } ?? index.entries.count
    var origins: [Int?] = Array(index.entries.indices)
    origins.insert(contentsOf: [Int?](repeating: nil, count: inserted.index.entries.count), at: place)
    try EditCheck(before: self, after: edited, origins: origins).run()
    self = edited
  }

  /// Removes a line, such as that of a duplicate without effect.
  ///
  /// - Parameter lineIndex: an index into `lines`.
  /// - Throws: ``EditError`` if another entry would read otherwise; then nothing has changed.
  public mutating func removeLine(at lineIndex: Int) throws(EditError) {
    try checkReadable()
    guard index.lines.indices.contains(lineIndex) else {
      throw EditError(.badPlace, "there is no such line")
    }
    let edited = applying([Splice(removing: fullRange(ofLine: lineIndex))])
    let removed = index.lines[lineIndex].entryIndex
    let origins = index.entries.indices.filter { $0 != removed }
    try EditCheck(before: self, after: edited, origins: origins, valuesStay: true).run()
    self = edited
  }
}

extension Document {
  /// The document with a line written at `offset`, which is the start of a line or the end of the file.
  func insertingLine(at offset: Int, _ write: @escaping (inout TextBuilder) -> Void) -> Document {
    let style = lineEnd
    let closesLine = offset == byteCount && endsInOpenLine
    return applying([
      Splice(offset..<offset) { text in
        if closesLine { text.append(style) }
        write(&text)
        text.append(style)
      }
    ])
  }

  /// The start of the line that `placement` means.
  func offset(of placement: Placement) -> Int {
    switch placement {
    case .end:
      return byteCount
    case .before(let key):
      guard var line = lineIndex(ofKey: key) else { return byteCount }
      while line > 0 && index.lines[line - 1].kind == .comment { line -= 1 }
      return fullRange(ofLine: line).lowerBound
    case .after(let key):
      return lineIndex(ofKey: key).map { fullRange(ofLine: $0).upperBound } ?? byteCount
    }
  }

  private func lineIndex(ofKey key: String) -> Int? {
    lastEntryIndex(for: key).map { Int(index.entries[$0].line) }
  }

  /// Refuses what `set` and `remove` must not touch.
  func checkEditable(_ key: String) throws(EditError) {
    try checkReadable()
    guard Self.isKey(key) else {
      throw EditError(
        .badKey, "not a key; use letters, digits and _, and begin with a letter or _")
    }
    for problem in index.problems {
      guard let range = problem.key, view.string(Int(range.lowerBound)..<Int(range.upperBound)) == key
      else { continue }
      throw EditError(
        .brokenLine, "\(key) stands on a line that is not KEY=value; repair that line first",
        at: index.position(at: Int(problem.offset), in: view))
    }
  }

  func checkReadable() throws(EditError) {
    if let fileError {
      throw EditError(.notADotEnv, fileError.message, at: fileError.position)
    }
    if let last = index.problems.last, last.id == .unterminatedQuote {
      throw EditError(
        .unterminatedQuote, "a quote is never closed, so the rest of the file is unread; close it first",
        at: index.position(at: Int(last.offset), in: view))
    }
  }

  /// `text`, if it is one comment line.
  private static func comment(_ text: String) throws(EditError) -> String {
    let isOneLine = !text.utf8.contains { $0 == Byte.lineFeed || $0 == Byte.carriageReturn || $0 == 0 }
    guard text.utf8.first == Byte.hash, isOneLine else {
      throw EditError(.badPlace, "a comment begins with # and is one line")
    }
    return text
  }
}
