extension Document {
  /// Carries out a fix-it of one of this document's diagnostics.
  ///
  /// No other entry changes. Where the compatible reading gives a value, the value stays that value.
  ///
  /// - Throws: `EditError` if the fix-it is of another document, or would harm another entry; nothing is changed.
  public mutating func apply(_ fixIt: FixIt) throws(EditError) {
    if fixIt.kind == .rewriteAsUTF8 { return try rewriteAsUTF8() }
    guard fixIt.range.lowerBound >= 0, fixIt.range.upperBound <= byteCount else { throw Self.noSuchPlace }
    switch fixIt.kind {
    case .rewriteAsUTF8: break
    case .commentOut: try replace(fixIt.range.lowerBound..<fixIt.range.lowerBound, "# ", entries: 0)
    case .insertEquals: try replace(fixIt.range, "=", entries: 1)
    case .replaceColon: try replace(fixIt.range, "=", entries: 1)
    case .removeBlanks: try replace(fixIt.range, "=", entries: 0)
    case .insertBlank: try replace(fixIt.range, " ", entries: 0)
    case .doubleBackslash: try replace(fixIt.range, "\\\\", entries: 0)
    case .writeTab: try replace(fixIt.range, "\t", entries: 0)
    case .emptyDefault: try replace(fixIt.range, ":-", entries: 0)
    case .removeEntry: try replace(fixIt.range, "", entries: -1)
    case .braces: try replace(fixIt.range, "{\(name(in: fixIt.range))}", entries: 0)
    case .quote, .respell: try respell(around: fixIt.range, literalDollars: [])
    case .literalDollar: try respell(around: fixIt.range, literalDollars: [fixIt.range.lowerBound])
    }
  }

  /// The document with the fix-its of these of its diagnostics carried out, each entry's value respelled at most once.
  ///
  /// - Throws: `EditError`, as `apply`.
  public func applying(_ diagnostics: [Diagnostic]) throws(EditError) -> Document {
    var changed = self
    var respelled: Set<Int> = []
    // From the end, so that the places before it stay what they are.
    for diagnostic in diagnostics.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      guard let fixIt = diagnostic.fixIt else { continue }
      if fixIt.kind.respells, let entry = diagnostic.entryIndex, !respelled.insert(entry).inserted {
        continue
      }
      try changed.apply(fixIt)
    }
    return changed
  }

  private static let noSuchPlace = EditError(.badPlace, "the fix is of another document; read it again")

  /// A variable's name, which is no value.
  private func name(in range: Range<Int>) -> String {
    unsafe String(decoding: storage.buffer[range], as: UTF8.self)
  }

  private mutating func respell(around range: Range<Int>, literalDollars: Set<Int>) throws(EditError) {
    guard
      let entry = entries.first(where: {
        $0.valueRange.lowerBound <= range.lowerBound && range.upperBound <= $0.valueRange.upperBound
      })
    else { throw Self.noSuchPlace }
    let respeller = Respeller(storage)
    _ = respeller.respell(entry, literalDollars: literalDollars)
    try adopt(splicing(entry.valueRange, respeller.text), change: entry.valueRange, entries: 0)
  }

  private mutating func replace(_ range: Range<Int>, _ text: String, entries: Int) throws(EditError) {
    let bytes = ValueBuffer(like: storage.room, capacity: text.utf8.count)
    for byte in text.utf8 { bytes.append(byte) }
    try adopt(splicing(range, bytes), change: range, entries: entries)
  }

  /// Takes a changed document if it has the expected number of entries, and those outside the change are what they were.
  private mutating func adopt(_ changed: Document, change: Range<Int>, entries expected: Int)
    throws(EditError)
  {
    let before = entries.filter { Int($0.valueEnd) < change.lowerBound }
    let after = entries.filter { Int($0.keyStart) > change.upperBound }
    guard changed.fileFlaw == nil, changed.entries.count == entries.count + expected,
      zip(before, changed.entries).allSatisfy({ isSame($0, $1, in: changed) }),
      zip(after.reversed(), changed.entries.reversed()).allSatisfy({ isSame($0, $1, in: changed) })
    else { throw Self.notAsMeant("the file") }
    self = changed
  }

  /// The same text in UTF-8, without a byte order mark.
  private mutating func rewriteAsUTF8() throws(EditError) {
    guard fileFlaw?.id == .utf16 else { throw Self.noSuchPlace }
    let isLittle = unsafe storage.buffer[0] == 0xFF
    guard byteCount.isMultiple(of: 2) else {
      throw EditError(.notADotEnv, "the file is cut off in the middle of a UTF-16 character")
    }
    let storage = storage
    let units = stride(from: 2, to: byteCount, by: 2).lazy.map { index -> UInt16 in
      let pair = unsafe (UInt16(storage.buffer[index]), UInt16(storage.buffer[index + 1]))
      return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
    }
    let text = ValueBuffer(like: storage.room, capacity: byteCount)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true, into: { text.append($0) })
    guard !isBroken else {
      throw EditError(.notADotEnv, "the file is not UTF-16, though it begins as if it were")
    }
    self = Document(text.storage, limits: limits)
  }
}

extension FixIt.Kind {
  /// Whether it gives the value another spelling, which mends all that is wrong with the old one.
  fileprivate var respells: Bool {
    switch self {
    case .quote, .respell, .literalDollar: true
    default: false
    }
  }
}
