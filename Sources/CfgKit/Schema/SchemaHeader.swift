import CfgKitDotEnv

/// What the header block of a schema says of all keys.
struct SchemaHeader {
  /// Which keys are required where nothing is said.
  enum DefaultRequired {
    case always, never
    /// varlock's default: those that have a value in the schema.
    case withValue
  }

  /// Which keys are sensitive where nothing is said.
  enum DefaultSensitive {
    /// Those whose name says so.
    case inferred
    case always
    /// All but those whose name begins so.
    case exceptPrefix(String)
  }

  var required = DefaultRequired.withValue
  var sensitive = DefaultSensitive.inferred

  private static let decorators = ["defaultRequired", "defaultSensitive", "currentEnv", "import"]
  private static let pragmas = ["rules", "dialects", "production"]

  /// Takes one decorator of the header.
  ///
  /// - Throws: what is wrong with it.
  mutating func apply(_ decorator: Decorator, to schema: inout Schema) throws(SchemaProblem) {
    switch (decorator.name, decorator.value) {
    case ("defaultRequired", nil), ("defaultRequired", .text("true")): required = .always
    case ("defaultRequired", .text("false")): required = .never
    case ("defaultRequired", .text("infer")): required = .withValue
    case ("defaultSensitive", nil), ("defaultSensitive", .text("true")): sensitive = .always
    case ("defaultSensitive", .text("false")): sensitive = .inferred
    case ("defaultSensitive", .call("inferFromPrefix", let arguments)):
      guard let prefix = arguments.first?.value.text else {
        throw SchemaProblem("inferFromPrefix needs a prefix")
      }
      sensitive = .exceptPrefix(prefix)
    case ("currentEnv", .reference(let key)): schema.currentEnvironmentKey = key
    case ("defaultRequired", _), ("defaultSensitive", _):
      throw SchemaProblem("@\(decorator.name) is true or false")
    case ("currentEnv", _): throw SchemaProblem("@currentEnv names a key: @currentEnv=$APP_ENV")
    default: try Self.refuseUnknown(decorator.name, among: Self.decorators)
    }
  }

  /// Takes one of cfgkit's own words in the header.
  ///
  /// - Throws: what is wrong with it.
  mutating func apply(_ pragma: DecoratorParser.Pragma, to schema: inout Schema) throws(SchemaProblem) {
    let names = (pragma.value ?? "").split(separator: ",").map(String.init)
    switch pragma.name {
    case "rules" where !names.isEmpty: schema.rulePacks += names
    case "dialects" where !names.isEmpty: try apply(dialects: names, to: &schema)
    case "production" where !names.isEmpty: schema.productionNames = names.map { $0.lowercased() }
    case "rules", "dialects", "production": throw SchemaProblem("\(pragma.name)= needs a list of names")
    default: throw .unknown("in the header, cfgkit's word", pragma.name, among: Self.pragmas)
    }
  }

  private func apply(dialects names: [String], to schema: inout Schema) throws(SchemaProblem) {
    if names == ["all"] {
      schema.dialects = Set(Dialect.allCases)
    }
    for name in names {
      guard let dialect = Dialect(rawValue: name) else {
        throw .unknown("a dialect", name, among: ["all"] + Dialect.allCases.map(\.rawValue))
      }
      schema.dialects.insert(dialect)
    }
  }

  /// Decorators of @env-spec that cfgkit accepts and ignores.
  static let ignored: Set<String> = [
    "internal", "dynamic", "static", "icon", "proxy", "tag", "auditIgnore", "defaultInternal", "envFlag",
    "redactLogs", "preventLeaks", "disable",
  ]

  /// Decorators that name another tool's machinery; never run.
  static let resolvedElsewhere: Set<String> = ["plugin", "setValuesBulk", "initOp"]

  /// What becomes of a decorator that is not known here.
  ///
  /// - Throws: a warning or an error, unless it is one that is ignored.
  static func refuseUnknown(_ name: String, among known: [String]) throws(SchemaProblem) {
    if ignored.contains(name) || (name.hasPrefix("generate") && name.hasSuffix("Types")) { return }
    if resolvedElsewhere.contains(name) {
      var problem = SchemaProblem("@\(name) is another tool's: nothing is run here", severity: .info)
      problem.rule = .resolvedElsewhere
      throw problem
    }
    if ["todo", "see", "note"].contains(name.lowercased()) {
      throw SchemaProblem("@\(name) is not a decorator; write it without @", severity: .warning)
    }
    let meant = NearMiss.candidate(for: name, among: known + ignored.sorted())
    throw SchemaProblem("@\(name) is not a known decorator" + (meant.map { "; did you mean @\($0)?" } ?? ""))
  }
}
