/// The content pass: decodes the entries of a document one after the other.
struct Reader {
  private let document: Document
  private let mode: ReadingMode
  private var expansion: Expansion
  private var flaws: [Flaw] = []
  private var uncounted = 0
  private var hasErrors = false

  init(_ document: Document, _ mode: ReadingMode, _ environment: any VariableLookup) {
    self.document = document
    self.mode = mode
    expansion = Expansion(document, mode, environment)
  }

  mutating func run() -> Reading {
    if let flaw = document.fileFlaw {
      return Reading(
        values: expansion.values, diagnostics: [document.diagnostic(flaw)], uncounted: 0, hasErrors: true)
    }
    readValues()
    expansion.values.indexKeys()
    // At one byte what is said of the key comes first, as it does in the table.
    var all = document.structureFlaws + repeatedKeys() + flaws
    all.sort(by: Flaw.precedes)
    let kept = all.prefix(Document.keptDiagnostics).map(document.diagnostic)
    return Reading(
      values: expansion.values, diagnostics: kept,
      uncounted: uncounted + document.uncountedFlaws + all.count - kept.count, hasErrors: hasErrors)
  }

  private mutating func readValues() {
    for entry in document.entries { read(entry) }
    hasErrors = hasErrors || !document.structureFlaws.isEmpty
    expansion.values.seal()
  }

  private mutating func read(_ entry: Entry) {
    guard !entry.traits.contains(.broken) else {
      expansion.values.append(.none, of: entry)
      return
    }
    let start = expansion.output.count
    var found = EntryFlaws()
    var place = expansion.decode(entry, &found)
    let error = found.isEmpty ? nil : found.error(in: mode)
    if error != nil { place = .none }
    expansion.values.append(place, of: entry)
    if let error {
      expansion.output.truncate(to: start)
      note(error, entry)
      hasErrors = true
    } else if case .none = place {
      // It refers to an entry in error, which has been reported.
      expansion.output.truncate(to: start)
    } else {
      warn(entry, &found)
      for flaw in found.inOrder { note(flaw, entry) }
    }
  }

  private mutating func note(_ flaw: Flaw, _ entry: Entry) {
    guard flaws.count < Document.keptDiagnostics else {
      uncounted += 1
      return
    }
    var flaw = flaw
    flaw.entry = entry.index
    flaws.append(flaw)
  }

  /// The warnings about keys that came before. The earlier entry can go if nothing refers to it.
  private mutating func repeatedKeys() -> [Flaw] {
    guard expansion.values.hasRepeatedKeys else { return [] }
    var found: [Flaw] = []
    for entry in document.entries {
      guard let earlier = expansion.values.earlierEntry(of: entry.index) else { continue }
      if case .none = expansion.values.place(of: entry.index) { continue }
      guard found.count < Document.keptDiagnostics else {
        uncounted += 1
        continue
      }
      let first = document.entries[earlier.entry]
      let line = document.lines[document.lineIndex(of: first)].fullRange
      found.append(
        Flaw(
          id: .duplicateKey, range: entry.keyRange, severity: .warning, entry: entry.index,
          related: (first.keyRange, .earlierKey),
          fixIt: earlier.isReferredTo ? nil : FixIt(kind: .removeEntry, range: line)))
    }
    return found
  }

  /// The warnings that need more than the value.
  private func warn(_ entry: Entry, _ found: inout EntryFlaws) {
    if entry.traits.contains(.nonPosixKey) { found.warn(.nonPosixKey, entry.keyRange, nil) }
    if entry.traits.contains(.spaceAroundEquals) {
      let range = Int(entry.keyEnd)..<Int(entry.valueStart)
      found.warn(
        .spaceAroundEquals, Int(entry.keyEnd)..<max(Int(entry.keyEnd) + 1, range.upperBound),
        FixIt(kind: .removeBlanks, range: range))
    }
    if let place = entry.gluedComment {
      found.warn(.hashAfterQuote, place..<place + 1, FixIt(kind: .insertBlank, range: place..<place))
    }
  }
}
