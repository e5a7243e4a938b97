/// Whether every required key has a value.
struct MissingRequiredCheck: Check {
  let rules: [Rule] = [.missingRequired]

  func findings(in project: CheckedProject) -> [Finding] {
    // Nothing behind an unclosed quote is called missing.
    guard !project.isCutShort else { return [] }
    return project.declaredKeys.compactMap { key in
      guard key.isMissing, !key.isBroken, let declaration = key.declaration,
        project.holds(declaration.requirement)
      else { return nil }
      let condition = declaration.requirement.reason
      let state = key.winner == nil ? "is required" : "is empty, and required"
      return Finding(
        .missingRequired, key: key.key, "\(key.key) \(state)\(condition.isEmpty ? "" : " " + condition)",
        at: key.winner?.origin.location ?? declaration.location, note: Self.lookedIn(project.project),
        fix: Self.fix(declaration, in: project.project))
    }
  }

  private static func lookedIn(_ project: Project) -> String {
    "looked in: " + (["environment"] + project.files.reversed().map(\.shownPath)).joined(separator: ", ")
  }

  /// The tool does not know a schema that is declared in Swift, and makes no key of it.
  static func fix(_ declaration: KeyDeclaration, in project: Project) -> Fix {
    declaration.generate != nil && declaration.isSensitive && project.declaredSchema == nil
      ? .command("cfgkit", "rotate-secret", declaration.key) : .command("cfgkit", "set", declaration.key)
  }
}

extension Rule {
  static let missingRequired = Rule(
    "missing-required", 301, "a required key without a value",
    why: "The application would start, and fail at the first request that needs it. Empty counts as missing.",
    example: "SECRET_KEY=",
    fix: "Set it: cfgkit set KEY; a secret that cfgkit can make: cfgkit rotate-secret KEY.",
    source: "cfgkit schema: @required")
}
