/// The keys of a schema that keep others beside them, and what keeps those.
extension Schema {
  /// The keys that keep the other keys of their ring where another key does: a rotation of one would drop those of the other.
  func keysWithSharedRings() -> [ProblemBetweenKeys] {
    var owners: [String: String] = [:]
    return declarations.compactMap { declaration in
      let key = declaration.key
      for name in declaration.rotation?.keyNames(of: key) ?? [] {
        guard let owner = owners.updateValue(key, forKey: name), owner != key else { continue }
        let text =
          switch name {
          case key: "rotates, and is where \(owner) keeps its other keys"
          case owner: "keeps its other keys in \(name), which rotates itself"
          default: "keeps its other keys in \(name), as \(owner) does; give each a list of its own"
          }
        return ProblemBetweenKeys(key: key, text: text)
      }
      return nil
    }
  }

  func listProblem(_ declaration: KeyDeclaration) -> ProblemBetweenKeys? {
    guard let rotation = declaration.rotation, rotation.fallbackFormat != .jwks,
      let name = rotation.fallbackKey, let list = self[name], !list.isSensitive
    else { return nil }
    return ProblemBetweenKeys(
      key: declaration.key, text: "keeps previous keys in \(name), which is declared as no secret")
  }

  /// What holds the other keys of a ring are keys too, which cfgkit writes: those that nobody declared are.
  mutating func declareRings() {
    for declaration in declarations where declaration.rotation != nil { declareRing(of: declaration) }
  }

  private mutating func declareRing(of declaration: KeyDeclaration) {
    guard let rotation = declaration.rotation else { return }
    for name in rotation.keyNames(of: declaration.key) where self[name] == nil {
      var other = KeyDeclaration(name, location: declaration.location)
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
}
