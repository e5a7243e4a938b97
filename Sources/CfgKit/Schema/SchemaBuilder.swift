/// Collects what stands in `Schema { … }`: keys, and the schemas of libraries.
@resultBuilder public enum SchemaBuilder {
  /// One thing that stands there.
  public struct Part: Sendable {
    let declaration: KeyDeclaration
    /// What is wrong with it by itself, each a sentence behind its name.
    let problems: [String]
    /// Whether a read of the key can give what was found; nil for a key that nobody reads by a declaration.
    let canRead: (@Sendable (CheckedValue) -> Bool)?
  }

  /// A key.
  public static func buildExpression<Value>(_ key: Key<Value>) -> [Part] {
    let read = key.content.type.read
    return [
      Part(declaration: key.declaration, problems: DeclarationProblems.of(key), canRead: { read($0) != nil })
    ]
  }

  /// The keys of another schema, such as a library's.
  public static func buildExpression(_ schema: Schema) -> [Part] { schema.parts }

  /// Several in a row.
  public static func buildBlock(_ parts: [Part]...) -> [Part] { parts.flatMap(\.self) }
  /// Those of an `if` without `else`.
  public static func buildOptional(_ parts: [Part]?) -> [Part] { parts ?? [] }
  /// Those of an `if`.
  public static func buildEither(first parts: [Part]) -> [Part] { parts }
  /// Those of an `else`.
  public static func buildEither(second parts: [Part]) -> [Part] { parts }
  /// Those of a `for`.
  public static func buildArray(_ parts: [[Part]]) -> [Part] { parts.flatMap(\.self) }
}

extension Schema {
  /// A schema of keys declared in Swift.
  ///
  ///     static let schema = Schema { port; store; redis; Mailer.schema }
  ///
  /// What is wrong with the declarations is `schema-invalid`, an error of `Config.load`; `problems` has it for a test.
  public init(@SchemaBuilder _ keys: () -> [SchemaBuilder.Part]) {
    self.init()
    for part in keys() { declare(part) }
    for declaration in declarations { declareFallback(of: declaration) }
    findings += DeclarationProblems.between(declarations)
  }

  /// The same schema, which takes the environment's name from a key (`@currentEnv`).
  public func currentEnvironment<Value>(_ key: Key<Value>) -> Schema {
    var schema = self
    schema.currentEnvironmentKey = key.name
    if self[key.name] == nil || key.declaration.isSensitive {
      schema.findings.append(
        DeclarationProblems.finding(key.name, "names the environment, and has to be declared and no secret"))
    }
    return schema
  }

  /// The same schema with rule packs switched on (`rules=`).
  public func rules(_ packs: String...) -> Schema {
    var schema = self
    schema.rulePacks += packs
    return schema
  }

  /// The same schema with other names for production than `production` and `prod`.
  public func production(_ names: String...) -> Schema {
    var schema = self
    schema.productionNames = names.map { $0.lowercased() }
    return schema
  }

  /// What is wrong with the schema itself: an invalid declaration or line. Empty for a valid one.
  public var problems: [Finding] { findings }

  private mutating func declare(_ part: SchemaBuilder.Part) {
    let key = part.declaration.key
    findings += part.problems.map { DeclarationProblems.finding(key, $0) }
    if let earlier = self[key], earlier != part.declaration {
      findings.append(DeclarationProblems.finding(key, "is declared twice, and not alike"))
    }
    declare(part.declaration)
    if let canRead = part.canRead { readers[key] = canRead }
  }

  /// What holds the other keys of a ring are keys too, which cfgkit writes.
  private mutating func declareFallback(of declaration: KeyDeclaration) {
    guard let rotation = declaration.rotation else { return }
    for name in rotation.keyNames(of: declaration.key) where self[name] == nil {
      var other = KeyDeclaration(name)
      other.requirement = .never
      other.isManaged = true
      // Of an issuer's keys the set and the id in it are published.
      other.isSensitive =
        rotation.fallbackFormat != .jwks || name == rotation.otherPrivateKeys(of: declaration.key)
      if name == rotation.fallbackKey, [.csv, .json].contains(rotation.fallbackFormat) {
        other.type = .array(.text, separator: ",")
      }
      other.summary =
        other.isSensitive
        ? "Other keys of \(declaration.key) that are still accepted."
        : "What verifies the signatures of \(declaration.key)."
      declare(other)
    }
  }

  /// Its keys, as another schema lists them.
  fileprivate var parts: [SchemaBuilder.Part] {
    declarations.map { declaration in
      let own = findings.filter { $0.key == declaration.key && $0.severity == .error }
      return SchemaBuilder.Part(
        declaration: declaration,
        problems: own.map { String($0.message.dropFirst(declaration.key.count + 1)) },
        canRead: readers[declaration.key])
    }
  }
}
