/// What `formatted` did.
public struct Formatting: Sendable, Hashable {
  /// The entries that were respelled, by the lines of their keys in the old document.
  public let changedLines: [Int]
  /// The entries whose value no portable spelling can carry, by the lines of their keys: an expansion, or bytes that
  /// need escapes.
  public let unportableLines: [Int]
}

extension Document {
  /// The document in the portable subset, with every value unchanged.
  ///
  /// An entry that one of the dialects reads otherwise, or that the strict reading warns about, gets the most portable spelling of its value, no blanks around `=` and none
  /// behind the value, and its comment on a line of its own above it. Lines end in LF, the last one too, and there is no byte order
  /// mark. Comments, blank lines, `export`, the order, and expansions stay. Formatting what is formatted changes nothing.
  ///
  /// - Parameters:
  ///   - dialects: the readers that the file is meant for.
  ///   - environment: what the values are compared under, before and after.
  /// - Returns: the new document, and what was done.
  /// - Throws: `EditError` if the strict reading has errors, or a value would change.
  public func formatted(
    for dialects: Set<Dialect> = Set(Dialect.allCases), environment: any VariableLookup = NoVariables()
  ) throws(EditError) -> (Document, Formatting) {
    let reading = read(.strict, environment: environment, dialects: dialects)
    if let error = reading.diagnostics.first(where: { $0.severity == .error }) {
      throw EditError(
        fileFlaw == nil ? .hasErrors : .notADotEnv,
        "\(error.message) on line \(error.position.line); correct it first", at: error.position)
    }
    var disputed = Set(
      reading.diagnostics.filter { $0.fixIt != nil && $0.id != .duplicateKey }.compactMap(\.entryIndex))
    // Only the first 1,000 are kept; what is beyond counts as disputed.
    if reading.uncountedDiagnostics > 0 { disputed.formUnion(entries.indices) }
    var formatter = Formatter(self, disputed)
    let changed = formatter.run()
    let after = changed.read(.strict, environment: environment)
    guard changed.entries.count == entries.count, !after.hasErrors,
      zip(entries, changed.entries).allSatisfy({ old, new in
        key(of: old) == changed.key(of: new) && Self.isSame(reading, old, after, new)
      })
    else { throw Self.notAsMeant("the file") }
    return (changed, Formatting(changedLines: formatter.changed, unportableLines: formatter.unportable))
  }

  private static func isSame(_ reading: Reading, _ entry: Entry, _ other: Reading, _ new: Entry) -> Bool {
    reading.withValue(of: entry) { value in
      other.withValue(of: new) { $0.hasSameOctets(as: value) } ?? false
    } ?? !other.hasValue(new)
  }

  /// The document in which every error of the strict reading that has a fix-it is mended, so that the strict reading gives the values of
  /// the compatible one.
  ///
  /// - Throws: `EditError` if the compatible reading has errors too: then only a person knows what was meant.
  public func mended(environment: any VariableLookup = NoVariables()) throws(EditError) -> Document {
    let meant = read(.compatible, environment: environment)
    if let error = meant.diagnostics.first(where: { $0.severity == .error }) {
      throw EditError(
        fileFlaw == nil ? .hasErrors : .notADotEnv,
        "\(error.message) on line \(error.position.line); correct it first", at: error.position)
    }
    var mended = self
    // Every fix-it ends the error it belongs to, and an entry has no more errors than bytes.
    for _ in 0...byteCount {
      let errors = mended.read(.strict, environment: environment).diagnostics.filter { $0.severity == .error }
      if errors.isEmpty { return mended }
      if let error = errors.first(where: { $0.fixIt == nil }) {
        throw EditError(.hasErrors, "\(error.message) on line \(error.position.line)", at: error.position)
      }
      mended = try mended.applying(errors)
    }
    throw Self.notAsMeant("the file")
  }
}
