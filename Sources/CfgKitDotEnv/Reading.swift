/// How disputed spellings are read.
public enum ReadingMode: Sendable, Hashable {
  /// Refuses where readers truly disagree, with a place and a fix.
  case strict
  /// Takes one reading of what is disputed, the same always, and warns.
  case compatible
}

/// The values of a document, decoded and expanded, and everything that is wrong with it.
///
/// Values live where the file's bytes live, or in memory that is wiped when the reading goes; none becomes a `String` unless asked.
public struct Reading: Sendable {
  /// What it is made of: its copies share it, for they go through many hands.
  private final class Contents: Sendable {
    let values: EntryValues
    let diagnostics: [Diagnostic]
    let uncountedDiagnostics: Int
    let hasErrors: Bool

    init(_ values: EntryValues, _ diagnostics: [Diagnostic], uncounted: Int, hasErrors: Bool) {
      self.values = values
      self.diagnostics = diagnostics
      uncountedDiagnostics = uncounted
      self.hasErrors = hasErrors
    }
  }

  private let contents: Contents
  private var entryValues: EntryValues { contents.values }
  /// What was found, in the order of the file; at most 1,000.
  public var diagnostics: [Diagnostic] { contents.diagnostics }
  /// How many more there are.
  public var uncountedDiagnostics: Int { contents.uncountedDiagnostics }
  /// Whether any of them, kept or only counted, is an error.
  public var hasErrors: Bool { contents.hasErrors }

  init(values: EntryValues, diagnostics: [Diagnostic], uncounted: Int, hasErrors: Bool) {
    contents = Contents(values, diagnostics, uncounted: uncounted, hasErrors: hasErrors)
  }

  /// The same reading with more diagnostics, each at its place.
  func adding(_ more: [Diagnostic]) -> Reading {
    guard !more.isEmpty else { return self }
    var all = diagnostics + more
    all.sort { $0.range.lowerBound < $1.range.lowerBound }
    let kept = Array(all.prefix(Document.keptDiagnostics))
    return Reading(
      values: entryValues, diagnostics: kept,
      uncounted: uncountedDiagnostics + all.count - kept.count, hasErrors: hasErrors)
  }

  /// Whether an entry has a value: it is not in error, and refers to none that is.
  public func hasValue(_ entry: Entry) -> Bool {
    if case .none = entryValues.place(of: entry.index) { false } else { true }
  }

  /// The effective entry of a key, the last, or nil: as `Document.lastEntry(for:)`, but by a table and not by a search.
  package func latestEntry(for key: String) -> Entry? {
    defer { withExtendedLifetime(contents) {} }
    var key = key
    let index = key.withUTF8 { unsafe entryValues.latestEntry(for: UnsafeRawBufferPointer($0)) }
    return index.map { entryValues.document.entries[$0] }
  }

  /// How many keys there are; one that is set twice counts once.
  package var keyCount: Int { entryValues.keyCount }

  /// Lends an entry's value for the time of the call; nil, without a call, for an entry in error.
  public func withValue<R>(of entry: Entry, _ body: (borrowing RawSpan) -> R) -> R? {
    defer { withExtendedLifetime(contents) {} }
    guard let bytes = unsafe entryValues.bytes(of: entry.index) else { return nil }
    return unsafe body(bytes.bytes)
  }

  /// The value of a key as text that nobody wipes; nil if it is unset, or if anything in the file is in error.
  public func value(for key: String) -> String? {
    guard !hasErrors, let entry = latestEntry(for: key) else { return nil }
    defer { withExtendedLifetime(contents) {} }
    guard let bytes = unsafe entryValues.bytes(of: entry.index) else { return nil }
    return unsafe String(bytes)
  }

  /// Every key and its value as text that nobody wipes; nil if anything in the file is in error.
  public var values: [String: String]? {
    guard !hasErrors else { return nil }
    defer { withExtendedLifetime(contents) {} }
    return entryValues.texts
  }
}

extension Document {
  /// Decodes every value and reports everything that is wrong, in one pass in file order.
  ///
  /// - Parameters:
  ///   - mode: what becomes of disputed spellings.
  ///   - environment: what `${NAME}` finds before the earlier keys of the file.
  ///   - dialects: readers that the file is held against: an entry that one of them reads otherwise is `ambiguous-value`.
  public func read(
    _ mode: ReadingMode = .strict, environment: any VariableLookup = NoVariables(),
    dialects: Set<Dialect> = []
  ) -> Reading {
    var reader = Reader(self, mode, environment)
    let reading = reader.run()
    guard !dialects.isEmpty, fileFlaw == nil else { return reading }
    var pass = DialectPass(self, reading, environment, dialects)
    return reading.adding(pass.run().map(diagnostic))
  }

  /// Every key and its value as text that nobody wipes, and nothing of what a reading says of them; nil if anything in the file is in
  /// error. It takes less time than `read` and its `values`. Of a file with an error in a value, those before it become text too, which is
  /// thrown away.
  ///
  /// - Parameters:
  ///   - mode: what becomes of disputed spellings.
  ///   - environment: what `${NAME}` finds before the earlier keys of the file.
  public func values(
    _ mode: ReadingMode = .strict, environment: any VariableLookup = NoVariables()
  ) -> [String: String]? {
    guard fileFlaw == nil, structureFlaws.isEmpty else { return nil }
    let pairs = TextPairs(of: self, mode, environment)
    let texts = Dictionary(pairs) { _, latter in latter }
    return pairs.endedInError ? nil : texts
  }
}
