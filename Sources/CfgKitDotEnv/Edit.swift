/// Where a new line goes.
public enum Placement: Sendable, Hashable {
  /// Behind the last line.
  case end
  /// Above the effective entry of this key and the comments directly above it; at the end if there is none.
  case before(key: String)
  /// Below the effective entry of this key; at the end if there is none.
  case after(key: String)
}

/// What `set` did.
public struct EditResult: Sendable, Hashable {
  /// Whether the key was not there before.
  public let isNew: Bool
  /// How many other entries of the key there are; they have no effect.
  public let duplicates: Int
  /// Whether most readers read the written spelling alike.
  public let isPortable: Bool
  /// Who will read the value otherwise, and how, if no portable spelling can carry it; else nothing.
  public let disagreements: [Disagreement]
  /// Where the entry is now.
  public let position: Position
}

extension Document {
  /// Sets a key to a value, literally: no `$` in it becomes an expansion.
  ///
  /// Only the value's bytes change, and they get the most portable spelling; of duplicates the last, which counts, changes. A new key
  /// goes to `placement` with the file's line end. Before it returns, the document is read again: the new value is the same byte
  /// for byte, every other entry too, and nothing new is wrong.
  ///
  /// - Throws: `EditError`, and nothing is changed.
  @discardableResult
  public mutating func set(
    _ key: String, to value: borrowing RawSpan, at placement: Placement = .end
  ) throws(EditError) -> EditResult {
    try checkEditable()
    try Self.check(key)
    try Self.check(value, of: key)
    let existing = entries(for: key)
    let spelling = Spelling(for: value)
    let text = ValueBuffer(like: storage.room)
    let changed: Document
    let index: Int
    if let entry = existing.last {
      changed = replacing(entry, with: value, spelling, text)
      index = entry.index
    } else {
      try checkNotBroken(key)
      let place = insertion(placement)
      (changed, index) = inserting(key, value, spelling, at: place, text)
    }
    try verify(changed, key, at: index, value, isNew: existing.isEmpty)
    let isPortable = spelling.isPortable(for: value)
    let position = changed.position(at: changed.entries[index].keyRange.lowerBound)
    self = changed
    return EditResult(
      isNew: existing.isEmpty, duplicates: max(0, existing.count - 1), isPortable: isPortable,
      disagreements: isPortable ? [] : changed.only(index).disagreements(),
      position: position)
  }

  /// Sets a key to a text that is no secret; see `set(_:to:at:)`.
  ///
  /// - Throws: `EditError`, and nothing is changed.
  @discardableResult
  public mutating func set(
    _ key: String, to value: String, at placement: Placement = .end
  ) throws(EditError) -> EditResult {
    let bytes = Array(value.utf8)
    return try unsafe set(key, to: bytes.span.bytes, at: placement)
  }

  /// Removes all entries of a key, with their lines, and leaves comments. No other entry may lose its value by it.
  ///
  /// - Returns: how many there were.
  /// - Throws: `EditError`, and nothing is changed.
  @discardableResult
  public mutating func remove(_ key: String) throws(EditError) -> Int {
    try checkEditable()
    let doomed = entries(for: key)
    guard !doomed.isEmpty else {
      try checkNotBroken(key)
      return 0
    }
    let ranges = doomed.map { lines[lineIndex(of: $0)].fullRange }
    let changed = cutting(ranges)
    let kept = entries.filter { !hasSameKey($0, key) }
    guard changed.entries.count == kept.count,
      zip(kept, changed.entries).allSatisfy({ isSame($0, $1, in: changed) })
    else { throw Self.notAsMeant(key) }
    let (before, after) = (read(.strict), changed.read(.strict))
    for (entry, same) in zip(kept, changed.entries) where before.hasValue(entry) && !after.hasValue(same) {
      throw harm(to: entry, "refers to \(key)")
    }
    self = changed
    return doomed.count
  }

  private func hasSameKey(_ entry: Entry, _ key: String) -> Bool { self.key(of: entry) == key }

  // MARK: Checks

  /// Whether edits are possible at all.
  package var isEditable: Bool { (try? checkEditable()) != nil }

  func checkEditable() throws(EditError) {
    if let flaw = fileFlaw {
      let diagnostic = diagnostic(flaw)
      throw EditError(.notADotEnv, diagnostic.message, at: diagnostic.position)
    }
    if let flaw = structureFlaws.first(where: { $0.id == .unterminatedQuote }) {
      let position = position(at: flaw.range.lowerBound)
      throw EditError(
        .unterminatedQuote, "the quote on line \(position.line) is never closed; close it, then edit again",
        at: position)
    }
  }

  static func check(_ key: String) throws(EditError) {
    let bytes = Array(key.utf8)
    guard let first = bytes.first, Octet.isNameStart(first), bytes.allSatisfy(Octet.isKey) else {
      throw EditError(.badKey, "a key is a letter or _, then letters, digits, _ . or -")
    }
  }

  private static func check(_ value: borrowing RawSpan, of key: String) throws(EditError) {
    let flaw = unsafe value.withUnsafeBytes { bytes in
      Encoding(of: unsafe Octets(bytes), limits: Limits(fileBytes: .max)).flaw
    }
    switch flaw?.id {
    case .nulByte:
      throw EditError(.badValue, "the value for \(key) holds a NUL byte; keep binary data as base64")
    case .invalidUTF8:
      throw EditError(.badValue, "the value for \(key) is not UTF-8; keep binary data as base64")
    case .utf16: throw EditError(.badValue, "the value for \(key) is not UTF-8; keep binary data as base64")
    default: break
    }
  }

  /// A key that stands on a line which is no entry must not be set a second time beside it.
  private func checkNotBroken(_ key: String) throws(EditError) {
    for line in lines where line.kind == .malformed && firstWord(of: line, is: key) {
      throw EditError(
        .brokenLine, "\(key) stands on line \(line.number), which is no KEY=value; correct that line first",
        at: Position(line: line.number, column: 1))
    }
  }

  /// Whether a malformed line begins with a key, behind `export` or not. It may be a pasted secret, so no text is made of it.
  private func firstWord(of line: Line, is key: String) -> Bool {
    let isSeparator = { (byte: UInt8) in " \t=:".utf8.contains(byte) }
    let bytes = unsafe storage.buffer
    let words = unsafe bytes[line.range].split(
      maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: isSeparator)
    guard let first = unsafe words.first else { return false }
    let isExported = unsafe words.count > 1 && first.elementsEqual("export".utf8)
    return unsafe (isExported ? words[1] : first).elementsEqual(key.utf8)
  }

  private func verify(
    _ changed: Document, _ key: String, at index: Int, _ value: borrowing RawSpan, isNew: Bool
  ) throws(EditError) {
    guard changed.fileFlaw == nil, changed.entries.count == entries.count + (isNew ? 1 : 0),
      changed.structureFlaws.count <= structureFlaws.count, changed.key(of: changed.entries[index]) == key
    else { throw Self.notAsMeant(key) }
    for entry in entries where isNew || entry.index != index {
      let place = isNew && entry.index >= index ? entry.index + 1 : entry.index
      guard isSame(entry, changed.entries[place], in: changed) else { throw Self.notAsMeant(key) }
    }
    let alone = changed.only(index)
    let reading = alone.read(.strict)
    var isEqual = false
    if let entry = alone.entries.first {
      _ = reading.withValue(of: entry) { isEqual = $0.hasSameOctets(as: value) }
    }
    guard isEqual else { throw Self.notAsMeant(key) }
    try verifyOthers(changed, key, at: index, isNew: isNew)
  }

  /// An entry that refers to the key may ask for a text, or become too large.
  private func verifyOthers(
    _ changed: Document, _ key: String, at index: Int, isNew: Bool
  ) throws(EditError) {
    let before = read(.strict)
    let after = changed.read(.strict)
    for entry in entries where isNew || entry.index != index {
      let place = isNew && entry.index >= index ? entry.index + 1 : entry.index
      guard before.hasValue(entry), !after.hasValue(changed.entries[place]) else { continue }
      throw harm(to: entry, "refers to \(key) and cannot take this value")
    }
  }

  private func harm(to entry: Entry, _ reason: String) -> EditError {
    EditError(
      .harmsOther,
      "\(key(of: entry)) on line \(entry.lineNumber) \(reason); change that line first",
      at: position(at: entry.keyRange.lowerBound))
  }

  /// What the modelled readers make of the only entry otherwise.
  private func disagreements() -> [Disagreement] {
    read(.strict, dialects: Set(Dialect.allCases)).diagnostics.flatMap(\.disagreements)
  }

  /// The entry at `index`, read alone.
  private func only(_ index: Int) -> Document {
    let line = lines[lineIndex(of: entries[index])]
    let copy = ValueBuffer(like: storage.room, capacity: line.range.count)
    unsafe copy.append(UnsafeRawBufferPointer(rebasing: storage.buffer[line.range]))
    return Document(
      copy.storage, limits: Limits(fileBytes: .max, valueBytes: .max, totalValueBytes: .max))
  }

  /// Whether two entries have the same key and the same value bytes.
  func isSame(_ entry: Entry, _ other: Entry, in changed: Document) -> Bool {
    let before = unsafe storage.buffer
    let after = unsafe changed.storage.buffer
    return unsafe before[entry.keyRange].elementsEqual(after[other.keyRange])
      && before[entry.valueRange].elementsEqual(after[other.valueRange])
  }

  static func notAsMeant(_ key: String) -> EditError {
    EditError(
      .notAsMeant, "the edit of \(key) did not read back as meant; nothing was changed; please report this")
  }
}
