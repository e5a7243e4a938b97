import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A checked, immutable configuration.
///
/// A `Config` exists only after all layers are loaded and valid, so nothing can read it too early, and no required key is
/// missing from it. The order is always `defaults < .env < environment`. Reads take no lock; those of numbers and booleans allocate
/// nothing.
///
///     let config = Config.loadOrExit(App.schema)
///     let port = config[App.port]                       // UInt16
///     let database = config[App.database]               // ConfigURL
///
/// Without a schema in Swift, the nearest `.env.schema` counts, and keys go by name: `try config.required("PORT", as: Int.self)`.
public struct Config: Sendable {
  package let project: Project
  private let values: CheckedValues
  /// What was found that does not keep the application from starting.
  public let warnings: [Finding]

  /// The environment's name: `--env`, `CFGKIT_ENV`, the schema's `@currentEnv` key, or `development`.
  public var environmentName: String { project.environmentName }
  /// What keys there are.
  public var schema: Schema { project.schema }

  /// Checks a project.
  ///
  /// - Throws: one `ConfigError` that lists everything that is wrong.
  public init(_ project: Project) throws(ConfigError) {
    let report = project.validate(ValidationOptions(facts: .layers)).strictForSwift(project.schema)
    guard report.isValid else { throw ConfigError(report, of: project) }
    do throws(SecretError) { values = try CheckedValues(of: project) } catch {
      throw ConfigError(ProjectError(error))
    }
    let unreadable = values.findings(in: project)
    guard unreadable.isEmpty else {
      throw ConfigError(
        Report(project: project, phase: .run, findings: report.findings + unreadable), of: project)
    }
    self.project = project
    warnings = report.findings
  }

  /// The checked value of a key, by the hash and the name of a declaration.
  func value(_ hash: UInt64, _ name: String) -> CheckedValue? { values.value(hash, name) }

  /// The ring of a rotating secret, or nil.
  func ring(of name: String) -> KeyRing? { values.rings[name] }
}

// MARK: Loading

extension Config {
  /// Loads every layer of the project around the working directory, resolves and checks it.
  ///
  /// - Parameters:
  ///   - schema: the keys, declared in Swift; a `.env.schema` that lies there is not read.
  ///   - options: where to look and how to read.
  /// - Throws: one `ConfigError` that lists everything that is wrong, with locations and fixes.
  public static func load(_ schema: Schema, _ options: Project.Options = Project.Options())
    throws(ConfigError) -> Config
  {
    try load(options, schema: schema)
  }

  /// Loads these values as the highest layer, over the schema's defaults: for tests. No file and no environment variable is read.
  ///
  /// - Parameters:
  ///   - schema: the keys.
  ///   - values: texts by key, as environment variables would have them.
  ///   - environmentName: the environment's name; nil for what the schema's own key says, else `development`.
  /// - Throws: one `ConfigError` that lists everything that is wrong.
  public static func load(_ schema: Schema, values: [String: String], environmentName: String? = nil)
    throws(ConfigError) -> Config
  {
    var options = Project.Options(environmentName: environmentName, environment: .made(values))
    options.readsFiles = false
    return try load(options, schema: schema)
  }

  /// Loads every layer by the nearest `.env.schema`, else `.env.example`; or by `schema`, if it is given.
  ///
  /// - Throws: one `ConfigError` that lists everything that is wrong, with locations and fixes.
  public static func load(_ options: Project.Options = Project.Options(), schema: Schema? = nil)
    throws(ConfigError) -> Config
  {
    let project: Project
    do { project = try Project.load(options, schema: schema) } catch { throw ConfigError(error) }
    return try Config(project)
  }

  /// Loads every layer, with what a store holds in the place of the `.env` files.
  ///
  /// - Throws: one `ConfigError` that lists everything that is wrong; a store without a document counts as one that holds nothing.
  package static func load(
    _ options: Project.Options, schema: Schema?, from store: any DocumentStore
  ) async throws(ConfigError) -> Config {
    guard options.files.isEmpty else {
      throw ConfigError(
        ProjectError(.usage, "\(store.name) takes the place of all files; name no files beside it"))
    }
    var options = options
    do throws(StoreError) { options.stored = try await StoredDocument(readFrom: store) } catch {
      throw ConfigError(ProjectError(error))
    }
    return try load(options, schema: schema)
  }

  /// Loads as `load` does, or prints what is wrong on standard error and exits with 78 (`EX_CONFIG` of sysexits.h): for the first
  /// line of a `main`.
  public static func loadOrExit(_ schema: Schema, _ options: Project.Options = Project.Options()) -> Config {
    loadOrExit(options, schema: schema)
  }

  /// Loads by the nearest `.env.schema`, or prints what is wrong on standard error and exits with 78.
  public static func loadOrExit(_ options: Project.Options = Project.Options(), schema: Schema? = nil)
    -> Config
  {
    do { return try load(options, schema: schema) } catch { error.printAndExit() }
  }
}

extension ConfigError {
  /// Prints it on standard error, and exits with 78.
  package func printAndExit() -> Never {
    var text = description + "\n"
    // A failed write to standard error has nobody left to be told to.
    _ = text.withUTF8 { unsafe write(2, $0.baseAddress, $0.count) }
    exit(78)
  }
}

extension Report {
  /// The report with errors where a warning would leave a declaration in Swift without its value: `30` is no `Duration`.
  fileprivate func strictForSwift(_ schema: Schema) -> Report {
    mapping { finding in
      finding.rule == .ambiguousUnit && finding.key.map(schema.isDeclaredInSwift) == true
        ? finding.weighing(.error) : finding
    }
  }
}

// MARK: Printing

extension Config: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The keys and where they come from; no value.
  public var description: String {
    "Config(\(environmentName): "
      + resolvedKeys.map { key in
        "\(project.shownName(of: key.key)) from \(key.winner?.origin.description ?? "nowhere")"
      }.joined(separator: ", ") + ")"
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
