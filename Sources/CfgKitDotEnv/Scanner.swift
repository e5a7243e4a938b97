#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The structure pass: one loop over the bytes, from which every line and entry comes out as ranges.
///
/// Quotes decide where a line ends, so structure comes first and content second: what is wrong inside quotes never turns the
/// rest of a value into lines.
@safe struct Scanner {
  private let bytes: UnsafeRawBufferPointer
  private let count: Int
  private var offset = 0
  private var lineNumber: UInt32 = 1
  private(set) var lines: [Line] = []
  private(set) var entries: [Entry] = []
  private(set) var flaws: [Flaw] = []
  private(set) var uncountedFlaws = 0

  /// The place of a comment that is glued to a closing quote, by entry.
  private(set) var gluedComments: [Int: Int] = [:]

  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    count = bytes.count
    // 32 bytes a line is what files have; a guess that is too small costs a copy.
    lines.reserveCapacity(count / 64 + 8)
    entries.reserveCapacity(count / 64 + 8)
  }

  mutating func run() {
    if count >= 3, unsafe bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF { offset = 3 }
    while offset < count { scanLine() }
  }

  private func byte(_ index: Int) -> UInt8 { unsafe bytes[index] }

  private mutating func skipBlanks() {
    while offset < count, Octet.isBlank(byte(offset)) { offset += 1 }
  }

  private var isAtLineEnd: Bool { offset >= count || Octet.isLineEnd(byte(offset)) }

  // MARK: Lines

  private mutating func scanLine() {
    let start = offset
    skipBlanks()
    if isAtLineEnd {
      finish(.blank, start)
    } else if byte(offset) == UInt8(ascii: "#") {
      skipToLineEnd()
      finish(.comment, start)
    } else {
      scanAssignment(start)
    }
  }

  private mutating func skipToLineEnd() {
    let rest = count - offset
    guard rest > 0, let base = unsafe bytes.baseAddress else { return }
    let start = unsafe base + offset
    let feed =
      unsafe memchr(start, Int32(Octet.lineFeed), rest).map { unsafe UnsafeRawPointer($0) - start } ?? rest
    // A CR before the LF ends the line too; the search for it stays inside this line.
    let carriage = unsafe memchr(start, Int32(Octet.carriageReturn), feed).map {
      unsafe UnsafeRawPointer($0) - start
    }
    offset += carriage ?? feed
  }

  /// Ends the line at `offset`, steps over its line end, and notes it.
  private mutating func finish(
    _ kind: Line.Kind, _ start: Int, entry: UInt32 = Line.noEntry, innerLines: UInt32 = 0
  ) {
    let end = offset
    if offset < count {
      let isPair =
        byte(offset) == Octet.carriageReturn && offset + 1 < count && byte(offset + 1) == Octet.lineFeed
      offset += isPair ? 2 : 1
    }
    lines.append(
      Line(
        kind: kind, start: UInt32(start), end: UInt32(end), next: UInt32(offset), first: lineNumber,
        entry: entry))
    lineNumber += innerLines + 1
  }

  private mutating func malformed(
    _ start: Int, _ id: Diagnostic.ID, at place: Int, length: Int = 1, fixIt: FixIt? = nil
  ) {
    note(Flaw(id: id, range: place..<min(place + length, count), fixIt: fixIt))
    skipToLineEnd()
    finish(.malformed, start)
  }

  private mutating func note(_ flaw: Flaw) {
    if flaws.count < Document.keptDiagnostics { flaws.append(flaw) } else { uncountedFlaws += 1 }
  }

  // MARK: Assignments

  private mutating func scanAssignment(_ start: Int) {
    let isExported = skipExport()
    let keyStart = offset
    if Octet.isNameStart(byte(offset)) {
      offset += 1
      while offset < count, Octet.isKey(byte(offset)) { offset += 1 }
    }
    let keyEnd = offset
    guard keyEnd > keyStart else {
      return malformed(start, .badKey, at: keyStart, fixIt: FixIt(kind: .commentOut, range: start..<start))
    }
    skipBlanks()
    guard !isAtLineEnd else {
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
    let hasBlankBefore = offset > keyEnd
    offset += 1
    let afterEquals = offset
    skipBlanks()
    scanValue(
      Head(
        start: start, keyStart: keyStart, keyEnd: keyEnd, afterEquals: afterEquals, isExported: isExported,
        hasBlankBefore: hasBlankBefore))
  }

  /// What stands before a value.
  private struct Head {
    let start: Int
    let keyStart: Int
    let keyEnd: Int
    let afterEquals: Int
    let isExported: Bool
    let hasBlankBefore: Bool
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
    if isAtLineEnd || byte(offset) == UInt8(ascii: "=") {
      offset = start
      return false
    }
    return true
  }

  private mutating func scanValue(_ head: Head) {
    let valueStart = offset
    let hasBlankAfter = valueStart > head.afterEquals
    if isAtLineEnd || (byte(offset) == UInt8(ascii: "#") && hasBlankAfter) {
      let comment = isAtLineEnd ? nil : offset
      skipToLineEnd()
      return add(
        head, value: head.afterEquals..<head.afterEquals, .empty, comment: comment, blankAfter: false)
    }
    switch byte(offset) {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): scanQuoted(head, blankAfter: hasBlankAfter)
    default: scanBare(head, blankAfter: hasBlankAfter)
    }
  }

  private mutating func scanBare(_ head: Head, blankAfter: Bool) {
    let start = offset
    skipToLineEnd()
    let lineEnd = offset
    var end = lineEnd
    var comment: Int?
    var search = start
    // A `#` behind a blank begins a comment; one behind anything else belongs to the value.
    while let base = unsafe bytes.baseAddress,
      let found = unsafe memchr(base + search, Int32(UInt8(ascii: "#")), lineEnd - search)
    {
      let place = unsafe UnsafeRawPointer(found) - base
      if place > start, Octet.isBlank(byte(place - 1)) {
        (comment, end) = (place, place)
        break
      }
      search = place + 1
    }
    while end > start, Octet.isBlank(byte(end - 1)) { end -= 1 }
    add(head, value: start..<end, .bare, comment: comment, blankAfter: blankAfter)
  }

  private mutating func scanQuoted(_ head: Head, blankAfter: Bool) {
    let start = offset
    let quote = byte(start)
    let spelling: Entry.Spelling = quote == UInt8(ascii: "'") ? .single : .double
    guard let close = closingQuote(quote) else {
      let index = entries.count
      note(
        Flaw(
          id: .unterminatedQuote, range: start..<start + 1, entry: index,
          related: nextAssignment(after: start).map { ($0, .looksLikeAssignment) }))
      offset = count
      return add(head, value: start..<count, spelling, comment: nil, blankAfter: blankAfter, isBroken: true)
    }
    offset = close + 1
    let innerLines = lineEnds(in: start..<offset)
    skipBlanks()
    guard !isAtLineEnd else {
      return add(
        head, value: start..<close + 1, spelling, comment: nil, blankAfter: blankAfter, innerLines: innerLines
      )
    }
    let place = offset
    if byte(place) == UInt8(ascii: "#") {
      if place == close + 1 { gluedComments[entries.count] = place }
      skipToLineEnd()
      return add(
        head, value: start..<close + 1, spelling, comment: place, blankAfter: blankAfter,
        innerLines: innerLines)
    }
    skipToLineEnd()
    var end = offset
    while end > place, Octet.isBlank(byte(end - 1)) { end -= 1 }
    note(
      Flaw(
        id: .textAfterQuote, range: place..<end, entry: entries.count,
        related: (start..<start + 1, .openingQuote)))
    add(
      head, value: start..<end, spelling, comment: nil, blankAfter: blankAfter, innerLines: innerLines,
      isBroken: true)
  }

  /// The quote that closes the one at `offset`, or nil.
  private func closingQuote(_ quote: UInt8) -> Int? {
    guard let base = unsafe bytes.baseAddress else { return nil }
    var search = offset + 1
    while search < count, let found = unsafe memchr(base + search, Int32(quote), count - search) {
      let place = unsafe UnsafeRawPointer(found) - base
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
    _ head: Head, value: Range<Int>, _ spelling: Entry.Spelling, comment: Int?, blankAfter: Bool,
    innerLines: UInt32 = 0, isBroken: Bool = false
  ) {
    let index = UInt32(entries.count)
    entries.append(
      Entry(
        number: index, line: UInt32(lines.count), keyStart: UInt32(head.keyStart),
        keyEnd: UInt32(head.keyEnd),
        valueStart: UInt32(value.lowerBound), valueEnd: UInt32(value.upperBound),
        commentStart: comment.map { UInt32($0) } ?? Entry.noComment, firstLine: lineNumber,
        spelling: spelling,
        isExported: head.isExported, hasSpaceAroundEquals: head.hasBlankBefore || blankAfter,
        isBroken: isBroken))
    finish(.entry, head.start, entry: index, innerLines: innerLines)
  }
}
