/// Holds a file against dialects: which entries they read otherwise than cfgkit, and how.
struct DialectPass {
  private let document: Document
  private let reading: Reading
  private let dialects: Set<Dialect>
  private let formatter: EntryFormatter
  private var variables: KnownVariables

  init(_ document: Document, _ reading: Reading, _ environment: any VariableLookup, _ dialects: Set<Dialect>)
  {
    self.document = document
    self.reading = reading
    self.dialects = dialects
    formatter = EntryFormatter(document)
    variables = KnownVariables(reading, environment)
  }

  /// One flaw for each entry that has a value and that a dialect reads otherwise.
  mutating func run() -> [Flaw] {
    var last: [String: Int] = [:]
    for entry in document.entries { last[document.key(of: entry)] = entry.index }
    var lines = LineConstructs(document)
    var flaws: [Flaw] = []
    for entry in document.entries {
      let key = document.key(of: entry)
      let framing = lines.constructs(upTo: entry)
      defer { variables.remember(key, entry) }
      guard reading.hasValue(entry) else { continue }
      let found = constructs(of: entry, key: key).union(framing)
      let disagreements = disagreements(over: found, isEffective: last[key] == entry.index)
      if !disagreements.isEmpty { flaws.append(flaw(entry, disagreements)) }
    }
    return flaws
  }

  private func constructs(of entry: Entry, key: String) -> Set<Construct> {
    var scan = ConstructScan(document.storage)
    scan.scanFrame(of: entry, in: document.lines[document.lineIndex(of: entry)].range)
    scan.scanValue(of: entry, fileEnd: document.byteCount)
    scan.scanDollars(of: entry, variables)
    if variables.processDiffers(from: entry, key: key) { scan.found.insert(.keyInProcess) }
    if let earlier = variables.earlierEntry(of: key), !variables.isSame(earlier, entry) {
      scan.found.insert(.duplicateKey)
    }
    return scan.found
  }

  /// The rows of the constructs, for the dialects that are asked about. An entry that a later one replaces matters only where a reader
  /// loses more than the entry.
  private func disagreements(over found: Set<Construct>, isEffective: Bool) -> [Disagreement] {
    Construct.allCases.filter(found.contains).flatMap { construct in
      construct.readings.compactMap { row in
        let asked = row.dialects.filter(dialects.contains)
        guard !asked.isEmpty, isEffective || row.effect.harmsOthers else { return nil }
        return Disagreement(construct: construct, effect: row.effect, dialects: asked)
      }
    }
  }

  private func flaw(_ entry: Entry, _ disagreements: [Disagreement]) -> Flaw {
    let concernsValue = disagreements.contains { !$0.construct.concernsKey }
    let line = document.lines[document.lineIndex(of: entry)]
    // A line that has the portable form already cannot be mended by another spelling; line ends and what stands above it can.
    let isMendable =
      !formatter.format(entry, line).isAsItStands
      || disagreements.contains { $0.construct.concernsLines }
    return Flaw(
      id: .ambiguousValue, range: concernsValue ? entry.valueRange : entry.keyRange, severity: .warning,
      entry: entry.index, fixIt: isMendable ? FixIt(kind: .respell, range: entry.valueRange) : nil,
      disagreements: disagreements)
  }
}

/// What stands between entries and harms the next one with some readers.
private struct LineConstructs {
  private let document: Document
  private let scan: ConstructScan
  private var next = 0
  private var glued: Set<Construct> = []

  init(_ document: Document) {
    self.document = document
    scan = ConstructScan(document.storage)
    let starts = document.lines.first.map { $0.range.lowerBound } ?? 0
    guard starts == 3 else { return }
    let isEntry = document.lines.first?.kind == .entry
    let hasEquals = document.lines.first.map { scan.contains(UInt8(ascii: "="), in: $0.range) } ?? false
    glued.insert(isEntry || hasEquals ? .byteOrderMark : .byteOrderMarkAbove)
  }

  /// The constructs of the lines since the last entry, and of the line ends of `entry`.
  mutating func constructs(upTo entry: Entry) -> Set<Construct> {
    let own = document.lineIndex(of: entry)
    while next < own {
      noteLine(next)
      next += 1
    }
    next = own + 1
    var found = glued
    glued = []
    // Who keeps a CR keeps it in the comment, if there is one, or has that in the value anyway.
    let hasComment = entry.commentStart != Entry.noComment && entry.gluedComment == nil
    switch lineEnd(of: own) {
    case .pair:
      if !hasComment { found.insert(.crlf) }
      if isFollowedByText(own) { found.insert(.crlfBeforeText) }
    case .carriageReturn where own + 1 < document.lines.count:
      found.insert(.carriageReturn)
      if entry.spelling == .empty, !hasComment { found.insert(.carriageReturnBehindEquals) }
      let isQuoted = entry.spelling == .single || entry.spelling == .double
      if isQuoted, entry.commentStart != Entry.noComment { found.insert(.carriageReturnBehindComment) }
    case .carriageReturn: if !hasComment { found.insert(.carriageReturnLast) }
    case .feedOrNone: break
    }
    // For the reader to whom it is no line end, the line before swallows this one.
    switch own > 0 ? lineEnd(of: own - 1) : .feedOrNone {
    case .pair: if document.lines[own - 1].kind != .blank { found.insert(.crlfBeforeText) }
    case .carriageReturn: if document.lines[own - 1].kind != .blank { found.insert(.carriageReturn) }
    case .feedOrNone: break
    }
    let line = document.lines[own].range
    if longestLine(in: line) >= 65_536 { found.insert(.longLine) }
    return found
  }

  private mutating func noteLine(_ index: Int) {
    let line = document.lines[index]
    let text = line.range
    let end = text.first { !Octet.isBlank(scan.byte($0)) } ?? text.upperBound
    if scan.contains(0x09, in: text.lowerBound..<end) { glued.insert(.tabBefore) }
    switch lineEnd(of: index) {
    case .pair: if line.kind == .blank { glued.insert(.crlfBlank) }
    case .carriageReturn: if line.kind == .comment { glued.insert(.carriageReturnBehindComment) }
    case .feedOrNone: break
    }
  }

  private enum End {
    case feedOrNone
    case pair
    case carriageReturn
  }

  private func lineEnd(of index: Int) -> End {
    let line = document.lines[index]
    let end = line.range.upperBound..<line.fullRange.upperBound
    guard let first = end.first, scan.byte(first) == Octet.carriageReturn else { return .feedOrNone }
    return end.count == 2 ? .pair : .carriageReturn
  }

  /// Whether text follows before the next lone LF.
  private func isFollowedByText(_ index: Int) -> Bool {
    var following = index + 1
    while following < document.lines.count {
      if document.lines[following].kind != .blank { return true }
      if lineEnd(of: following) == .feedOrNone { return false }
      following += 1
    }
    return false
  }

  private func longestLine(in range: Range<Int>) -> Int {
    guard range.count >= 65_536 else { return 0 }
    var (longest, start) = (0, range.lowerBound)
    for index in range where scan.byte(index) == Octet.lineFeed {
      longest = max(longest, index - start)
      start = index + 1
    }
    return max(longest, range.upperBound - start)
  }
}
