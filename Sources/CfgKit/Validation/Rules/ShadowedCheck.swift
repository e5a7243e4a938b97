/// Whether the environment hides a different value of a file.
struct ShadowedCheck: Check {
  let rules: [Rule] = [.shadowed]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard !key.losers.isEmpty, let winner = key.winner, case .environment = winner.origin,
        let hidden = key.losers.first(where: { $0.origin.isSetByUser }),
        (try? winner.value.matches(hidden.value)) == false
      else { return nil }
      return Finding(
        .shadowed, key: key.key,
        "\(key.key) is set here, but the process environment has another value, which counts",
        at: hidden.origin.location, fix: .command("cfgkit", "explain", key.key))
    }
  }
}

extension Rule {
  static let shadowed = Rule(
    "shadowed", 501, .info, "a value that the process environment hides",
    why: "Whoever edits the file sees no effect.",
    example: ".env: PORT=8080     environment: PORT=80",
    fix: "Unset the variable where the process is started, or edit it there.",
    source: "cfgkit: defaults < .env < environment")
}
