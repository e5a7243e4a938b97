/// Whether a secret is older than its schema allows, a step of a rotation was forgotten, or a hand changed a ring or its line.
struct SecretExpiredCheck: Check {
  let rules: [Rule] = [.secretExpired, .managedLine, .rotationDrift]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.filter { $0.declaration?.rotation != nil }.flatMap { key in
      do {
        return try RotationOverview(of: [key.key], in: project.project).findings
      } catch let refusal as RotationRefusal where refusal.code == .managedLine {
        return [damage(of: key.key, refusal)]
      } catch {
        // What else keeps a ring from being read is another rule's finding, or the verb's that changes it.
        return []
      }
    }
  }

  private func damage(of key: String, _ refusal: RotationRefusal) -> Finding {
    Finding(
      .managedLine, key: key,
      "the cfgkit line above \(key) is damaged, so nobody knows what its list holds and until when",
      at: refusal.location,
      fix: .manual("delete that line; then \(key) signs, and its list stays accepted for a whole grace"))
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
  static let managedLine = Rule(
    "managed-line", 211, "a line of cfgkit's above a secret that cannot be read",
    why:
      "It says which key of the list is the next one, and until when the others are accepted; a guess could sign people out.",
    example: "# cfgkit: rotated=yesterday\nSECRET_KEY=…",
    fix:
      "Delete the line, or restore it from a copy; without it the ring starts again from what the file holds.",
    source: "cfgkit's managed line (rotation)"
  )
  static let rotationDrift = Rule(
    "rotation-drift", 212, .warning, "a secret or its list that was changed by hand",
    why:
      "The dates above it speak of other keys: those that are there now have none, and would be accepted for ever.",
    example: "a SECRET_KEY that was replaced in an editor, below a line that dates the old one",
    fix: "cfgkit rotate-secret KEY --resume gives them dates.",
    source: "cfgkit's managed line (rotation)")
}
