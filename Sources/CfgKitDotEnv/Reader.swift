/// The content pass: reads the entries in file order and collects what is wrong with them.
struct Reader {
  /// Why an entry gets no value.
  enum Stop: Error {
    case failed(Finding)
    /// It refers to an entry in error, which is reported there.
    case refersToError
  }

  /// A diagnostic in the making.
  struct Finding {
    var id: Diagnostic.ID
    var range: Range<Int>
    var severity: Diagnostic.Severity
    var fixIt: FixIt?
    var related: [RelatedPlace] = []
  }

  static let kept = 1_000

  let document: Document
  let view: ByteView
  let index: DocumentIndex
  let table: KeyTable
  let mode: ReadingMode
  let environment: any VariableLookup
  let arena = ValueArena()
  let scratch = ScratchBuffer()
  /// Per first entry of a key: the latest entry of it that was read, or `KeyTable.none`.
  var latest: [UInt32]
  /// Per first entry of a key: the last entry whose value names it, or `KeyTable.none`.
  var lastReference: [UInt32]
  var values: [ByteView?]
  var reported: [UInt32]
  var findings: [Finding] = []
  /// Bytes of the expanded values so far.
  var expandedBytes = 0
  private var diagnostics: [Diagnostic] = []
  private var uncounted = 0
  private var hasErrors = false

  init(_ document: Document, mode: ReadingMode, environment: any VariableLookup) {
    self.document = document
    self.mode = mode
    self.environment = environment
    view = document.view
    index = document.index
    table = index.keys(in: view)
    let count = index.entries.count
    latest = [UInt32](repeating: KeyTable.none, count: count)
    lastReference = latest
    values = [ByteView?](repeating: nil, count: count)
    reported = [UInt32](repeating: 0, count: count)
  }

  mutating func read() -> Reading {
    var problems = index.problems[...]
    for place in index.entries.indices {
      let line = index.entries[place].line
      while let problem = problems.first, problem.line < line {
        report(structural(problem), entry: nil)
        problems.removeFirst()
      }
      if let problem = problems.first, problem.line == line {
        report(structural(problem), entry: place)
        problems.removeFirst()
      } else {
        readEntry(place)
      }
      latest[Int(table.first[place])] = UInt32(truncatingIfNeeded: place)
    }
    for problem in problems { report(structural(problem), entry: nil) }
    let content = ReadingContent(
      values: values, reported: reported, source: document.storage, arena: arena)
    return Reading(
      diagnostics: diagnostics, uncountedDiagnostics: uncounted, hasErrors: hasErrors, mode: mode,
      document: document, content: content)
  }

  private mutating func readEntry(_ place: Int) {
    findings.removeAll(keepingCapacity: true)
    do throws(Stop) {
      values[place] = try value(of: index.entries[place], at: place)
      try checkEntry(place)
    } catch {
      switch error {
      case .failed(let finding): report(finding, entry: place)
      case .refersToError: reported[place] = ReadingContent.refersToError
      }
      return
    }
    guard !findings.isEmpty else { return }
    if findings.count > 1 {
      findings.sort { ($0.range.lowerBound, $0.id.rank) < ($1.range.lowerBound, $1.id.rank) }
    }
    for finding in findings { report(finding, entry: place) }
  }

  /// What does not depend on the value: the warnings at the end of the table.
  private mutating func checkEntry(_ place: Int) throws(Stop) {
    let entry = index.entries[place]
    let earlier = table.previous[place]
    if earlier != KeyTable.none {
      try note(duplicate(of: Int(earlier), at: place))
    }
    if !entry.traits.isEmpty || view.hasDotOrMinus(in: entry.keyRange) {
      if view.hasDotOrMinus(in: entry.keyRange) {
        try note(.nonPosixKey, entry.keyRange)
      }
      if entry.traits.contains(.spacedEquals) {
        let blanks = Int(entry.keyEnd)..<Int(entry.valueStart)
        try note(.spaceAroundEquals, blanks, fix: .removeBlanks)
      }
      if entry.traits.contains(.gluedComment) {
        let hash = Int(entry.valueEnd)..<Int(entry.valueEnd) + 1
        try note(.hashAfterQuote, hash, fix: .insertBlank)
      }
    }
  }

  private func duplicate(of earlier: Int, at place: Int) -> Finding {
    let first = Int(table.first[place])
    let isReferredTo =
      lastReference[first] != KeyTable.none && Int(lastReference[first]) > earlier
    let earlierKey = index.entries[earlier].keyRange
    let line = index.lines[Int(index.entries[earlier].line)]
    return Finding(
      id: .duplicateKey, range: index.entries[place].keyRange, severity: .warning,
      fixIt: isReferredTo
        ? nil : FixIt(kind: .removeEntry, range: Int(line.start)..<Int(line.end)),
      related: [
        RelatedPlace(
          position: index.position(at: earlierKey.lowerBound, in: view),
          range: earlierKey, note: .earlierKey)
      ])
  }

  /// Throws an error, and keeps a warning unless the entry has one of its id already.
  mutating func note(
    _ id: Diagnostic.ID, _ range: Range<Int>, fix: FixIt.Kind? = nil, fixRange: Range<Int>? = nil
  ) throws(Stop) {
    try note(
      Finding(
        id: id, range: range, severity: id.severity(in: mode),
        fixIt: fix.map { FixIt(kind: $0, range: fixRange ?? range) }))
  }

  mutating func note(_ finding: Finding) throws(Stop) {
    if finding.severity == .error { throw .failed(finding) }
    guard !findings.contains(where: { $0.id == finding.id }) else { return }
    findings.append(finding)
  }

  private func structural(_ problem: DocumentIndex.Problem) -> Finding {
    let offset = Int(problem.offset)
    let line = index.lines[Int(problem.line)]
    let range = offset..<max(offset, min(offset + 1, Int(line.end)))
    var finding = Finding(id: problem.id, range: range, severity: .error)
    switch problem.id {
    case .badKey: finding.fixIt = FixIt(kind: .commentOut, range: Int(line.start)..<Int(line.end))
    case .missingEquals:
      finding.fixIt = FixIt(
        kind: .insertEquals, range: Int(problem.key?.upperBound ?? problem.offset)..<offset)
    case .colonSeparator: finding.fixIt = FixIt(kind: .replaceColon, range: range)
    default: break
    }
    if let related = problem.related.map(Int.init) {
      finding.related = [
        RelatedPlace(
          position: index.position(at: related, in: view), range: related..<related + 1,
          note: problem.id == .unterminatedQuote ? .looksLikeAssignment : .openingQuote)
      ]
    }
    return finding
  }

  private mutating func report(_ finding: Finding, entry: Int?) {
    if finding.severity == .error { hasErrors = true }
    if let entry { reported[entry] |= 1 << UInt32(finding.id.row) }
    guard diagnostics.count < Self.kept else {
      uncounted += 1
      return
    }
    diagnostics.append(
      Diagnostic(
        id: finding.id, severity: finding.severity,
        position: index.position(at: finding.range.lowerBound, in: view), range: finding.range,
        entryIndex: entry, related: finding.related, fixIt: finding.fixIt))
  }
}
