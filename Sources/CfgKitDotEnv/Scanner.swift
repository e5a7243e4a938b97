/// The structure pass: one loop over the lines, no allocation per entry, no recursion, linear in the bytes.
///
/// Structure first, content second: it finds where keys, values and comments are; whether a value can be read is a
/// matter of a reading.
struct Scanner {
  private let view: ByteView
  private var ends: LineEnds
  private var lines: [DocumentIndex.LineRecord] = []
  private var entries: [DocumentIndex.EntryRecord] = []
  private var problems: [DocumentIndex.Problem] = []

  static func scan(_ view: ByteView, limits: Limits) -> DocumentIndex {
    if let problem = Encoding.problem(in: view, limits: limits) {
      let end = UInt32(clamping: view.count)
      let line = DocumentIndex.LineRecord(
        start: 0, end: end, number: 1, content: DocumentIndex.LineRecord.malformed)
      return DocumentIndex(
        lines: [line], entries: [], problems: [], fileProblem: problem, hasCarriageReturns: false)
    }
    var scanner = Scanner(view)
    scanner.scan()
    return DocumentIndex(
      lines: scanner.lines, entries: scanner.entries, problems: scanner.problems, fileProblem: nil,
      hasCarriageReturns: scanner.ends.hasCarriageReturns)
  }

  private init(_ view: ByteView) {
    self.view = view
    ends = LineEnds(view)
    // Public .env files have some 30 bytes a line.
    lines.reserveCapacity(view.count / 32 + 1)
    entries.reserveCapacity(view.count / 64 + 1)
  }

  private mutating func scan() {
    let count = view.count
    var start = view.starts(with: "\u{FEFF}", at: 0) ? 3 : 0
    var number = 1
    while start < count {
      var end = ends.next(from: start)
      let firstEnd = end
      let first = view.skippingBlanks(from: start, to: end)
      var kind = DocumentIndex.LineRecord.blank
      if first < end {
        kind =
          view[first] == Byte.hash
          ? DocumentIndex.LineRecord.comment : assignment(from: first, to: &end)
      }
      lines.append(
        DocumentIndex.LineRecord(
          start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
          number: UInt32(truncatingIfNeeded: number), content: kind))
      if end > firstEnd { number += view.lineEnds(in: firstEnd..<end) }
      number += 1
      start = ends.after(end)
    }
  }

  /// Scans `["export" 1*WSP] KEY *WSP "=" …` and moves `end` to the end of the last line that it takes.
  private mutating func assignment(from first: Int, to end: inout Int) -> UInt32 {
    guard view[first].startsName else { return problem(.badKey, at: first) }
    var keyStart = first
    var keyEnd = view.endOfKey(from: first, to: end)
    var afterKey = view.skippingBlanks(from: keyEnd, to: end)
    var traits: DocumentIndex.EntryRecord.Traits = []
    if keyEnd - keyStart == 6, afterKey > keyEnd, afterKey < end, view[afterKey] != Byte.equals,
      view.starts(with: "export", at: keyStart)
    {
      guard view[afterKey].startsName else { return problem(.badKey, at: afterKey) }
      traits.insert(.exported)
      keyStart = afterKey
      keyEnd = view.endOfKey(from: keyStart, to: end)
      afterKey = view.skippingBlanks(from: keyEnd, to: end)
    }
    let key = keyStart..<keyEnd
    guard afterKey < end else { return problem(.missingEquals, at: afterKey, key: key) }
    guard view[afterKey] == Byte.equals else {
      return problem(view[afterKey] == Byte.colon ? .colonSeparator : .badKey, at: afterKey, key: key)
    }
    if afterKey > keyEnd { traits.insert(.spacedEquals) }
    return value(of: key, after: afterKey + 1, to: &end, traits: traits)
  }

  private mutating func value(
    of key: Range<Int>, after afterEquals: Int, to end: inout Int,
    traits: DocumentIndex.EntryRecord.Traits
  ) -> UInt32 {
    let first = view.skippingBlanks(from: afterEquals, to: end)
    let isSpaced = first > afterEquals
    guard first < end, !(isSpaced && view[first] == Byte.hash) else {
      return entry(key, afterEquals..<afterEquals, .empty, traits)
    }
    let traits = isSpaced ? traits.union(.spacedEquals) : traits
    switch view[first] {
    case Byte.singleQuote, Byte.doubleQuote:
      return quoted(key, from: first, to: &end, traits: traits)
    default:
      return entry(key, first..<endOfBare(from: first, to: end), .bare, traits)
    }
  }

  /// A bare value ends before `1*WSP "#"`, or with the line, and never has a blank at its end.
  private func endOfBare(from first: Int, to end: Int) -> Int {
    var hash = view.first(Byte.hash, from: first, to: end)
    while hash < end && (hash == first || !view[hash - 1].isBlank) {
      hash = view.first(Byte.hash, from: hash + 1, to: end)
    }
    return view.trimmingBlanks(from: first, to: hash)
  }

  private mutating func quoted(
    _ key: Range<Int>, from open: Int, to end: inout Int, traits: DocumentIndex.EntryRecord.Traits
  ) -> UInt32 {
    let isDouble = view[open] == Byte.doubleQuote
    let close =
      isDouble
      ? closingDoubleQuote(after: open) : view.first(Byte.singleQuote, from: open + 1, to: view.count)
    guard close < view.count else {
      let next = lineLikeAnAssignment(after: end)
      end = view.count
      _ = problem(.unterminatedQuote, at: open, related: next)
      return entry(key, open..<end, isDouble ? .double : .single, traits)
    }
    if close > end { end = ends.next(from: close + 1) }
    let spelling: Entry.Spelling = isDouble ? .double : .single
    let after = view.skippingBlanks(from: close + 1, to: end)
    guard after < end else { return entry(key, open..<close + 1, spelling, traits) }
    guard view[after] == Byte.hash else {
      problems.append(
        DocumentIndex.Problem(
          id: .textAfterQuote, offset: UInt32(truncatingIfNeeded: after),
          line: UInt32(truncatingIfNeeded: lines.count), related: UInt32(truncatingIfNeeded: open)))
      return entry(
        key, open..<view.trimmingBlanks(from: after, to: end), spelling, traits.union(.textAfterQuote))
    }
    return entry(
      key, open..<close + 1, spelling, after == close + 1 ? traits.union(.gluedComment) : traits)
  }

  /// The next `"` with an even number of backslashes before it.
  private func closingDoubleQuote(after open: Int) -> Int {
    var quote = view.first(Byte.doubleQuote, from: open + 1, to: view.count)
    while quote < view.count {
      var slash = quote
      while slash - 1 > open && view[slash - 1] == Byte.backslash { slash -= 1 }
      if (quote - slash) & 1 == 0 { return quote }
      quote = view.first(Byte.doubleQuote, from: quote + 1, to: view.count)
    }
    return quote
  }

  /// The first `KEY=` at the start of a line after an opening quote: probably the quote is missing before it.
  private func lineLikeAnAssignment(after end: Int) -> Int? {
    var finder = ends
    var start = finder.after(end)
    while start < view.count {
      let lineEnd = finder.next(from: start)
      let first = view.skippingBlanks(from: start, to: lineEnd)
      if first < lineEnd, view[first].startsName {
        let keyEnd = view.endOfKey(from: first, to: lineEnd)
        if keyEnd < lineEnd, view[keyEnd] == Byte.equals { return first }
      }
      start = finder.after(lineEnd)
    }
    return nil
  }

  private mutating func entry(
    _ key: Range<Int>, _ value: Range<Int>, _ spelling: Entry.Spelling,
    _ traits: DocumentIndex.EntryRecord.Traits
  ) -> UInt32 {
    entries.append(
      DocumentIndex.EntryRecord(
        keyStart: UInt32(truncatingIfNeeded: key.lowerBound),
        keyEnd: UInt32(truncatingIfNeeded: key.upperBound),
        valueStart: UInt32(truncatingIfNeeded: value.lowerBound),
        valueEnd: UInt32(truncatingIfNeeded: value.upperBound),
        line: UInt32(truncatingIfNeeded: lines.count), spelling: spelling, traits: traits))
    return UInt32(truncatingIfNeeded: entries.count - 1)
  }

  private mutating func problem(
    _ id: Diagnostic.ID, at offset: Int, related: Int? = nil, key: Range<Int>? = nil
  ) -> UInt32 {
    problems.append(
      DocumentIndex.Problem(
        id: id, offset: UInt32(truncatingIfNeeded: offset), line: UInt32(truncatingIfNeeded: lines.count),
        related: related.map { UInt32(truncatingIfNeeded: $0) },
        key: key.map {
          UInt32(truncatingIfNeeded: $0.lowerBound)..<UInt32(truncatingIfNeeded: $0.upperBound)
        }))
    return DocumentIndex.LineRecord.malformed
  }
}

/// Where the lines end: the next LF and the next CR are each looked for only once they are passed.
private struct LineEnds {
  private let view: ByteView
  private var lineFeed: Int
  private var carriageReturn: Int
  let hasCarriageReturns: Bool

  init(_ view: ByteView) {
    self.view = view
    lineFeed = view.first(Byte.lineFeed, from: 0, to: view.count)
    carriageReturn = view.first(Byte.carriageReturn, from: 0, to: view.count)
    hasCarriageReturns = carriageReturn < view.count
  }

  /// The first line end at or after `offset`, which never goes backwards; the count, if there is none.
  @inline(__always)
  mutating func next(from offset: Int) -> Int {
    if lineFeed < offset { lineFeed = view.first(Byte.lineFeed, from: offset, to: view.count) }
    if carriageReturn < offset {
      carriageReturn = view.first(Byte.carriageReturn, from: offset, to: view.count)
    }
    return min(lineFeed, carriageReturn)
  }

  /// Past the line end at `end`.
  @inline(__always)
  func after(_ end: Int) -> Int {
    guard end < view.count else { return end }
    let isPair =
      view[end] == Byte.carriageReturn && end + 1 < view.count && view[end + 1] == Byte.lineFeed
    return end + (isPair ? 2 : 1)
  }
}
