import CfgKitDotEnv
import CfgKitSecrets
package import SystemPackage

/// What `init` does to a project: a `.env.schema`, a `.env` and the rules of `.gitignore`, planned first, written after.
///
/// A plan reads and decides; it holds no secret. `apply` repeats each decision on the file as it then stands, under its lock.
package struct Scaffold: Sendable {
  /// Where the schema comes from.
  package enum Source: Sendable {
    /// A template's name and its bytes.
    case template(name: String, bytes: [UInt8])
    /// A `.env.schema` or a `.env.example` of the user's.
    case file(FilePath)
    /// The schema that stands there.
    case existing
  }

  /// What is asked for.
  package struct Request: Sendable {
    /// The folder of the project.
    package var directory: FilePath
    /// The file for values, usually `.env` in that folder.
    package var environmentPath: FilePath
    /// The schema's place, usually `.env.schema` in that folder.
    package var schemaPath: FilePath
    /// Where the schema comes from.
    package var source: Source
    /// Whether a schema that stands there is replaced.
    package var replacesSchema = false
    /// Whether the keys that it lacks are added to it.
    package var mergesSchema = false
    /// Values for keys that are not sensitive.
    package var values: [String: String] = [:]
    /// Whether secrets are made.
    package var generates = true
    /// Whether `.gitignore` is looked after.
    package var ignores = true
    /// Whether a file with other names is replaced under this one.
    package var breaksHardLinks = false
    /// The date beside a fresh secret.
    package var today: String

    package init(
      directory: FilePath, environmentPath: FilePath, schemaPath: FilePath, source: Source, today: String
    ) {
      self.directory = directory
      self.environmentPath = environmentPath
      self.schemaPath = schemaPath
      self.source = source
      self.today = today
    }
  }

  /// The files: schema, values, ignore rules.
  package let steps: [Step]
  /// Keys that `--set` named and that have a value already.
  package let untouched: [String]
  private let request: Request
  private let source: Document?
  private let schema: Schema

  /// Whether there is nothing to do.
  package var isComplete: Bool { steps.allSatisfy { $0.action == .unchanged } }

  /// Reads the project and decides. Throws `ScaffoldError`, `StoreError` or `EditError`; nothing is written.
  package init(planning request: Request) throws {
    self.request = request
    let oldSchema = try Self.load(request.schemaPath)
    source = try Self.source(of: request)
    let newSchema = try Self.schemaDocument(old: oldSchema, source: source, request)
    let shownSchemaPath = ShownPath.of(request.schemaPath)
    let schema = SchemaParser.parse(newSchema, path: shownSchemaPath)
    let problems = schema.findings.filter { $0.severity == .error }
    if !problems.isEmpty {
      throw ScaffoldError(.invalidSchema, "\(shownSchemaPath) is not a valid schema", findings: problems)
    }
    self.schema = schema
    try Self.check(request.values, against: schema)

    let oldEnvironment = try Self.load(request.environmentPath)
    let plan = Self.environmentPlan(request, schema, oldEnvironment)
    try Self.rehearse(plan, on: oldEnvironment, shownPath: ShownPath.of(request.environmentPath))
    untouched = request.values.keys.filter(plan.kept.contains).sorted()

    var steps = [
      Step.ofSchema(old: oldSchema, new: newSchema, shownSchemaPath, keyCount: schema.declarations.count),
      Step.ofEnvironment(plan, isNew: oldEnvironment == nil, ShownPath.of(request.environmentPath)),
    ]
    if request.ignores {
      steps.append(
        Step.ofIgnoreFile(
          old: try Self.load(Self.ignorePath(request)), ShownPath.of(Self.ignorePath(request))))
    }
    self.steps = steps
  }

  /// Writes what is planned: the ignore rules first, so that no value is ever unprotected.
  package func apply() throws {
    if request.ignores {
      try rewrite(Self.ignorePath(request)) { document in
        document = Document(IgnoreFile.protecting(document.bytes))
      }
    }
    if let source {
      let (replaces, merges) = (request.replacesSchema, request.mergesSchema)
      try rewrite(request.schemaPath) { document in
        if document.byteCount == 0 || replaces {
          document = source
        } else if merges {
          try SchemaMerge.apply(source, to: &document)
        }
      }
    }
    let isNew = try Self.load(request.environmentPath) == nil
    guard isNew || steps[1].action != .unchanged else { return }
    let generator = try SecretGenerator()
    let (request, schema) = (request, schema)
    try FileStore(request.environmentPath, breaksHardLinks: request.breaksHardLinks).update(
      createIfAbsent: true, mode: 0o600
    ) { document in
      let isStillNew = isNew && document.byteCount == 0
      let plan = Self.environmentPlan(request, schema, isStillNew ? nil : document)
      try plan.apply(to: &document, generator: generator)
    }
  }

  // MARK: Schema

  private static func source(of request: Request) throws -> Document? {
    switch request.source {
    case .existing: return nil
    case .template(_, let bytes): return Document(bytes)
    case .file(let path):
      let (document, _) = try FileStore(path).load()
      let shownPath = ShownPath.of(path)
      if let error = document.fileError {
        throw ScaffoldError(.unreadable, "\(shownPath):\(error.position.line): \(error.message)")
      }
      guard ProjectSearch.isExample(path) else { return document }
      try expectWhole(document, shownPath)
      let text = ExampleSchema.text(from: document, sensitive: Sensitivity.isInferred)
      return Document(Array(text.utf8))
    }
  }

  /// Refuses an example of which keys would be lost.
  private static func expectWhole(_ example: Document, _ shownPath: String) throws(ScaffoldError) {
    let errors = example.read(.compatible).diagnostics.filter { $0.severity == .error }
    guard !errors.isEmpty else { return }
    let findings = errors.map { error in
      Finding(.schemaInvalid, error.message, at: Location(path: shownPath, error.position))
    }
    throw ScaffoldError(
      .invalidSchema, "\(shownPath) has errors, and what stands there would be lost; correct it first",
      findings: findings)
  }

  private static func schemaDocument(old: Document?, source: Document?, _ request: Request) throws -> Document
  {
    guard let old else { return source ?? Document([]) }
    guard let source else { return old }
    if request.replacesSchema { return source }
    let missing = SchemaMerge.missingKeys(in: old, of: source)
    if missing.isEmpty { return old }
    guard request.mergesSchema else {
      let shownPath = ShownPath.of(request.schemaPath)
      throw ScaffoldError(
        .schemaExists,
        "\(shownPath) exists and lacks \(missing.joined(separator: ", ")); add what it lacks with --merge, or replace it with --force"
      )
    }
    var merged = old
    try SchemaMerge.apply(source, to: &merged)
    return merged
  }

  // MARK: Values

  private static func environmentPlan(_ request: Request, _ schema: Schema, _ document: Document?)
    -> EnvironmentPlan
  {
    EnvironmentPlan(
      for: schema, document: document, values: request.values, generates: request.generates,
      today: request.today)
  }

  /// Tries the plan on a copy without secrets, so that a file that cannot be edited is refused before anything is written.
  private static func rehearse(_ plan: EnvironmentPlan, on document: Document?, shownPath: String) throws {
    guard var copy = document else { return }
    if let error = copy.fileError {
      throw ScaffoldError(
        .unreadable, "\(shownPath):\(error.position.line):\(error.position.column): \(error.message)")
    }
    try plan.rehearse(on: &copy)
  }

  private static func check(_ values: [String: String], against schema: Schema) throws {
    for key in values.keys.sorted() {
      guard let declaration = schema[key] else {
        throw ScaffoldError(.usage, "--set names a key that the schema does not have")
      }
      if declaration.isSensitive {
        throw ScaffoldError(
          .usage, "\(key) is a secret, and no argument takes one; leave it out and run: cfgkit set \(key)")
      }
      if declaration.isManaged {
        throw ScaffoldError(.usage, "\(key) is written by cfgkit itself; leave it out")
      }
    }
  }

  // MARK: Files

  private static func ignorePath(_ request: Request) -> FilePath { request.directory.appending(".gitignore") }

  private static func load(_ path: FilePath) throws(StoreError) -> Document? {
    do {
      return try FileStore(path).load().0
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  /// Writes a file that is no secret, unless it stays as it is.
  private func rewrite(_ path: FilePath, _ edit: (inout Document) throws -> Void) throws {
    let old = try Self.load(path)
    var rehearsal = old ?? Document([])
    try edit(&rehearsal)
    if let old, old.bytes == rehearsal.bytes { return }
    try FileStore(path, breaksHardLinks: request.breaksHardLinks)
      .update(createIfAbsent: true, mode: 0o644) { document in try edit(&document) }
  }
}
