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
  private let depth: Int

  private var schema = Schema()
  private var header = SchemaHeader()

  /// Reads `document`, whose findings name it `path`. An example's values are samples, never defaults.
  static func parse(
    _ document: Document, path: String, isExample: Bool = false, importer: @escaping Importer = { _ in nil }
  ) -> Schema {
    var parser = SchemaParser(document: document, path: path, importer: importer, depth: 0)
    parser.schema.isExample = isExample
    parser.run()
    return parser.schema
  }

  private init(document: Document, path: String, importer: @escaping Importer, depth: Int) {
    self.document = document
    bytes = document.bytes
    self.path = path
    self.importer = importer
    self.depth = depth
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
    reportAcrossKeys()
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
    guard depth < 8, let (imported, shownPath) = importer(target) else {
      return invalid(
        "@import names a file that cannot be read inside the repository: \(target)",
        at: place(line, decorator.offset)
      )
    }
    var parser = SchemaParser(document: imported, path: shownPath, importer: importer, depth: depth + 1)
    parser.run()
    let wanted = Set(arguments.dropFirst())
    for declaration in parser.schema.declarations where wanted.isEmpty || wanted.contains(declaration.key) {
      schema.declare(declaration)
    }
    schema.findings += parser.schema.findings
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

  private mutating func reportAcrossKeys() {
    for key in schema.keysInConditionCycles() {
      invalid("the conditions of \(key) lead back to it", at: schema[key]?.location, key: key)
    }
    for (key, problem) in schema.keysWithSharedRings() {
      invalid("\(key) \(problem)", at: schema[key]?.location, key: key)
    }
  }

  private mutating func report(_ problem: SchemaProblem, at location: Location?, key: String? = nil) {
    schema.findings.append(
      Finding(
        problem.rule, severity: problem.severity, key: key, problem.message, at: location, fix: problem.fix))
  }

  /// Something about what stands `offset` bytes behind the `#` of a comment line.
  private mutating func report(_ problem: SchemaProblem, _ line: Line, _ offset: Int, key: String? = nil) {
    report(problem, at: place(line, offset), key: key)
  }

  private mutating func invalid(_ message: String, at location: Location?, key: String? = nil) {
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
