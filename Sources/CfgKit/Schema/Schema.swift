public import CfgKitDotEnv

/// What keys exist, and what each must be. It comes from a `.env.schema`, from a `.env.example`, or from declarations in Swift.
public struct Schema: Sendable {
  /// The declarations, in the order of the file.
  public private(set) var declarations: [KeyDeclaration]
  /// The key that names the environment (`@currentEnv=$APP_ENV`), or nil.
  public var currentEnvironmentKey: String?
  /// The rule packs that it switches on (`rules=flask`).
  public var rulePacks: [String]
  /// The readers of `.env` files that the project serves (`dialects=node,bash`).
  public var dialects: Set<Dialect>
  /// The names of production.
  public var productionNames: [String]
  /// What is wrong with the schema itself.
  package var findings: [Finding]
  /// Whether it came from a `.env.example`.
  package var isExample = false

  /// Whether a key's declaration in Swift can read what was found.
  var readers: [String: @Sendable (CheckedValue) -> Bool] = [:]

  /// Where each key stands among the declarations.
  private(set) var indexByKey: [String: Int]

  /// A schema of these declarations; of two with one key the last counts.
  public init(_ declarations: [KeyDeclaration] = []) {
    self.declarations = []
    rulePacks = []
    dialects = []
    productionNames = ["production", "prod"]
    findings = []
    indexByKey = [:]
    for declaration in declarations { declare(declaration) }
  }

  /// The declaration of a key, or nil.
  public subscript(key: String) -> KeyDeclaration? {
    indexByKey[key].map { declarations[$0] }
  }

  /// Makes room for this many declarations in all.
  mutating func reserveCapacity(_ count: Int) {
    declarations.reserveCapacity(count)
    indexByKey.reserveCapacity(count)
  }

  /// Adds a declaration, or replaces the one of the same key, which it gives back.
  @discardableResult
  package mutating func declare(_ declaration: KeyDeclaration) -> KeyDeclaration? {
    let index = Self.place(of: declaration.key, else: declarations.count, &indexByKey)
    guard index < declarations.count else {
      declarations.append(declaration)
      return nil
    }
    defer { declarations[index] = declaration }
    return declarations[index]
  }

  /// Looks a key up, and notes where it will stand if it is new: in one step.
  private static func place(of key: String, else next: Int, _ index: inout [String: Int]) -> Int {
    func read(_ place: inout Int) -> Int { place }
    return read(&index[key, default: next])
  }

  /// Whether a key is declared in Swift, and read by that declaration.
  func isDeclaredInSwift(_ key: String) -> Bool { readers[key] != nil }

  /// Whether a key's declaration in Swift can read a value; nil for a key that has none.
  func reader(of key: String) -> (@Sendable (CheckedValue) -> Bool)? { readers[key] }

  /// The keys whose conditions lead back to them.
  func keysInConditionCycles() -> [String] {
    var isDone: Set<String> = []
    var found: [String] = []
    // A cycle goes through conditions only, which few keys have.
    for index in declarations.indices where !declarations[index].requirement.keys.isEmpty {
      let start = declarations[index].key
      guard !isDone.contains(start) else { continue }
      var trail: [String] = []
      var isOnTrail: Set<String> = []
      var pending = [(start, 0)]
      while let (key, level) = pending.popLast() {
        while trail.count > level { trail.popLast().map { _ = isOnTrail.remove($0) } }
        if isOnTrail.contains(key) {
          found.append(key)
          break
        }
        guard isDone.insert(key).inserted else { continue }
        trail.append(key)
        isOnTrail.insert(key)
        pending += (self[key]?.requirement.keys ?? []).map { ($0, level + 1) }
      }
    }
    return found
  }

  /// Whether an environment of this name is production.
  public func isProduction(_ environment: String) -> Bool {
    productionNames.contains(environment.lowercased())
  }

  /// Whether an environment is the one of another name: the same, or production by any of its names; `production` is always one.
  func isSame(_ environment: String, _ name: String) -> Bool {
    environment == name || isProduction(environment) && (name == "production" || isProduction(name))
  }

  /// Whether nothing is declared.
  public var isEmpty: Bool { declarations.isEmpty }
}
