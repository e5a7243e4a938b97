import CfgKitDotEnv
import CfgKitSecrets

/// Makes a `Schema` of a `.env.schema` or a `.env.example`.
struct SchemaParser {
  /// Reads a schema that another one imports; nil if it cannot be read.
  typealias Importer = (_ path: String) -> (document: Document, shownPath: String)?

  private let document: Document
  /// The bytes of the document: a schema is committed and holds no secret.
  private let bytes: [UInt8]
  private let path: String
  private let importer: Importer
  /// The files that import each other down to this one, itself last.
  private let chain: [String]
  private let imports: Imports

  private var schema = Schema()
  private var header = SchemaHeader()

  /// Reads `document`, whose findings name it `path`. An example's values are samples, never defaults.
  static func parse(
    _ document: Document, path: String, isExample: Bool = false, importer: @escaping Importer = { _ in nil }
  ) -> Schema {
    var parser = SchemaParser(
      document: document, path: path, importer: importer, chain: [path], imports: Imports())
    parser.schema.isExample = isExample
    parser.run()
    return parser.schema
  }

  private init(
    document: Document, path: String, importer: @escaping Importer, chain: [String], imports: Imports
  ) {
    self.document = document
    bytes = document.bytes
    self.path = path
    self.importer = importer
    self.chain = chain
    self.imports = imports
  }

  /// The schemas that were imported, each read once however often it is named.
  private final class Imports {
    var schemas: [String: Schema] = [:]
  }

  private mutating func run() {
    if let error = document.fileError {
      invalid(error.message, at: Location(path: path, error.position))
      return
    }
    let reading = document.read(.strict)
    let lines = document.lines
    let headerEnd = headerEnd(in: lines)
    for line in lines.prefix(headerEnd) where line.kind == .comment { readHeader(line) }
    schema.reserveCapacity(document.entries.count)
    // Where the comments began that stand right above the line.
    var start = headerEnd
    for index in headerEnd..<lines.count where lines[index].kind != .comment {
      if let entry = lines[index].entryIndex {
        declare(document.entries[entry], lines[start..<index], reading)
      }
      start = index + 1
    }
    reportSyntax(reading, document.entries)
    // What a schema that imports this one declares, it may ask about.
    if chain.count == 1 {
      schema.declareRings()
      reportBetweenKeys()
    }
  }

  /// The number of lines up to and with `# ---`, if that stands before the first entry; else 0.
  private func headerEnd(in lines: [Line]) -> Int {
    for (index, line) in lines.enumerated() {
      if line.kind == .entry { return 0 }
      if let comment = comment(of: line), (try? DecoratorParser.parse(comment)) == .divider {
        return index + 1
      }
    }
    return 0
  }

  // MARK: Header

  private mutating func readHeader(_ line: Line) {
    guard case .decorators(let decorators, let pragmas)? = parsed(line) else { return }
    for decorator in decorators {
      if decorator.name == "import" {
        readImport(decorator, line)
      } else {
        do { try header.apply(decorator, to: &schema) } catch { report(error, line, decorator.offset) }
      }
    }
    for pragma in pragmas {
      do { try header.apply(pragma, to: &schema) } catch { report(error, line, pragma.offset) }
    }
  }

  private mutating func readImport(_ decorator: Decorator, _ line: Line) {
    let arguments = (decorator.arguments ?? []).compactMap(\.value.text)
    guard let target = arguments.first else {
      return invalid("@import needs a path", at: place(line, decorator.offset))
    }
    guard chain.count <= 8, let (imported, shownPath) = importer(target) else {
      return invalid(
        "@import names a file that cannot be read inside the repository: \(target)",
        at: place(line, decorator.offset)
      )
    }
    guard !chain.contains(shownPath) else {
      return invalid("@import of \(target) leads back to this file", at: place(line, decorator.offset))
    }
    let other = schemaOf(imported, shownPath)
    let wanted = Set(arguments.dropFirst())
    for declaration in other.declarations where wanted.isEmpty || wanted.contains(declaration.key) {
      schema.declare(declaration)
    }
    for name in wanted.subtracting(other.declarations.map(\.key)).sorted() {
      invalid("\(target) declares no \(name)", at: place(line, decorator.offset))
    }
    schema.findings += other.findings.filter { !schema.findings.contains($0) }
  }

  private func schemaOf(_ document: Document, _ path: String) -> Schema {
    if let known = imports.schemas[path] { return known }
    var parser = SchemaParser(
      document: document, path: path, importer: importer, chain: chain + [path], imports: imports)
    parser.run()
    imports.schemas[path] = parser.schema
    return parser.schema
  }

  // MARK: Keys

  private mutating func declare(_ entry: Entry, _ comments: ArraySlice<Line>, _ reading: Reading) {
    let key = document.key(of: entry)
    let location = Location(path: path, keyOf: entry, in: document)
    var builder = DeclarationBuilder(KeyDeclaration(key, location: location), header: header)
    for line in comments {
      switch parsed(line) {
      case .words(let words): builder.describe(words)
      case .decorators(let decorators, let pragmas):
        for decorator in decorators {
          do { try builder.apply(decorator) } catch { report(error, line, decorator.offset, key: key) }
        }
        for pragma in pragmas {
          do { try builder.apply(pragma) } catch { report(error, line, pragma.offset, key: key) }
        }
      case .divider, nil: break
      }
    }
    do {
      try builder.apply(
        SchemaValue(of: entry, in: document, reading), trailing: document.trailingComment(of: entry),
        isExample: schema.isExample)
    } catch {
      report(error, at: location, key: key)
    }
    if let earlier = schema.declare(builder.declaration)?.location, earlier.path == path {
      invalid("\(key) is declared again; line \(earlier.line ?? 0) has no effect", at: location, key: key)
    }
  }

  /// What a comment line says; nil, with a finding, for one that cannot be read.
  private mutating func parsed(_ line: Line) -> DecoratorParser.Line? {
    guard let comment = comment(of: line) else { return nil }
    do { return try DecoratorParser.parse(comment) } catch {
      report(SchemaProblem(error.reason), line, error.offset)
      return nil
    }
  }

  // MARK: Findings

  private mutating func reportSyntax(_ reading: Reading, _ entries: [Entry]) {
    for diagnostic in reading.diagnostics where diagnostic.severity == .error {
      if let index = diagnostic.entryIndex, SchemaValue.isCall(entries[index], in: document) { continue }
      invalid(diagnostic.message, at: Location(path: path, diagnostic.position))
    }
  }

  private mutating func reportBetweenKeys() {
    if let key = schema.currentEnvironmentKey, schema[key] == nil,
      let meant = NearMiss.candidate(for: key, among: schema.declarations.map(\.key))
    {
      invalid(
        "@currentEnv names \(key), which is not declared; did you mean \(meant)?",
        at: Location(path: path, line: 1, column: 1))
    }
    for problem in schema.problemsBetweenKeys() {
      report(
        SchemaProblem(
          "\(problem.key) \(problem.text)", severity: problem.mayBeMeant ? .warning : .error),
        at: schema[problem.key]?.location, key: problem.key)
    }
  }

  /// How many findings are kept, beyond which one error is all that is added.
  private static let mostFindings = 1_000

  private mutating func report(
    _ problem: SchemaProblem, at location: Location?, key: String? = nil
  ) {
    if isFull(for: problem) { return }
    schema.findings.append(
      Finding(
        problem.rule, severity: problem.severity, key: key, problem.message, at: location, fix: problem.fix)
    )
  }

  /// Whether enough is said, and an error among it if this is one.
  private func isFull(for problem: SchemaProblem) -> Bool {
    schema.findings.count >= Self.mostFindings
      && (problem.severity != .error || schema.findings.contains { $0.severity == .error })
  }

  /// Something about what stands `offset` bytes behind the `#` of a comment line.
  private mutating func report(_ problem: SchemaProblem, _ line: Line, _ offset: Int, key: String? = nil) {
    // Where that is takes a walk along the line.
    if !isFull(for: problem) { report(problem, at: place(line, offset), key: key) }
  }

  private mutating func invalid(
    _ message: String, at location: Location?, key: String? = nil
  ) {
    report(SchemaProblem(message), at: location, key: key)
  }

  private func place(_ line: Line, _ offset: Int) -> Location {
    // The comment begins behind the line's indentation.
    let start = document.commentRange(of: line)?.lowerBound ?? line.range.lowerBound
    return Location(path: path, document.position(at: start + offset))
  }

  private func comment(of line: Line) -> ArraySlice<UInt8>? {
    document.commentRange(of: line).map { bytes[$0] }
  }
}
