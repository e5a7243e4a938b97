extension Schema {
  /// Where this schema and another one disagree, each a sentence; empty if they declare the same. For a test that keeps a
  /// declaration in Swift and a committed `.env.schema` in step:
  ///
  ///     #expect(App.schema.differences(from: try Schema(contentsOf: ".env.schema")).isEmpty)
  ///
  /// Order, places and the reason why a key counts as sensitive do not matter.
  public func differences(from other: Schema) -> [String] {
    var differences = declarations.flatMap { declaration -> [String] in
      guard let there = other[declaration.key] else { return ["\(declaration.key) is only here"] }
      return Self.differences(declaration, there)
    }
    differences += other.declarations.filter { self[$0.key] == nil }.map { "\($0.key) is only there" }
    func compare<Value: Equatable>(_ what: String, _ here: Value, _ there: Value) {
      if here != there { differences.append("\(what) differ") }
    }
    compare("the keys that name the environment", currentEnvironmentKey, other.currentEnvironmentKey)
    compare("the rule packs", Set(rulePacks), Set(other.rulePacks))
    compare("the dialects", dialects, other.dialects)
    compare("the names of production", Set(productionNames), Set(other.productionNames))
    return differences
  }

  private static func differences(_ here: KeyDeclaration, _ there: KeyDeclaration) -> [String] {
    var words: [String] = []
    func compare<Value: Equatable>(_ word: String, _ path: KeyPath<KeyDeclaration, Value>) {
      if here[keyPath: path] != there[keyPath: path] { words.append(word) }
    }
    compare("type", \.type)
    compare("requirement", \.requirement)
    compare("sensitivity", \.isSensitive)
    compare("default", \.defaultText)
    compare("source", \.isResolvedElsewhere)
    compare("example", \.example)
    compare("description", \.summary)
    compare("documentation", \.docs)
    compare("deprecation", \.deprecation)
    compare("strength", \.strength)
    compare("generated form", \.generate)
    compare("rotation", \.rotation)
    compare("managed", \.isManaged)
    compare("distinct", \.isDistinct)
    compare("must-be", \.mustBe)
    compare("phase", \.phase)
    compare("group", \.group)
    return words.map { "\(here.key) has another \($0) there" }
  }
}
