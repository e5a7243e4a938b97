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
  /// An entry that one of the dialects reads otherwise gets the most portable spelling of its value, no blanks around `=` and none
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
    var ambiguous = Set(reading.diagnostics.filter { $0.id == .ambiguousValue }.compactMap(\.entryIndex))
    // Only the first 1,000 are kept; what is beyond counts as ambiguous.
    if reading.uncountedDiagnostics > 0 { ambiguous.formUnion(entries.indices) }
    var formatter = Formatter(self, ambiguous)
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
      // From the end, so that the places before it stay what they are.
      for error in errors.reversed() {
        guard let fixIt = error.fixIt else {
          throw EditError(.hasErrors, "\(error.message) on line \(error.position.line)", at: error.position)
        }
        try mended.apply(fixIt)
      }
    }
    throw Self.notAsMeant("the file")
  }
}

/// Writes a document anew, line by line.
private struct Formatter {
  private let document: Document
  private let ambiguous: Set<Int>
  private let output: ValueBuffer
  /// Where the `# cfgkit:` lines begin that stand directly above what comes next.
  private var pragmaStart: Int?
  private(set) var changed: [Int] = []
  private(set) var unportable: [Int] = []

  init(_ document: Document, _ ambiguous: Set<Int>) {
    self.document = document
    self.ambiguous = ambiguous
    output = ValueBuffer(capacity: document.byteCount + 64)
  }

  mutating func run() -> Document {
    for line in document.lines {
      switch line.kind {
      case .blank: pragmaStart = nil
      case .comment, .malformed: writeComment(line)
      case .entry:
        if let index = line.entryIndex { write(document.entries[index], line) }
        pragmaStart = nil
      }
      output.append(Octet.lineFeed)
    }
    defer { withExtendedLifetime(output) {} }
    return unsafe Document(DocumentStorage(copying: output.buffer), limits: document.limits)
  }

  private func byte(_ index: Int) -> UInt8 { unsafe document.storage.buffer[index] }

  /// The bytes of a range, with LF for CRLF and CR.
  private func copy(_ range: Range<Int>) {
    for index in range {
      guard byte(index) == Octet.carriageReturn else {
        output.append(byte(index))
        continue
      }
      let isPair = index + 1 < range.upperBound && byte(index + 1) == Octet.lineFeed
      if !isPair { output.append(Octet.lineFeed) }
    }
  }

  private mutating func writeComment(_ line: Line) {
    let text = line.range.first { !Octet.isBlank(byte($0)) } ?? line.range.upperBound
    let isIndentedByTab = (line.range.lowerBound..<text).contains { byte($0) == 0x09 }
    let isPragma = document.comment(of: line)?.hasPrefix("# cfgkit:") ?? false
    if !isPragma { pragmaStart = nil } else if pragmaStart == nil { pragmaStart = output.count }
    copy((isIndentedByTab ? text : line.range.lowerBound)..<line.range.upperBound)
  }

  private mutating func write(_ entry: Entry, _ line: Line) {
    let respelling = Respelling(of: entry, in: document.storage, keepsQuotes: true)
    if respelling.hasExpansion || !respelling.isPortable { unportable.append(entry.lineNumber) }
    guard ambiguous.contains(entry.index) else { return copy(line.range) }
    let start = output.count
    let comment =
      entry.commentStart == Entry.noComment ? nil : Int(entry.commentStart)..<line.range.upperBound
    if let comment { writeAbove(comment) }
    let entryStart = output.count
    if entry.isExported { for byte in "export ".utf8 { output.append(byte) } }
    copy(entry.keyRange)
    output.append(UInt8(ascii: "="))
    if respelling.hasExpansion {
      copy(entry.valueRange)
    } else {
      unsafe output.append(respelling.text.buffer)
    }
    if comment != nil || !isSame(line, start: entryStart, from: start) { changed.append(entry.lineNumber) }
  }

  private func isSame(_ line: Line, start: Int, from first: Int) -> Bool {
    guard start == first, output.count - start == line.range.count else { return false }
    return unsafe output.buffer[start...].elementsEqual(document.storage.buffer[line.range])
  }

  /// Puts a comment above the entry, and above the `# cfgkit:` lines that have to stand directly above it.
  private mutating func writeAbove(_ comment: Range<Int>) {
    let end = comment.last { !Octet.isBlank(byte($0)) } ?? comment.lowerBound
    let pragmas = ValueBuffer()
    if let pragmaStart {
      unsafe pragmas.append(UnsafeRawBufferPointer(rebasing: output.buffer[pragmaStart...]))
      output.truncate(to: pragmaStart)
    }
    copy(comment.lowerBound..<end + 1)
    output.append(Octet.lineFeed)
    unsafe output.append(pragmas.buffer)
  }
}
