/// Decoding with escapes and `${}`: one pass over a value, in file order, without a second look at inserted text.
///
/// Nested words are a stack of ranges, so that no input makes it recurse.
extension Reader {
  /// A word of an expansion that is being read: where to go on behind it, and where the text around it ends.
  private struct Word {
    var resume: Int
    var end: Int
  }

  /// What a NAME stands for.
  private enum Variable {
    case unset
    case empty
    case filled
  }

  mutating func decode(
    _ content: Range<Int>, as spelling: Entry.Spelling, at entry: Int
  ) throws(Stop) -> ByteView {
    scratch.removeAll()
    var words: [Word] = []
    var place = content.lowerBound
    var end = content.upperBound
    var lastDollar: Int?
    if spelling != .single { markReferences(in: content, by: entry) }
    while true {
      guard place < end else {
        guard let word = words.popLast() else { break }
        place = word.resume
        end = word.end
        continue
      }
      let next = nextSpecial(from: place, to: end)
      scratch.append(place..<next, of: view)
      place = next
      guard place < end else { continue }
      switch view[place] {
      case Byte.carriageReturn:
        scratch.append(Byte.lineFeed)
        place += place + 1 < end && view[place + 1] == Byte.lineFeed ? 2 : 1
      case Byte.backslash where spelling == .double:
        place += appendEscape(at: place, to: end)
      case Byte.backslash where spelling == .bare && place + 1 < end && view[place + 1] == Byte.dollar:
        scratch.append(Byte.dollar)
        place += 2
      case Byte.dollar where spelling != .single:
        let dollar = place
        let follower = place + 1 < end ? view[place + 1] : 0
        if follower == Byte.openBrace {
          lastDollar = dollar
          if let word = try expandBraced(at: dollar, to: end, depth: words.count + 1, after: &place) {
            words.append(Word(resume: place, end: end))
            place = word.lowerBound
            end = word.upperBound
          }
        } else if follower.startsName {
          lastDollar = dollar
          try expandUnbraced(at: dollar, to: end, depth: words.count + 1, after: &place)
        } else {
          try noteLiteral(dollar, follower: follower, entryContent: content)
          scratch.append(Byte.dollar)
          place += 1
        }
      default:
        scratch.append(view[place])
        place += 1
      }
    }
    if let lastDollar {
      try checkSize(adding: 0, at: lastDollar)
      expandedBytes += scratch.count
    }
    return arena.store(scratch)
  }

  /// The next byte that may mean something: `$`, `\` or CR.
  private func nextSpecial(from start: Int, to end: Int) -> Int {
    var place = start
    while place < end {
      let byte = view[place]
      if byte == Byte.dollar || byte == Byte.backslash || byte == Byte.carriageReturn { return place }
      place += 1
    }
    return end
  }

  /// Appends what the escape at `slash` stands for, both bytes if it is unknown, and returns its length.
  private func appendEscape(at slash: Int, to end: Int) -> Int {
    guard slash + 1 < end else {
      scratch.append(Byte.backslash)
      return 1
    }
    switch view[slash + 1] {
    case UInt8(ascii: "n"): scratch.append(Byte.lineFeed)
    case UInt8(ascii: "r"): scratch.append(Byte.carriageReturn)
    case UInt8(ascii: "t"): scratch.append(Byte.tab)
    case Byte.doubleQuote, Byte.backslash, Byte.dollar: scratch.append(view[slash + 1])
    default:
      // The byte after it may be a line end, which is decoded in its turn.
      scratch.append(Byte.backslash)
      return 1
    }
    return 2
  }

  private mutating func noteLiteral(
    _ dollar: Int, follower: UInt8, entryContent: Range<Int>
  ) throws(Stop) {
    let range = dollar..<dollar + 1
    if follower == Byte.openParenthesis {
      try note(.commandSubstitution, range, fix: .literalDollar)
    } else if follower.isDigit || follower == Byte.dollar {
      try note(.literalDollar, range, fix: .literalDollar)
    }
  }

  /// `$NAME`: refused by strict; compatible expands it if it is defined, and never makes it blank.
  private mutating func expandUnbraced(
    at dollar: Int, to end: Int, depth: Int, after place: inout Int
  ) throws(Stop) {
    let name = dollar + 1..<view.endOfName(from: dollar + 1, to: end)
    let whole = dollar..<name.upperBound
    try note(.unbracedDollar, whole, fix: .braces)
    try checkDepth(depth, at: dollar)
    if try expand(name, at: dollar, appending: true) == .unset {
      throw .failed(
        Finding(
          id: .undefinedVariable, range: whole, severity: .error,
          fixIt: FixIt(kind: .emptyDefault, range: whole)))
    }
    place = name.upperBound
  }

  /// `${NAME…}`: appends the value, or returns the word to read in its place; `place` moves behind the `}`.
  private mutating func expandBraced(
    at dollar: Int, to end: Int, depth: Int, after place: inout Int
  ) throws(Stop) -> Range<Int>? {
    let close = view.closingBrace(from: dollar + 2, to: end)
    guard close < end else { throw failed(.unterminatedExpansion, dollar..<dollar + 2) }
    let whole = dollar..<close + 1
    let name = dollar + 2..<view.endOfName(from: dollar + 2, to: close)
    guard !name.isEmpty, let operation = Operation(in: view, from: name.upperBound, to: close) else {
      throw .failed(
        Finding(
          id: .badExpansion, range: whole, severity: .error,
          fixIt: FixIt(kind: .literalDollar, range: dollar..<dollar + 1)))
    }
    try checkDepth(depth, at: dollar)
    place = close + 1
    let variable = try expand(name, at: dollar, appending: operation.kind != .alternative)
    let isMissing = variable == .unset || operation.countsEmptyAsUnset && variable == .empty
    switch operation.kind {
    case .plain:
      if isMissing { try note(.undefinedVariable, whole, fix: .emptyDefault) }
      return nil
    case .fallback:
      return isMissing ? operation.word : nil
    case .alternative:
      return isMissing ? nil : operation.word
    case .required:
      if isMissing { throw failed(.requiredVariable, whole) }
      return nil
    }
  }

  private func failed(_ id: Diagnostic.ID, _ range: Range<Int>) -> Stop {
    .failed(Finding(id: id, range: range, severity: .error))
  }

  /// Looks NAME up, in the environment and then in the earlier keys, and appends its value if asked to.
  private mutating func expand(
    _ name: Range<Int>, at dollar: Int, appending: Bool
  ) throws(Stop) -> Variable {
    let room = room()
    let scratch = scratch
    var byteCount = 0
    let isSet = environment.withVariable(view.string(name)) { value in
      byteCount = value.byteCount
      if appending && byteCount <= room { scratch.append(value) }
    }
    if isSet {
      if appending { try checkRoom(byteCount, in: room, at: dollar) }
      return byteCount == 0 ? .empty : .filled
    }
    guard
      let first = table.firstEntry(named: name, in: view, entries: index.entries, view: view),
      latest[first] != KeyTable.none
    else { return .unset }
    guard let value = values[Int(latest[first])] else { throw .refersToError }
    if appending {
      try checkRoom(value.count, in: room, at: dollar)
      scratch.append(0..<value.count, of: value)
    }
    return value.count == 0 ? .empty : .filled
  }

  /// How many more bytes the value may get.
  private func room() -> Int {
    let limits = document.limits
    return min(limits.valueBytes, limits.totalValueBytes - expandedBytes) - scratch.count
  }

  private func checkRoom(_ byteCount: Int, in room: Int, at dollar: Int) throws(Stop) {
    guard byteCount > 0, byteCount > room else { return }
    throw failed(.valueTooLarge, dollar..<dollar + 1)
  }

  private func checkSize(adding byteCount: Int, at dollar: Int) throws(Stop) {
    guard room() < byteCount else { return }
    throw failed(.valueTooLarge, dollar..<dollar + 1)
  }

  private func checkDepth(_ depth: Int, at dollar: Int) throws(Stop) {
    guard depth > document.limits.nesting else { return }
    throw failed(.expansionTooDeep, dollar..<dollar + 1)
  }

  /// Remembers which keys the text names, used or not: an earlier entry that is named cannot be removed.
  private mutating func markReferences(in content: Range<Int>, by entry: Int) {
    var dollar = view.first(Byte.dollar, from: content.lowerBound, to: content.upperBound)
    while dollar < content.upperBound {
      var start = dollar + 1
      if start < content.upperBound, view[start] == Byte.openBrace { start += 1 }
      let name = start..<view.endOfName(from: start, to: content.upperBound)
      if !name.isEmpty,
        let first = table.firstEntry(named: name, in: view, entries: index.entries, view: view)
      {
        lastReference[first] = UInt32(truncatingIfNeeded: entry)
      }
      dollar = view.first(Byte.dollar, from: dollar + 1, to: content.upperBound)
    }
  }
}

/// What follows the NAME in `${NAME…}`: POSIX's operators (XCU 2.6.2) without assignment.
private struct Operation {
  enum Kind {
    case plain
    /// `-`
    case fallback
    /// `+`
    case alternative
    /// `?`
    case required
  }

  var kind: Kind
  /// With `:`, an empty variable counts as unset.
  var countsEmptyAsUnset = false
  var word: Range<Int>

  /// Nil, if it is none of them.
  init?(in view: ByteView, from start: Int, to close: Int) {
    var place = start
    if place < close, view[place] == Byte.colon {
      countsEmptyAsUnset = true
      place += 1
    }
    guard place < close else {
      guard !countsEmptyAsUnset else { return nil }
      kind = .plain
      word = close..<close
      return
    }
    switch view[place] {
    case Byte.minus: kind = .fallback
    case Byte.plus: kind = .alternative
    case Byte.question: kind = .required
    default: return nil
    }
    word = place + 1..<close
  }
}

extension ByteView {
  /// The `}` that closes a `${`; only `${` nests, and nothing quotes. The end, if there is none.
  func closingBrace(from start: Int, to end: Int) -> Int {
    var depth = 1
    var place = start
    while place < end {
      switch self[place] {
      case Byte.closeBrace:
        depth -= 1
        if depth == 0 { return place }
        place += 1
      case Byte.dollar where place + 1 < end && self[place + 1] == Byte.openBrace:
        depth += 1
        place += 2
      default:
        place += 1
      }
    }
    return end
  }
}
