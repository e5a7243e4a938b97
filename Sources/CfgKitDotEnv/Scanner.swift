/// The structure pass: one loop over the bytes, from which every line and entry comes out as ranges.
///
/// Quotes decide where a line ends, so structure comes first and content second: what is wrong inside quotes never turns the
/// rest of a value into lines.
@safe struct Scanner {
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private let hasReturns: Bool
  private var offset = 0
  /// Where the line of `offset` ends; a value that spans lines moves it.
  private var lineEnd = 0
  private var lineNumber: UInt32 = 1
  private(set) var lines: [Line] = []
  private(set) var entries: [Entry] = []
  private(set) var flaws: [Flaw] = []
  private(set) var uncountedFlaws = 0

  /// - Parameter hasReturns: whether there is a CR among the bytes; without one, lines end in LF alone.
  init(_ bytes: UnsafeRawBufferPointer, hasReturns: Bool) {
    unsafe self.bytes = bytes
    self.hasReturns = hasReturns
    count = bytes.count
    // Files have 32 to 80 bytes a line; a guess that is too small costs a copy.
    lines.reserveCapacity(count / 64 + 8)
    entries.reserveCapacity(count / 64 + 8)
  }

  mutating func run() {
    if count >= 3, unsafe bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF { offset = 3 }
    while offset < count { scanLine() }
  }

  private func byte(_ index: Int) -> UInt8 { unsafe bytes[index] }

  private mutating func skipBlanks() {
    while offset < lineEnd, Octet.isBlank(byte(offset)) { offset += 1 }
  }

  private func first(_ byte: UInt8, in range: Range<Int>) -> Int? { unsafe bytes.first(byte, in: range) }

  // MARK: Lines

  private mutating func scanLine() {
    let start = offset
    lineEnd = endOfLine(from: start)
    skipBlanks()
    if offset == lineEnd {
      finish(.blank, start)
    } else if byte(offset) == UInt8(ascii: "#") {
      finish(.comment, start)
    } else {
      scanAssignment(start)
    }
  }

  private func endOfLine(from start: Int) -> Int {
    let feed = first(Octet.lineFeed, in: start..<count) ?? count
    // A CR before the LF ends the line too; the search for it stays inside this line.
    return hasReturns ? first(Octet.carriageReturn, in: start..<feed) ?? feed : feed
  }

  /// Ends the line at `lineEnd`, steps over its line end, and notes it.
  private mutating func finish(
    _ kind: Line.Kind, _ start: Int, entry: UInt32 = Line.noEntry, innerLines: UInt32 = 0
  ) {
    offset = lineEnd
    if offset < count {
      let isPair =
        byte(offset) == Octet.carriageReturn && offset + 1 < count && byte(offset + 1) == Octet.lineFeed
      offset += isPair ? 2 : 1
    }
    lines.append(
      Line(
        kind: kind, start: UInt32(start), end: UInt32(lineEnd), next: UInt32(offset), first: lineNumber,
        entry: entry))
    lineNumber += innerLines + 1
  }

  private mutating func malformed(
    _ start: Int, _ id: Diagnostic.ID, at place: Int, length: Int = 1, fixIt: FixIt? = nil
  ) {
    note(Flaw(id: id, range: place..<min(place + length, count), fixIt: fixIt))
    finish(.malformed, start)
  }

  private mutating func note(_ flaw: Flaw) {
    if flaws.count < Document.keptDiagnostics { flaws.append(flaw) } else { uncountedFlaws += 1 }
  }

  // MARK: Assignments

  private mutating func scanAssignment(_ start: Int) {
    let isExported = skipExport()
    let keyStart = offset
    var traits: Entry.Traits = isExported ? .exported : []
    if Octet.isNameStart(byte(offset)) {
      offset += 1
      while offset < lineEnd, Octet.isName(byte(offset)) { offset += 1 }
      if offset < lineEnd, Octet.isKey(byte(offset)) {
        traits.insert(.nonPosixKey)
        while offset < lineEnd, Octet.isKey(byte(offset)) { offset += 1 }
      }
    }
    let keyEnd = offset
    guard keyEnd > keyStart else {
      return malformed(start, .badKey, at: keyStart, fixIt: FixIt(kind: .commentOut, range: start..<start))
    }
    skipBlanks()
    guard offset < lineEnd else {
      return malformed(
        start, .missingEquals, at: offset, length: 0,
        fixIt: FixIt(kind: .insertEquals, range: keyEnd..<keyEnd))
    }
    switch byte(offset) {
    case UInt8(ascii: "="): break
    case UInt8(ascii: ":"):
      return malformed(
        start, .colonSeparator, at: offset, fixIt: FixIt(kind: .replaceColon, range: offset..<offset + 1))
    default:
      return malformed(start, .badKey, at: offset, fixIt: FixIt(kind: .commentOut, range: start..<start))
    }
    let equals = offset
    offset += 1
    skipBlanks()
    if equals > keyEnd { traits.insert(.spaceAroundEquals) }
    scanValue(Head(start: start, keyStart: keyStart, keyEnd: keyEnd, equals: equals, traits: traits))
  }

  /// What stands before a value.
  private struct Head {
    let start: Int
    let keyStart: Int
    let keyEnd: Int
    let equals: Int
    var traits: Entry.Traits
  }

  /// `export` is a keyword only if blanks, and then neither `=` nor the end of the line, follow.
  private mutating func skipExport() -> Bool {
    let start = offset
    guard offset + 6 < count, byte(offset) == UInt8(ascii: "e"), byte(offset + 1) == UInt8(ascii: "x"),
      byte(offset + 2) == UInt8(ascii: "p"), byte(offset + 3) == UInt8(ascii: "o"),
      byte(offset + 4) == UInt8(ascii: "r"), byte(offset + 5) == UInt8(ascii: "t"),
      Octet.isBlank(byte(offset + 6))
    else { return false }
    offset += 6
    skipBlanks()
    if offset == lineEnd || byte(offset) == UInt8(ascii: "=") {
      offset = start
      return false
    }
    return true
  }

  private mutating func scanValue(_ head: Head) {
    var head = head
    let valueStart = offset
    let hasBlankAfter = valueStart > head.equals + 1
    if offset == lineEnd || (byte(offset) == UInt8(ascii: "#") && hasBlankAfter) {
      let comment = offset == lineEnd ? nil : offset
      return add(head, value: head.equals + 1..<head.equals + 1, .empty, comment: comment)
    }
    if hasBlankAfter { head.traits.insert(.spaceAroundEquals) }
    switch byte(offset) {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): scanQuoted(head)
    default: scanBare(head)
    }
  }

  private mutating func scanBare(_ head: Head) {
    let start = offset
    var end = lineEnd
    var comment: Int?
    var search = start
    // A `#` behind a blank begins a comment; one behind anything else belongs to the value.
    while let place = first(UInt8(ascii: "#"), in: search..<lineEnd) {
      if place > start, Octet.isBlank(byte(place - 1)) {
        (comment, end) = (place, place)
        break
      }
      search = place + 1
    }
    while end > start, Octet.isBlank(byte(end - 1)) { end -= 1 }
    add(head, value: start..<end, .bare, comment: comment)
  }

  private mutating func scanQuoted(_ head: Head) {
    let start = offset
    let quote = byte(start)
    let spelling: Entry.Spelling = quote == UInt8(ascii: "'") ? .single : .double
    var head = head
    guard let close = closingQuote(quote) else {
      let index = entries.count
      note(
        Flaw(
          id: .unterminatedQuote, range: start..<start + 1, entry: index,
          related: nextAssignment(after: start).map { ($0, .looksLikeAssignment) }))
      lineEnd = count
      head.traits.insert(.broken)
      return add(head, value: start..<count, spelling, comment: nil)
    }
    offset = close + 1
    var innerLines: UInt32 = 0
    if close > lineEnd {
      innerLines = lineEnds(in: lineEnd..<offset)
      lineEnd = endOfLine(from: offset)
    }
    skipBlanks()
    let place = offset
    guard place < lineEnd, byte(place) != UInt8(ascii: "#") else {
      let isComment = place < lineEnd
      return add(
        head, value: start..<close + 1, spelling, comment: isComment ? place : nil, innerLines: innerLines)
    }
    var end = lineEnd
    while end > place, Octet.isBlank(byte(end - 1)) { end -= 1 }
    note(
      Flaw(
        id: .textAfterQuote, range: place..<end, entry: entries.count,
        related: (start..<start + 1, .openingQuote)))
    head.traits.insert(.broken)
    add(head, value: start..<end, spelling, comment: nil, innerLines: innerLines)
  }

  /// The quote that closes the one at `offset`, or nil.
  private func closingQuote(_ quote: UInt8) -> Int? {
    var search = offset + 1
    while let place = first(quote, in: search..<count) {
      if quote == UInt8(ascii: "'") { return place }
      // In double quotes an odd number of backslashes before it makes the quote a character.
      var backslashes = place
      while backslashes > search, byte(backslashes - 1) == UInt8(ascii: "\\") { backslashes -= 1 }
      if (place - backslashes).isMultiple(of: 2) { return place }
      search = place + 1
    }
    return nil
  }

  /// How many lines end inside the range.
  private func lineEnds(in range: Range<Int>) -> UInt32 {
    var number: UInt32 = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if byte(index) == Octet.lineFeed {
        number += 1
      } else if byte(index) == Octet.carriageReturn {
        number += 1
        if index + 1 < range.upperBound, byte(index + 1) == Octet.lineFeed { index += 1 }
      }
      index += 1
    }
    return number
  }

  /// The key of the first later line that looks like an assignment: probably where the quote was forgotten.
  private func nextAssignment(after start: Int) -> Range<Int>? {
    var index = start
    while index < count {
      guard Octet.isLineEnd(byte(index)) else {
        index += 1
        continue
      }
      index += 1
      let keyStart = index
      while index < count, Octet.isKey(byte(index)) { index += 1 }
      if index > keyStart, index < count, byte(index) == UInt8(ascii: "="), Octet.isNameStart(byte(keyStart))
      {
        return keyStart..<index
      }
    }
    return nil
  }

  private mutating func add(
    _ head: Head, value: Range<Int>, _ spelling: Entry.Spelling, comment: Int?, innerLines: UInt32 = 0
  ) {
    let index = UInt32(entries.count)
    entries.append(
      Entry(
        number: index, line: UInt32(lines.count), keyStart: UInt32(head.keyStart),
        keyEnd: UInt32(head.keyEnd),
        valueStart: UInt32(value.lowerBound), valueEnd: UInt32(value.upperBound),
        commentStart: comment.map { UInt32($0) } ?? Entry.noComment, firstLine: lineNumber,
        spelling: spelling, traits: head.traits))
    finish(.entry, head.start, entry: index, innerLines: innerLines)
  }
}
