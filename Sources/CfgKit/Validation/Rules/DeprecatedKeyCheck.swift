/// Whether a key is set that the schema, or a pack, declares deprecated.
struct DeprecatedKeyCheck: Check {
  let rules: [Rule] = [.deprecatedKey]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard key.isDeclared ? key.declaration?.deprecation != nil : !project.packs.isEmpty,
        let winner = key.winner, winner.origin.isSetByUser
      else { return nil }
      if let deprecation = key.declaration?.deprecation {
        let reason = deprecation.isEmpty || deprecation == "true" ? "" : ": \(deprecation)"
        return Finding(
          .deprecatedKey, key: key.key, "\(key.key) is deprecated\(reason)", at: winner.origin.location,
          fix: .command("cfgkit", "unset", key.key))
      }
      guard key.declaration == nil,
        let entry = project.packs.lazy.compactMap({ $0.deprecatedKeys[key.key] }).first
      else { return nil }
      return Finding(
        .deprecatedKey, key: key.key, entry.message, at: winner.origin.location,
        fix: entry.replacement.map { .shell("cfgkit unset \(key.key); cfgkit set \($0)") }
          ?? .command("cfgkit", "unset", key.key))
    }
  }
}

extension Origin {
  /// Whether a person set it: a file or the environment, not a default.
  var isSetByUser: Bool {
    if case .schema = self { false } else { true }
  }
}

extension Rule {
  static let deprecatedKey = Rule(
    "deprecated-key", 305, .warning, "a key that should no longer be set",
    why: "It has no effect any more, or will have none soon; who sets it believes that it has.",
    example: "FLASK_ENV=development",
    fix: "Remove it: cfgkit unset KEY; set what replaces it.",
    source: "the changelog of the framework that read it")
}
