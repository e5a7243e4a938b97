/// Collects what stands in `Schema { … }`: keys, and the schemas of libraries.
@resultBuilder public enum SchemaBuilder {
  /// One thing that stands there.
  public struct Part: Sendable {
    /// What it declares, and what is wrong with that by itself.
    let schema: Schema
  }

  /// A key.
  public static func buildExpression<Value>(_ key: Key<Value>) -> [Part] {
    let read = key.content.type.read
    var schema = Schema([key.declaration])
    schema.findings = DeclarationProblems.of(key).map { DeclarationProblems.finding(key.name, $0) }
    schema.readers[key.name] = { read($0) != nil }
    return [Part(schema: schema)]
  }

  /// The keys of another schema, such as a library's, and what it says of all keys: its rule packs, dialects and names of production are
  /// added. Of several schemas that name the environment, the first counts.
  public static func buildExpression(_ schema: Schema) -> [Part] { [Part(schema: schema)] }

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
    for part in keys() { include(part.schema) }
    declareRings()
    report(DeclarationProblems.between(declarations))
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

  private mutating func include(_ other: Schema) {
    report(other.findings)
    for declaration in other.declarations {
      if let earlier = self[declaration.key], earlier != declaration {
        report([DeclarationProblems.finding(declaration.key, "is declared twice, and not alike")])
      }
      declare(declaration)
    }
    readers.merge(other.readers) { $1 }
    currentEnvironmentKey = currentEnvironmentKey ?? other.currentEnvironmentKey
    rulePacks += other.rulePacks.filter { !rulePacks.contains($0) }
    productionNames += other.productionNames.filter { !productionNames.contains($0) }
    dialects.formUnion(other.dialects)
  }

  /// Adds what is not known yet: a schema inside another one has looked at its keys before.
  private mutating func report(_ new: [Finding]) {
    for finding in new where !findings.contains(finding) { findings.append(finding) }
  }
}
