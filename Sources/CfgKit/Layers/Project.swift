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
    /// Whether files are read at all; without, defaults and environment remain.
    package var readsFiles = true
    /// What the next commit would hold, to read that instead of the files on disk.
    package var stage: GitStage?

    /// The project around the working directory, read strictly.
    public init(
      directory: FilePath = ".", environmentName: String? = nil, files: [FilePath] = [],
      schemaPath: FilePath? = nil,
      isCompatible: Bool = false, environment: EnvironmentBlock = .process
    ) {
      self.directory = directory
      self.environmentName = environmentName
      self.files = files
      self.schemaPath = schemaPath
      self.isCompatible = isCompatible
      self.environment = environment
    }
  }

  /// How it was asked for.
  package let options: Options
  /// The folder of the schema, else of `.env`, else where the search began.
  package let root: FilePath
  /// What keys exist.
  public let schema: Schema
  /// Where the schema is; nil if there is none.
  package let schemaPath: FilePath?
  /// How messages name the schema.
  package let shownSchemaPath: String?
  /// The `.env` files that exist, lowest first.
  package let files: [SourceFile]
  /// The paths that were tried for `.env` files, lowest first.
  package let plannedPaths: [FilePath]
  /// Files that lie there and are not read.
  package let unreadFiles: [String]
  /// Keys and values across the layers.
  public let resolution: Resolution
  /// The environment's name, for conditions and severities.
  public let environmentName: String
  /// Whether the environment is production.
  public var isProduction: Bool { schema.isProduction(environmentName) }

  /// Whether a condition holds for the resolved values in this environment.
  package func holds(_ condition: Condition) -> Bool {
    condition.holds(
      in: environmentName,
      value: { resolution[$0]?.winner?.value.text },
      isEmpty: { resolution[$0]?.isMissing ?? true })
  }

  /// Wipes the values of sensitive keys in the environment block of this process, which `/proc/PID/environ` and a core dump
  /// show, and unsets them: children no longer inherit them. For the beginning of a program, before other threads read the
  /// environment. What was loaded stays.
  public func scrubEnvironment() {
    options.environment.scrub(Set(resolution.keys.filter { resolution[$0]?.isSensitive == true }))
  }

  /// How messages name the paths that were tried for `.env` files.
  package var triedPaths: [String] { plannedPaths.map(ShownPath.of) }

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
    let search = try ProjectSearch(from: options.directory, reader)
    self.options = options
    root = search.root
    let chosenName = Self.chosenName(options)

    if let declared {
      schema = declared
      schemaPath = nil
      shownSchemaPath = nil
    } else if let path = options.schemaPath ?? search.schemaPath {
      let (document, shownPath) = try reader.document(at: path)
      let root = search.root
      schema = SchemaParser.parse(
        document, path: shownPath, isExample: ProjectSearch.isExample(path),
        importer: { target in reader.imported(target, beside: path, inside: root) })
      schemaPath = path
      shownSchemaPath = shownPath
    } else {
      schema = Schema()
      schemaPath = nil
      shownSchemaPath = nil
    }

    let plan = options.readsFiles ? try search.filePlan(options.files, environmentName: chosenName) : .none
    plannedPaths = plan.paths
    unreadFiles = plan.unread.map(ShownPath.of)
    var files: [SourceFile] = []
    for path in plan.paths {
      if !plan.isNamed, try !reader.exists(path) { continue }
      files.append(SourceFile(path, try reader.document(at: path).0, options, schema))
    }
    self.files = files
    do { resolution = try Resolution(schema: schema, files: files, environment: options.environment) } catch {
      throw ProjectError(error)
    }
    environmentName = try Self.environmentName(chosenName, schema, resolution)
  }

  private init(_ project: Project, options: Options, files: [SourceFile]) throws(ProjectError) {
    self.options = options
    root = project.root
    schema = project.schema
    schemaPath = project.schemaPath
    shownSchemaPath = project.shownSchemaPath
    plannedPaths = project.plannedPaths
    unreadFiles = project.unreadFiles
    self.files = files
    do { resolution = try Resolution(schema: schema, files: files, environment: options.environment) } catch {
      throw ProjectError(error)
    }
    environmentName = try Self.environmentName(Self.chosenName(options), schema, resolution)
  }

  /// The same project as if the file at `path` held `document`, and the environment were `environment`, so that a change can
  /// be checked before it is written.
  package func replacing(
    _ path: FilePath, with document: Document, environment: EnvironmentBlock? = nil
  ) throws(ProjectError) -> Project {
    var options = options
    if let environment { options.environment = environment }
    let changed = SourceFile(path, document, options, schema)
    let place = ShownPath.absolute(path)
    var files = self.files.filter { ShownPath.absolute($0.path) != place }
    let rank = { (file: SourceFile) in
      plannedPaths.firstIndex { ShownPath.absolute($0) == ShownPath.absolute(file.path) }
        ?? plannedPaths.count
    }
    let index = files.firstIndex { rank($0) > rank(changed) } ?? files.count
    files.insert(changed, at: index)
    return try Project(self, options: options, files: files)
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
