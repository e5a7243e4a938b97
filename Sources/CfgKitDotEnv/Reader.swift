/// The content pass: decodes the entries of a document one after the other.
@safe struct Reader {
  private let document: Document
  private let mode: ReadingMode
  private let bytes: UnsafeRawBufferPointer
  private var expansion: Expansion
  private var places: [Reading.Place] = []
  private var flaws: [Flaw] = []
  private var uncounted = 0
  private var hasErrors = false
  private var lastIndex: [String: Int] = [:]

  init(_ document: Document, _ mode: ReadingMode, _ environment: any VariableLookup) {
    self.document = document
    self.mode = mode
    unsafe bytes = document.storage.buffer
    expansion = Expansion(document, mode: mode, environment: environment)
  }

  mutating func run() -> Reading {
    if let flaw = document.fileFlaw {
      return Reading(
        document: document, places: [], buffer: expansion.output, diagnostics: [document.diagnostic(flaw)],
        uncounted: 0, hasErrors: true)
    }
    places.reserveCapacity(document.entries.count)
    for entry in document.entries { read(entry) }
    hasErrors = hasErrors || !document.structureFlaws.isEmpty
    var all = document.structureFlaws + flaws
    all.sort(by: Flaw.precedes)
    let kept = all.prefix(Document.keptDiagnostics).map(document.diagnostic)
    withExtendedLifetime(document.storage) {}
    expansion.output.seal()
    return Reading(
      document: document, places: places, buffer: expansion.output, diagnostics: kept,
      uncounted: uncounted + document.uncountedFlaws + all.count - kept.count, hasErrors: hasErrors)
  }

  private mutating func read(_ entry: Entry) {
    let key = unsafe String(decoding: bytes[entry.keyRange], as: UTF8.self)
    let earlier = lastIndex.updateValue(entry.index, forKey: key)
    guard !entry.isBroken else {
      places.append(.none)
      expansion.remember(key, .none)
      return
    }
    let start = expansion.output.count
    var found: [Flaw] = []
    var place = expansion.decode(entry, &found)
    for index in found.indices { found[index].entry = entry.index }
    for index in found.indices where !severityIsFixed(found[index]) {
      found[index].severity = isError(found[index].id) ? .error : .warning
    }
    if let error = found.filter({ $0.severity == .error }).min(by: Flaw.outweighs) {
      expansion.output.truncate(to: start)
      place = .none
      note([error])
    } else if case .none = place {
      // It refers to an entry in error, which has been reported.
      expansion.output.truncate(to: start)
    } else {
      found += warnings(entry, earlier)
      var seen: Set<Diagnostic.ID> = []
      note(found.sorted(by: Flaw.precedes).filter { seen.insert($0.id).inserted })
    }
    places.append(place)
    expansion.remember(key, place)
  }

  private func isError(_ id: Diagnostic.ID) -> Bool {
    mode == .strict ? id.isStrictError : id.isCompatibleError
  }

  /// `$NAME` of an unset variable is an error in both readings: never blank.
  private func severityIsFixed(_ flaw: Flaw) -> Bool {
    flaw.id == .undefinedVariable && flaw.fixIt?.kind == .literalDollar
  }

  private mutating func note(_ found: [Flaw]) {
    for flaw in found {
      if flaw.severity == .error { hasErrors = true }
      if flaws.count < Document.keptDiagnostics { flaws.append(flaw) } else { uncounted += 1 }
    }
  }

  private func warnings(_ entry: Entry, _ earlier: Int?) -> [Flaw] {
    var found: [Flaw] = []
    func warn(
      _ id: Diagnostic.ID, _ range: Range<Int>, _ fixIt: FixIt?,
      related: (Range<Int>, RelatedPlace.Note)? = nil
    ) {
      found.append(
        Flaw(id: id, range: range, severity: .warning, entry: entry.index, related: related, fixIt: fixIt))
    }
    if let earlier {
      let first = document.entries[earlier]
      warn(
        .duplicateKey, entry.keyRange,
        FixIt(kind: .removeEntry, range: document.lines[document.lineIndex(of: first)].fullRange),
        related: (first.keyRange, .earlierKey))
    }
    if unsafe bytes[entry.keyRange].contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) {
      warn(.nonPosixKey, entry.keyRange, nil)
    }
    if entry.hasSpaceAroundEquals {
      let range = Int(entry.keyEnd)..<Int(entry.valueStart)
      warn(
        .spaceAroundEquals, Int(entry.keyEnd)..<max(Int(entry.keyEnd) + 1, range.upperBound),
        FixIt(kind: .removeBlanks, range: range))
    }
    if let place = document.gluedComments[entry.index] {
      warn(.hashAfterQuote, place..<place + 1, FixIt(kind: .insertBlank, range: place..<place))
    }
    return found
  }
}
