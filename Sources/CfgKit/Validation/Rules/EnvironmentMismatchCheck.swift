/// Whether `--env` and the key that names the environment agree.
struct EnvironmentMismatchCheck: Check {
  let rules: [Rule] = [.environmentMismatch]

  func findings(in project: CheckedProject) -> [Finding] {
    guard let key = project.schema.currentEnvironmentKey, let winner = project.resolution[key]?.winner,
      let named = winner.value.text, !named.isEmpty, named != project.project.environmentName,
      winner.origin.isSetByUser
    else { return [] }
    return [
      Finding(
        .environmentMismatch, key: key,
        "\(key) says another environment than --env; the application will follow \(key)",
        at: winner.origin.location)
    ]
  }
}

extension Rule {
  static let environmentMismatch = Rule(
    "env-mismatch", 313, .info, "two answers to the question which environment this is",
    why: "cfgkit checks for the one of --env or CFGKIT_ENV; the application reads the key.",
    example: "$ APP_ENV=test cfgkit --env production validate",
    fix: "Let both say the same, or drop --env.",
    source: "cfgkit schema: @currentEnv")
}
