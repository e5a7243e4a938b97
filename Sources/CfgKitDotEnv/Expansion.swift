/// Decodes values: escapes, line ends and expansions, once, in file order, and never by running anything.
struct Expansion {
  private let bytes: Octets
  private let mode: ReadingMode
  private let environment: any VariableLookup
  private let limits: Limits
  private let hasReturns: Bool
  private var total = 0
  /// The values of the entries so far, and with them the document, whose bytes are used here.
  var values: EntryValues
  /// Where decoded values go.
  let output: ValueBuffer

  // The state of the value that is being decoded.
  private var isDouble = false
  private var isTooLarge = false
  /// The last dollar that stood for a variable: a value without one is as large as the file has it, and under no limit.
  private var lastExpansion: Int?
  private var refersToError = false
  private var valueStart = 0

  init(_ document: Document, _ mode: ReadingMode, _ environment: any VariableLookup) {
    bytes = document.storage.octets
    limits = document.limits
    hasReturns = document.hasReturns
    values = EntryValues(of: document)
    output = values.buffer
    self.mode = mode
    self.environment = environment
  }

  /// The value of an entry, and what is wrong with it. `.none` without a flaw: it refers to an entry in error.
  mutating func decode(_ entry: Entry, _ found: inout EntryFlaws) -> EntryValues.Place {
    let range = entry.contentRange
    let hasDollar: Bool
    switch entry.spelling {
    case .empty: return .file
    case .bare:
      hasDollar = BareContent.check(range, in: bytes, &found)
      guard hasDollar else { return .file }
    case .single:
      guard hasReturns, has(Octet.carriageReturn, range) else { return .file }
      let start = output.count
      appendFoldingLineEnds(range)
      return .decoded(start..<output.count)
    case .double:
      hasDollar = has(UInt8(ascii: "$"), range)
      guard hasDollar || has(UInt8(ascii: "\\"), range) || hasReturns && has(Octet.carriageReturn, range)
      else { return .file }
    }
    let start = output.count
    isDouble = entry.spelling == .double
    (isTooLarge, refersToError, valueStart, lastExpansion) = (false, false, start, nil)
    if hasDollar, let open = syntax.unclosedExpansion(in: range) {
      checkEscapes(in: range, &found)
      found.append(Flaw(id: .unterminatedExpansion, range: open..<open + 2))
      return .none
    }
    expand(range, depth: 0, &found)
    if refersToError {
      checkEscapes(in: range, &found)
      return .none
    }
    if let lastExpansion {
      if room < 0 { found.append(Self.tooLarge(at: lastExpansion)) }
      total += output.count - start
    }
    return .decoded(start..<output.count)
  }

  private func has(_ byte: UInt8, _ range: Range<Int>) -> Bool { bytes.first(byte, in: range) != nil }

  private func append(_ range: Range<Int>) {
    unsafe output.append(bytes[range])
  }

  /// CRLF and CR inside quotes read as LF.
  private func appendFoldingLineEnds(_ range: Range<Int>) {
    var start = range.lowerBound
    while let place = bytes.first(Octet.carriageReturn, in: start..<range.upperBound) {
      append(start..<place)
      let isPair = place + 1 < range.upperBound && bytes[place + 1] == Octet.lineFeed
      if !isPair { output.append(Octet.lineFeed) }
      start = place + 1
    }
    append(start..<range.upperBound)
  }

  private var syntax: ExpansionSyntax { ExpansionSyntax(bytes, isDouble: isDouble) }

  // MARK: Expansion

  private mutating func expand(_ range: Range<Int>, depth: Int, _ found: inout EntryFlaws) {
    var index = range.lowerBound
    while index < range.upperBound, !isTooLarge, !refersToError {
      let start = index
      while index < range.upperBound, bytes[index] != UInt8(ascii: "$"), bytes[index] != UInt8(ascii: "\\") {
        index += 1
      }
      if isDouble, hasReturns { appendFoldingLineEnds(start..<index) } else { append(start..<index) }
      guard index < range.upperBound else { return }
      if bytes[index] == UInt8(ascii: "$") {
        index = dollar(at: index, in: range, depth: depth, &found)
      } else if syntax.isEscape(at: index, in: range) {
        index = escape(at: index, &found)
      } else {
        output.append(UInt8(ascii: "\\"))
        index += 1
      }
    }
  }

  /// Works on the backslash at `index`, and gives where to go on.
  private func escape(at index: Int, _ found: inout EntryFlaws) -> Int {
    let next = bytes[index + 1]
    let known = Self.character(escapedAs: next)
    if !isDouble || known == nil, let flaw = flaw(ofEscapeAt: index) { found.append(flaw) }
    if let character = known ?? (next == UInt8(ascii: "t") ? 0x09 : nil) {
      output.append(character)
      return index + 2
    }
    // What follows is text like any other, and may be a line end.
    output.append(UInt8(ascii: "\\"))
    return index + 1
  }

  /// What a backslash and this character stand for, or nil where readers do not agree.
  private static func character(escapedAs next: UInt8) -> UInt8? {
    switch next {
    case UInt8(ascii: "n"): Octet.lineFeed
    case UInt8(ascii: "r"): Octet.carriageReturn
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): next
    default: nil
    }
  }

  /// What is wrong with the escape at `index`, or nil.
  private func flaw(ofEscapeAt index: Int) -> Flaw? {
    let pair = index..<index + 2
    guard isDouble else {
      return Flaw(id: .escapeInUnquoted, range: pair, fixIt: FixIt(kind: .quote, range: pair))
    }
    let next = bytes[index + 1]
    guard Self.character(escapedAs: next) == nil else { return nil }
    let fixIt =
      next == UInt8(ascii: "t")
      ? FixIt(kind: .writeTab, range: pair) : FixIt(kind: .doubleBackslash, range: index..<index + 1)
    return Flaw(id: .unknownEscape, range: pair, fixIt: fixIt)
  }

  /// The flaws of the escapes in a value that is not expanded to its end: they count before what keeps it from that.
  private func checkEscapes(in range: Range<Int>, _ found: inout EntryFlaws) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\"), syntax.isEscape(at: index, in: range) else {
        index += 1
        continue
      }
      if let flaw = flaw(ofEscapeAt: index) { found.append(flaw) }
      index += 2
    }
  }

  /// Works on the dollar at `index`, and gives where to go on.
  private mutating func dollar(at index: Int, in range: Range<Int>, depth: Int, _ found: inout EntryFlaws)
    -> Int
  {
    let next = index + 1 < range.upperBound ? bytes[index + 1] : 0
    let literal = FixIt(kind: .literalDollar, range: index..<index + 1)
    switch next {
    case UInt8(ascii: "{"):
      let close = syntax.closingBrace(from: index, in: range)
      braced(index..<close + 1, depth: depth, &found)
      return close + 1
    case UInt8(ascii: "("):
      found.append(Flaw(id: .commandSubstitution, range: index..<index + 2, fixIt: literal))
    case _ where Octet.isNameStart(next):
      let end = syntax.nameEnd(from: index + 1, in: range)
      found.append(
        Flaw(id: .unbracedDollar, range: index..<end, fixIt: FixIt(kind: .braces, range: index + 1..<end)))
      // The strict reading refuses without a look; only the compatible one needs the value.
      if mode == .strict {
        _ = unsafe values.refer(to: bytes[index + 1..<end])
      } else {
        let isSet = append(variable: index + 1..<end, at: index, &found)
        if !isSet {
          found.append(Flaw(id: .undefinedVariable, range: index..<end, severity: .error, fixIt: literal))
        }
      }
      return end
    case _ where next == UInt8(ascii: "$") || Octet.isDigit(next):
      found.append(Flaw(id: .literalDollar, range: index..<index + 1, fixIt: literal))
    default: break
    }
    output.append(UInt8(ascii: "$"))
    return index + 1
  }

  /// `${NAME}`, `${NAME:-word}` and their like; `range` is from `$` to behind `}`.
  private mutating func braced(_ range: Range<Int>, depth: Int, _ found: inout EntryFlaws) {
    let start = range.lowerBound
    guard depth < limits.nesting else {
      found.append(Flaw(id: .expansionTooDeep, range: start..<start + 2))
      return
    }
    let end = range.upperBound - 1
    let index = syntax.nameEnd(from: start + 2, in: start..<end)
    let nameRange = start + 2..<index
    guard !nameRange.isEmpty, let (isColon, kind, word) = operation(at: index, end) else {
      found.append(
        Flaw(id: .badExpansion, range: range, fixIt: FixIt(kind: .literalDollar, range: start..<start + 1)))
      return
    }
    let mark = output.count
    let isSet = append(variable: nameRange, at: start, &found)
    guard !refersToError else { return }
    let isUsable = isSet && !(isColon && output.count == mark)
    switch kind {
    case nil:
      guard !isSet else { return }
      let fixIt = FixIt(kind: .emptyDefault, range: index..<index)
      found.append(Flaw(id: .undefinedVariable, range: range, fixIt: fixIt))
    case UInt8(ascii: "-"):
      guard !isUsable else { return }
      output.truncate(to: mark)
      expand(word, depth: depth + 1, &found)
    case UInt8(ascii: "+"):
      output.truncate(to: mark)
      if isUsable { expand(word, depth: depth + 1, &found) }
    default:
      if !isUsable { found.append(Flaw(id: .requiredVariable, range: range)) }
    }
  }

  /// The operator behind a name, and its word; nil for another operator.
  private func operation(at index: Int, _ end: Int) -> (isColon: Bool, kind: UInt8?, word: Range<Int>)? {
    guard index < end else { return (false, nil, end..<end) }
    let isColon = bytes[index] == UInt8(ascii: ":")
    let place = isColon ? index + 1 : index
    guard place < end else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      return (isColon, bytes[place], place + 1..<end)
    default: return nil
    }
  }

  /// Appends a variable's value, the environment's before the file's; false if it is unset.
  private mutating func append(variable name: Range<Int>, at place: Int, _ found: inout EntryFlaws) -> Bool {
    let output = output
    let room = room
    var fits = true
    lastExpansion = place
    let name = unsafe bytes[name]
    let entry = unsafe values.refer(to: name)
    let isSet = environment.withVariable(unsafe String(decoding: name, as: UTF8.self)) { bytes in
      fits = bytes.byteCount <= room
      if fits { output.append(bytes) }
    }
    if !isSet {
      guard let entry else { return false }
      switch values.place(of: entry) {
      case .file:
        let range = values.document.entries[entry].contentRange
        fits = range.count <= room
        if fits { append(range) }
      case .decoded(let range):
        fits = range.count <= room
        if fits { output.append(own: range) }
      case .none: refersToError = true
      }
    }
    if !fits {
      isTooLarge = true
      found.append(Self.tooLarge(at: place))
    }
    return true
  }

  /// How many more bytes the value may get; less than 0 if it has too many.
  private var room: Int {
    let count = output.count - valueStart
    return min(limits.valueBytes - count, limits.totalValueBytes - total - count)
  }

  private static func tooLarge(at place: Int) -> Flaw { Flaw(id: .valueTooLarge, range: place..<place + 1) }
}
