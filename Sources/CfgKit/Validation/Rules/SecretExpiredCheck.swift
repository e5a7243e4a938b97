/// Whether a secret is older than its schema allows, or a step of a rotation was forgotten.
struct SecretExpiredCheck: Check {
  let rules: [Rule] = [.secretExpired]

  func findings(in project: CheckedProject) -> [Finding] {
    // A ring that cannot be read is the business of the verb that changes it, which says so.
    project.declaredKeys.filter { $0.declaration?.rotation != nil }.flatMap { key in
      (try? RotationOverview(of: [key.key], in: project.project))?.findings ?? []
    }
  }
}

extension Rule {
  static let secretExpired = Rule(
    "secret-expired", 206, .warning, "a secret, or a step of its rotation, that is past its date",
    why:
      "The longer a key lives the more people and backups have seen it; a key that is accepted longer than needed is one more"
      + " that can be stolen.",
    example: "# cfgkit: rotated=2024-01-01\nSECRET_KEY=…     # the schema has rotate=180d",
    fix: "Replace it with cfgkit rotate-secret KEY, or take the step that the finding names.",
    source: "NIST SP 800-57 part 1, section 5.3")
}
