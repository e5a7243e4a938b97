/// Whether a key is set that the schema, or a pack, declares deprecated.
struct DeprecatedKeyCheck: Check {
  let rules: [Rule] = [.deprecatedKey]

  /// Keys that a framework no longer reads, by pack.
  private static let known: [String: [String: (message: String, replacement: String?)]] = [
    "flask": [
      "FLASK_ENV": ("FLASK_ENV has no effect since Flask 2.3", "FLASK_DEBUG"),
      "SESSION_FILE_THRESHOLD": ("SESSION_FILE_THRESHOLD is deprecated since Flask-Session 0.7.0", nil),
    ]
  ]

  /// Whether a pack of the schema speaks of this key, so that it is not called unknown.
  static func isKnown(_ key: String, in schema: Schema) -> Bool {
    schema.rulePacks.contains { known[$0]?[key] != nil || FlaskSessionCheck.keys(pack: $0).contains(key) }
  }

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard let winner = key.winner, winner.origin.isSetByUser else { return nil }
      if let deprecation = key.declaration?.deprecation {
        let reason = deprecation.isEmpty || deprecation == "true" ? "" : ": \(deprecation)"
        return Finding(
          .deprecatedKey, key: key.key, "\(key.key) is deprecated\(reason)", at: winner.origin.location,
          fix: .command("cfgkit", "unset", key.key))
      }
      guard key.declaration == nil,
        let entry = project.schema.rulePacks.lazy.compactMap({ Self.known[$0]?[key.key] }).first
      else { return nil }
      return Finding(
        .deprecatedKey, key: key.key, entry.message, at: winner.origin.location,
        fix: entry.replacement.map { .manual("cfgkit unset \(key.key); cfgkit set \($0)") }
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
    fix: "Remove it: cfgkit unset KEY; set what replaces it.")
}
