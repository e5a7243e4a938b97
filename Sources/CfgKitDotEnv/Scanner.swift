/// The structure pass: one loop over the bytes, from which every line and entry comes out as ranges.
///
/// Quotes decide where a line ends, so structure comes first and content second: what is wrong inside quotes never turns the
/// rest of a value into lines.
@safe struct Scanner {
  private let bytes: Octets
  private let count: Int
  private var lineNumber: UInt32 = 1
  // Room for the lines and entries, which the caller gave; a line is an entry at most.
  private let lines: UnsafeMutableBufferPointer<Line>
  private let entries: UnsafeMutableBufferPointer<Entry>
  private(set) var lineCount = 0
  private(set) var entryCount = 0
  private(set) var flaws: [Flaw] = []
  private(set) var uncountedFlaws = 0

  /// - Parameters:
  ///   - lines: as many as there are line ends, and one more.
  ///   - entries: as many.
  init(
    _ bytes: Octets, lines: UnsafeMutableBufferPointer<Line>, entries: UnsafeMutableBufferPointer<Entry>
  ) {
    self.bytes = bytes
    unsafe self.lines = lines
    unsafe self.entries = entries
    count = bytes.count
  }

  mutating func run() {
    let hasMark = count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    var start = hasMark ? 3 : 0
    while start < count { start = scanLine(start) }
  }

  // MARK: Lines

  /// Scans the line that begins at `start`, with the further lines of its value.
  ///
  /// - Returns: where the next one begins.
  @inline(__always)
  private mutating func scanLine(_ start: Int) -> Int {
    let content = bytes.skipBlanks(from: start)
    if bytes.isLineEnd(at: content) { return finish(.blank, start, content) }
    if bytes[content] == UInt8(ascii: "#") { return finish(.comment, start, bytes.lineEnd(from: content)) }
    return scanAssignment(start, content)
  }

  /// Notes a line, and steps over its line end.
  @inline(__always)
  private mutating func finish(
    _ kind: Line.Kind, _ start: Int, _ end: Int, entry: UInt32 = Line.noEntry, innerLines: UInt32 = 0
  ) -> Int {
    var next = end
    if end < count {
      let isPair =
        bytes[end] == Octet.carriageReturn && end + 1 < count && bytes[end + 1] == Octet.lineFeed
      next += isPair ? 2 : 1
    }
    // The check is what keeps the write inside the room.
    unsafe precondition(lineCount < lines.count)
    unsafe lines.initializeElement(
      at: lineCount,
      to: Line(
        kind: kind, ending: UInt8(truncatingIfNeeded: next - end),
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        first: lineNumber, entry: entry))
    lineCount += 1
    lineNumber += innerLines + 1
    return next
  }

  @inline(never)
  private mutating func malformed(
    _ start: Int, _ id: Diagnostic.ID, at place: Int, length: Int = 1, fixIt: FixIt
  ) -> Int {
    note(Flaw(id: id, range: place..<min(place + length, count), fixIt: fixIt))
    return finish(.malformed, start, bytes.lineEnd(from: place))
  }

  @inline(never)
  private mutating func note(_ flaw: Flaw) {
    // An open quote, which goes to the end of the file, is never left out: it forbids every edit.
    if flaws.count < Document.keptDiagnostics || flaw.id == .unterminatedQuote {
      flaws.append(flaw)
    } else {
      uncountedFlaws += 1
    }
  }

  // MARK: Assignments

  @inline(__always)
  private mutating func scanAssignment(_ start: Int, _ content: Int) -> Int {
    let keyStart = bytes.skipExport(content)
    var traits: Entry.Traits = keyStart > content ? .exported : []
    var keyEnd = keyStart
    if Octet.isNameStart(bytes[keyStart]) {
      keyEnd = bytes.endOfName(from: keyStart)
      if keyEnd < count, Octet.isKey(bytes[keyEnd]) {
        traits.insert(.nonPosixKey)
        while keyEnd < count, Octet.isKey(bytes[keyEnd]) { keyEnd += 1 }
      }
    }
    guard keyEnd > keyStart else {
      return malformed(start, .badKey, at: keyStart, fixIt: FixIt(kind: .commentOut, range: start..<start))
    }
    let equals = bytes.skipBlanks(from: keyEnd)
    guard !bytes.isLineEnd(at: equals) else {
      return malformed(
        start, .missingEquals, at: equals, length: 0,
        fixIt: FixIt(kind: .insertEquals, range: keyEnd..<keyEnd))
    }
    switch bytes[equals] {
    case UInt8(ascii: "="): break
    case UInt8(ascii: ":"):
      return malformed(
        start, .colonSeparator, at: equals, fixIt: FixIt(kind: .replaceColon, range: equals..<equals + 1))
    default:
      return malformed(start, .badKey, at: equals, fixIt: FixIt(kind: .commentOut, range: start..<start))
    }
    if equals > keyEnd { traits.insert(.spaceAroundEquals) }
    return scanValue(
      Head(start: start, keyStart: keyStart, keyEnd: keyEnd, equals: equals, traits: traits))
  }

  /// What stands before a value.
  private struct Head {
    let start: Int
    let keyStart: Int
    let keyEnd: Int
    let equals: Int
    var traits: Entry.Traits

    /// The same of an entry whose structure is in error.
    var broken: Head {
      var head = self
      head.traits.insert(.broken)
      return head
    }
  }

  @inline(__always)
  private mutating func scanValue(_ head: Head) -> Int {
    let afterEquals = head.equals + 1
    let start = bytes.skipBlanks(from: afterEquals)
    let hasBlank = start > afterEquals
    if bytes.isLineEnd(at: start) {
      return add(head, value: afterEquals..<afterEquals, .empty, comment: nil, start)
    }
    if hasBlank, bytes[start] == UInt8(ascii: "#") {
      return add(
        head, value: afterEquals..<afterEquals, .empty, comment: start, bytes.lineEnd(from: start))
    }
    var head = head
    if hasBlank { head.traits.insert(.spaceAroundEquals) }
    let isQuoted = bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
    return isQuoted ? scanQuoted(head, start) : scanBare(head, start)
  }

  @inline(__always)
  private mutating func scanBare(_ head: Head, _ start: Int) -> Int {
    var end = bytes.first(UInt8(ascii: "#"), orLineEndFrom: start)
    var lineEnd = end
    var comment: Int?
    // A `#` behind a blank begins a comment; one behind anything else belongs to the value.
    while end < count, bytes[end] == UInt8(ascii: "#") {
      if end > start, Octet.isBlank(bytes[end - 1]) {
        comment = end
        lineEnd = bytes.lineEnd(from: end)
        break
      }
      end = bytes.first(UInt8(ascii: "#"), orLineEndFrom: end + 1)
      lineEnd = end
    }
    return add(head, value: start..<bytes.trimBlanks(start..<end), .bare, comment: comment, lineEnd)
  }

  private mutating func scanQuoted(_ head: Head, _ start: Int) -> Int {
    let spelling: Entry.Spelling = bytes[start] == UInt8(ascii: "'") ? .single : .double
    // Most values end on their line, without a backslash before the quote.
    var close = bytes.first(bytes[start], orLineEndFrom: start + 1)
    var innerLines: UInt32 = 0
    if close == count || bytes[close] != bytes[start] || bytes[close - 1] == UInt8(ascii: "\\") {
      guard let found = bytes.closingQuote(of: start) else {
        note(
          Flaw(
            id: .unterminatedQuote, range: start..<start + 1, entry: entryCount,
            related: bytes.nextAssignment(after: start).map { ($0, .looksLikeAssignment) }))
        return add(head.broken, value: start..<count, spelling, comment: nil, count)
      }
      close = found
      innerLines = bytes.lineEnds(in: start..<close)
    }
    let afterQuote = close + 1
    let place = bytes.skipBlanks(from: afterQuote)
    if bytes.isLineEnd(at: place) {
      return add(head, value: start..<afterQuote, spelling, comment: nil, place, innerLines)
    }
    let lineEnd = bytes.lineEnd(from: place)
    if bytes[place] == UInt8(ascii: "#") {
      return add(head, value: start..<afterQuote, spelling, comment: place, lineEnd, innerLines)
    }
    let end = bytes.trimBlanks(place..<lineEnd)
    note(
      Flaw(
        id: .textAfterQuote, range: place..<end, entry: entryCount,
        related: (start..<start + 1, .openingQuote)))
    return add(head.broken, value: start..<end, spelling, comment: nil, lineEnd, innerLines)
  }

  @inline(__always)
  private mutating func add(
    _ head: Head, value: Range<Int>, _ spelling: Entry.Spelling, comment: Int?, _ lineEnd: Int,
    _ innerLines: UInt32 = 0
  ) -> Int {
    let index = UInt32(truncatingIfNeeded: entryCount)
    unsafe precondition(entryCount < entries.count)
    // Offsets fit: a file has less than 4 GiB.
    unsafe entries.initializeElement(
      at: entryCount,
      to: Entry(
        number: index, line: UInt32(truncatingIfNeeded: lineCount),
        keyStart: UInt32(truncatingIfNeeded: head.keyStart),
        keyEnd: UInt32(truncatingIfNeeded: head.keyEnd),
        valueStart: UInt32(truncatingIfNeeded: value.lowerBound),
        valueEnd: UInt32(truncatingIfNeeded: value.upperBound),
        commentStart: comment.map { UInt32(truncatingIfNeeded: $0) } ?? Entry.noComment,
        firstLine: lineNumber, spelling: spelling, traits: head.traits))
    entryCount += 1
    return finish(.entry, head.start, lineEnd, entry: index, innerLines: innerLines)
  }
}

// Of the bytes alone: what needs the whole scanner would copy it.
extension Octets {
  /// `export` is a keyword only if blanks, and then neither `=` nor the end of the line, follow.
  ///
  /// - Returns: where the key begins.
  @inline(__always)
  fileprivate func skipExport(_ start: Int) -> Int {
    guard self[start] == UInt8(ascii: "e"), start + 6 < count, self[start + 1] == UInt8(ascii: "x"),
      self[start + 2] == UInt8(ascii: "p"), self[start + 3] == UInt8(ascii: "o"),
      self[start + 4] == UInt8(ascii: "r"), self[start + 5] == UInt8(ascii: "t"),
      Octet.isBlank(self[start + 6])
    else { return start }
    let key = skipBlanks(from: start + 7)
    return isLineEnd(at: key) || self[key] == UInt8(ascii: "=") ? start : key
  }

  /// The quote that closes the one at `start`, or nil.
  fileprivate func closingQuote(of start: Int) -> Int? {
    let quote = self[start]
    var search = start + 1
    while let place = first(quote, in: search..<count) {
      if quote == UInt8(ascii: "'") { return place }
      // In double quotes an odd number of backslashes before it makes the quote a character.
      var backslashes = place
      while backslashes > search, self[backslashes - 1] == UInt8(ascii: "\\") { backslashes -= 1 }
      if (place - backslashes).isMultiple(of: 2) { return place }
      search = place + 1
    }
    return nil
  }

  /// How many lines end inside the range.
  fileprivate func lineEnds(in range: Range<Int>) -> UInt32 {
    var number: UInt32 = 0
    var index = lineEnd(from: range.lowerBound)
    while index < range.upperBound {
      number += 1
      let isPair = self[index] == Octet.carriageReturn && self[index + 1] == Octet.lineFeed
      index = lineEnd(from: index + (isPair ? 2 : 1))
    }
    return number
  }

  /// The key of the first later line that looks like an assignment: probably where the quote was forgotten.
  fileprivate func nextAssignment(after start: Int) -> Range<Int>? {
    var end = lineEnd(from: start)
    while end < count {
      let content = skipBlanks(from: end + 1)
      guard content < count else { return nil }
      let keyStart = skipExport(content)
      var keyEnd = keyStart
      while keyEnd < count, Octet.isKey(self[keyEnd]) { keyEnd += 1 }
      let equals = skipBlanks(from: keyEnd)
      if equals < count, self[equals] == UInt8(ascii: "="), Octet.isNameStart(self[keyStart]) {
        return keyStart..<keyEnd
      }
      end = lineEnd(from: equals)
    }
    return nil
  }
}
