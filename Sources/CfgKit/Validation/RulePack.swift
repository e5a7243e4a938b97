/// What cfgkit knows of one framework: data and pure functions; no code of a project is run.
///
/// A pack is on when the schema says `rules=flask`; `doctor` also turns it on when a manifest names the framework.
struct RulePack: Sendable {
  /// A key that the framework no longer reads.
  struct Deprecation: Sendable {
    /// What is said of it: `FLASK_ENV has no effect since Flask 2.3`.
    let message: String
    /// The key that does its work now, or nil.
    let replacement: String?
  }

  /// The name, which its template and its rules carry too.
  let name: String
  /// Names that are known though a schema does not declare them.
  let keys: Set<String>
  /// Keys that should go.
  var deprecatedKeys: [String: Deprecation] = [:]
  /// Packages that show, in a manifest or a lock file, that the framework is used; as `PackageName` spells them.
  let packages: Set<String>
  /// Packages whose limits it knows better than their metadata do.
  var judgedPackages: Set<String> = []
  /// The checks that need only layers and files.
  let checks: [any Check]
  /// The checks of `doctor` alone.
  var machineChecks: [any MachineCheck] = []

  /// Whether it speaks of a key, so that the key is not called unknown.
  func knows(_ key: String) -> Bool { keys.contains(key) || deprecatedKeys[key] != nil }

  /// Every rule of its checks.
  var rules: [Rule] { checks.flatMap(\.rules) + machineChecks.flatMap(\.rules) }
}

extension RulePack {
  /// Every pack, by the codes of its rules.
  static let all: [RulePack] = [
    .flask, .django, .rails, .laravel, .express, .nextjs, .betterAuth, .swiftServer,
  ]

  /// The packs of these names; a name that is none is the schema's mistake, and reported as such.
  static func named(_ names: some Sequence<String>) -> [RulePack] {
    let names = Set(names)
    return all.filter { names.contains($0.name) }
  }
}
