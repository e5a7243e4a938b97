public import CfgKitDotEnv
import CfgKitSecrets
public import SystemPackage

/// A project as it stands: its schema, its `.env` files and the process environment, read and resolved, not yet checked.
///
/// This is the one way from sources to values. `validate` turns it into findings; only a `Config` that has none gives values
/// to an application.
public struct Project: Sendable {
  /// Where to look, and how to read.
  public struct Options: Sendable {
    /// Where the search begins.
    public var directory: FilePath
    /// The environment's name (`--env`), which also chooses files; else `CFGKIT_ENV`.
    public var environmentName: String?
    /// The files to read instead of the usual ones, later wins; `-` is standard input.
    public var files: [FilePath]
    /// The schema to use instead of the nearest one.
    public var schemaPath: FilePath?
    /// How disputed spellings of a `.env` are read.
    public var isCompatible: Bool
    /// Readers of `.env` files that the files are held against, beside those of the schema.
    public var dialects: Set<Dialect> = []
    /// The highest layer.
    public var environment: EnvironmentBlock
    /// The folder in which the project was found before: it is looked for nowhere else.
    var root: FilePath?
    /// Whether files are read at all; without, defaults and environment remain.
    package var readsFiles = true
    /// The document of a store, in the place of all files.
    package var stored: StoredDocument?
    /// Whether a file with several names may be replaced under the one by which it was read; else it is not changed.
    package var breaksHardLinks = false
    /// What the next commit would hold, to read that instead of the files on disk.
    var stage: GitStage?
    /// The folder that `-C` made the working directory, as it was given: what is printed is run where cfgkit was.
    package var enteredDirectory: String?

    /// The project around the working directory, read strictly. In the scope of a test (`CfgKitTesting`), `directory` and `environment`
    /// are the test's where they are nil.
    public init(
      directory: FilePath? = nil, environmentName: String? = nil, files: [FilePath] = [],
      schemaPath: FilePath? = nil,
      isCompatible: Bool = false, environment: EnvironmentBlock? = nil
    ) {
      let scope = LoadScope.current
      self.directory = directory ?? scope.directory
      self.environmentName = environmentName
      self.files = files
      self.schemaPath = schemaPath
      self.isCompatible = isCompatible
      self.environment = environment ?? scope.environment
    }
  }

  /// How it was asked for.
  package let options: Options
  /// The folder of the schema, else of `.env`, else where the search began.
  package let root: FilePath
  /// What keys exist.
  public let schema: Schema
  /// The schema, if it is none of a file's.
  let declaredSchema: Schema?
  /// Where the schema is; nil if there is none.
  package let schemaPath: FilePath?
  /// How messages name the schema.
  package let shownSchemaPath: String?
  /// The `.env` files that exist, lowest first.
  package let files: [SourceFile]
  /// The paths that were tried for `.env` files, lowest first.
  package let plannedPaths: [FilePath]
  /// Files that lie there and are not read.
  package let unreadFiles: [FilePath]
  /// Which bytes each file had that was read or looked for, schemas among them, by its absolute path.
  package let versions: [FilePath: DocumentVersion]
  /// Keys and values across the layers.
  public let resolution: Resolution
  /// The environment's name, for conditions and severities.
  public let environmentName: String
  /// Whether the environment is production.
  public var isProduction: Bool { schema.isProduction(environmentName) }

  /// Whether a condition holds for the resolved values in this environment.
  package func holds(_ condition: Condition) -> Bool {
    condition.holds(
      isIn: { schema.isSame(environmentName, $0) },
      value: { resolution[$0]?.winner?.value.text },
      isEmpty: { resolution[$0]?.isMissing ?? true })
  }

  /// Wipes the values of sensitive keys in the environment block of this process, which `/proc/PID/environ` and a core dump
  /// show, and unsets them: children no longer inherit them. For the beginning of a program, before other threads read the
  /// environment. What was loaded stays.
  public func scrubEnvironment() {
    options.environment.scrub(Set(resolution.keys.filter { resolution[$0]?.isSensitive == true }))
  }

  /// Whether a key is a secret: declared, or inferred from name or value.
  package func isSensitive(_ key: String) -> Bool {
    resolution[key]?.isSensitive ?? schema[key]?.isSensitive ?? Sensitivity.isInferred(fromName: key)
  }

  /// The key whose ring another key is a part of, such as the one that its `fallback=` names; nil for a key of its own.
  package func ringOwner(of key: String) -> String? {
    schema.declarations.first { $0.key != key && $0.rotation?.keyNames(of: $0.key).contains(key) == true }?
      .key
  }

  /// A key as it can be shown: its name, or where it stands if nobody declared it and it may be a secret that was pasted there.
  package func shownName(of key: String) -> String {
    if schema[key] != nil || KeyName.isShowable(key) { return key }
    return "(\(resolution[key]?.winner?.origin.description ?? "unnamed"))"
  }

  /// How messages name the paths that were tried for `.env` files, or the store in their place.
  package var triedPaths: [String] {
    options.stored.map { [$0.store.name] } ?? plannedPaths.map(ShownPath.of)
  }

  /// Finds, reads and resolves. `schema`, if given, is used instead of a file's.
  ///
  /// - Throws: `ProjectError` if a named file is missing, or a file cannot be read, or `environmentName` is none that the
  ///   schema allows.
  public static func load(_ options: Options = Options(), schema: Schema? = nil) throws(ProjectError)
    -> Project
  {
    try Project(options, declared: schema)
  }

  private init(_ options: Options, declared: Schema?) throws(ProjectError) {
    let reader = SourceReader(stage: options.stage)
    let search =
      if let root = options.root { try ProjectSearch(at: root, reader) } else {
        try ProjectSearch(from: options.directory, reader)
      }
    self.options = options
    root = search.root
    let chosenName = Self.chosenName(options)

    declaredSchema = declared
    if let declared {
      schema = declared
      schemaPath = nil
      shownSchemaPath = nil
    } else if let path = options.schemaPath ?? search.schemaPath {
      schema = try Schema(contentsOf: path, by: reader, inside: search.root)
      schemaPath = path
      shownSchemaPath = ShownPath.of(path)
    } else {
      schema = Schema()
      schemaPath = nil
      shownSchemaPath = nil
    }

    let readsFiles = options.readsFiles && options.stored == nil
    let plan = readsFiles ? try search.filePlan(options.files, environmentName: chosenName) : .none
    plannedPaths = plan.paths
    unreadFiles = plan.unread
    var files: [SourceFile] = []
    for path in plan.paths {
      let document =
        plan.isNamed ? try reader.document(at: path).0 : try reader.documentIfPresent(at: path)
      if let document { files.append(SourceFile(path, document, options, schema)) }
    }
    if let stored = options.stored, let document = stored.document {
      files.append(SourceFile(stored.store, document, options, schema))
    }
    self.files = files
    versions = reader.versions
    do { resolution = try Resolution(schema: schema, files: files, environment: options.environment) } catch {
      throw ProjectError(error)
    }
    environmentName = try Self.environmentName(chosenName, schema, resolution)
  }

  private init(_ project: Project, options: Options, files: [SourceFile]) throws(ProjectError) {
    self.options = options
    root = project.root
    schema = project.schema
    declaredSchema = project.declaredSchema
    schemaPath = project.schemaPath
    shownSchemaPath = project.shownSchemaPath
    plannedPaths = project.plannedPaths
    unreadFiles = project.unreadFiles
    versions = project.versions
    self.files = files
    do { resolution = try Resolution(schema: schema, files: files, environment: options.environment) } catch {
      throw ProjectError(error)
    }
    environmentName = try Self.environmentName(Self.chosenName(options), schema, resolution)
  }

  /// The same project as if a store held `document`, and the environment were `environment`, so that a change can be checked before it
  /// is written.
  package func replacing(
    in store: any DocumentStore, with document: Document, environment: EnvironmentBlock? = nil
  ) throws(ProjectError) -> Project {
    var options = options
    if let environment { options.environment = environment }
    let changed = SourceFile(store, document, options, schema)
    var files: [SourceFile] = []
    for file in self.files where file.shownPath != changed.shownPath {
      // What a file says may depend on the environment.
      files.append(environment == nil ? file : file.read(options, schema))
    }
    let rank = { (file: SourceFile) in
      triedPaths.firstIndex(of: file.shownPath) ?? triedPaths.count
    }
    let index = files.firstIndex { rank($0) > rank(changed) } ?? files.count
    files.insert(changed, at: index)
    return try Project(self, options: options, files: files)
  }

  /// Where a change of a key is written: the store that takes the place of the files; else the last file that was named; else the highest
  /// that holds the key; else the project's `.env`. Nil if that is standard input.
  package func store(holding key: String) -> (any DocumentStore)? {
    if let stored = options.stored { return stored.store }
    if options.files.last == "-" { return nil }
    let holder = options.files.isEmpty ? files.last { $0.lastEntry(for: key) != nil } : nil
    return holder?.store
      ?? FileStore(
        options.files.last ?? root.appending(".env"), breaksHardLinks: options.breaksHardLinks)
  }

  /// The name that chooses files: `--env`, else `CFGKIT_ENV`; a file cannot.
  static func chosenName(_ options: Options) -> String? {
    options.environmentName ?? options.environment.text("CFGKIT_ENV").flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func environmentName(
    _ chosen: String?, _ schema: Schema, _ resolution: Resolution
  ) throws(ProjectError) -> String {
    guard let key = schema.currentEnvironmentKey else { return chosen ?? "development" }
    if let chosen {
      if case .enumeration(let names)? = schema[key]?.type, !names.contains(chosen) {
        throw ProjectError(
          .usage, "--env \(chosen) is none of \(key)'s values: \(names.joined(separator: ", "))")
      }
      return chosen
    }
    let named = resolution[key]?.winner?.value.text
    return named.flatMap { $0.isEmpty ? nil : $0 } ?? "development"
  }
}
