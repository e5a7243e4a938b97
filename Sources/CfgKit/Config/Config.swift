public import CfgKitSecrets

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
/// missing from it. The order is always `defaults < .env < environment`.
///
///     let config = try Config.load()
///     let port = try config.required("PORT", as: UInt16.self)
///     let key = try config.secret("SECRET_KEY")
public struct Config: Sendable {
  private let resolution: Resolution
  /// The environment's name: `--env`, `CFGKIT_ENV`, the schema's `@currentEnv` key, or `development`.
  public let environmentName: String
  /// What was found that does not keep the application from starting.
  public let warnings: [Finding]

  /// Loads, resolves and checks the project around the working directory.
  ///
  /// - Parameters:
  ///   - options: where to look and how to read.
  ///   - schema: the keys, if they are declared in Swift; else the nearest `.env.schema` or `.env.example`.
  /// - Throws: one `ConfigError` that lists everything that is wrong, with locations and fixes.
  public static func load(
    _ options: Project.Options = Project.Options(), schema: Schema? = nil
  ) throws(ConfigError) -> Config {
    let project: Project
    do { project = try Project.load(options, schema: schema) } catch { throw ConfigError(error) }
    return try Config(project)
  }

  /// Loads as `load` does, or prints what is wrong on standard error and exits with 78 (`EX_CONFIG` of sysexits.h): for the first
  /// line of a `main`.
  public static func loadOrExit(
    _ options: Project.Options = Project.Options(), schema: Schema? = nil
  ) -> Config {
    do { return try load(options, schema: schema) } catch {
      var text = error.description + "\n"
      // A failed write to standard error has nobody left to be told to.
      _ = text.withUTF8 { unsafe write(2, $0.baseAddress, $0.count) }
      exit(78)
    }
  }

  /// Checks a project.
  ///
  /// - Throws: one `ConfigError` that lists everything that is wrong.
  public init(_ project: Project) throws(ConfigError) {
    let report = project.validate(ValidationOptions(facts: .layers))
    guard report.isValid else { throw ConfigError(report, of: project) }
    resolution = project.resolution
    environmentName = project.environmentName
    warnings = report.findings
  }

  /// The value of a key, or nil if it is unset or empty.
  ///
  /// - Throws: `ConfigError` if the value is not of this type. The message names the key and its place, never the value.
  public func value<Value: ConfigValue>(_ key: String, as type: Value.Type = Value.self) throws(ConfigError)
    -> Value?
  {
    guard let resolved = resolution[key], !resolved.isMissing, let winner = resolved.winner else {
      return nil
    }
    guard let value = winner.value.withBytes({ bytes in Value.read(bytes) }) else {
      throw ConfigError(reading: key, "is not \(Value.expectation)", at: winner.origin)
    }
    return value
  }

  /// The value of a key that has to be set.
  ///
  /// - Throws: `ConfigError` if it is unset, empty, or not of this type.
  public func required<Value: ConfigValue>(_ key: String, as type: Value.Type = Value.self)
    throws(ConfigError) -> Value
  {
    guard let value = try value(key, as: type) else { throw ConfigError(reading: key, "is not set") }
    return value
  }

  /// The secret of a key that has to be set. Its bytes stay in guarded memory.
  ///
  /// - Throws: `ConfigError` if it is unset or empty, or if no guarded memory is to be had.
  public func secret(_ key: String) throws(ConfigError) -> Secret {
    guard let resolved = resolution[key], !resolved.isMissing, let winner = resolved.winner else {
      throw ConfigError(reading: key, "is not set")
    }
    do { return try winner.value.guarded } catch {
      throw ConfigError(ProjectError(.memory, error.message))
    }
  }

  /// Where a key's value came from, or nil if it has none.
  public func origin(of key: String) -> Origin? {
    resolution[key]?.winner?.origin
  }

  /// What the schema says of a key, or nil.
  package func declaration(of key: String) -> KeyDeclaration? { resolution[key]?.declaration }

  /// Whether a key's value is a secret: declared, or inferred from its name or value.
  package func isSensitive(_ key: String) -> Bool { resolution[key]?.isSensitive ?? false }

  /// The keys that have a value, in the order of the schema.
  public var keys: [String] {
    resolution.keys.filter { resolution[$0]?.winner != nil }
  }
}

extension Config: CustomStringConvertible, CustomReflectable {
  /// The keys and where they come from; no value.
  public var description: String {
    "Config(\(environmentName): "
      + keys.map { "\($0) from \(origin(of: $0)?.description ?? "nowhere")" }.joined(separator: ", ") + ")"
  }

  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
