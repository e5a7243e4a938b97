import CfgKitSecrets

/// Whether a secret that must be distinct stands under a second key as well.
struct SharedSecretCheck: Check {
  let rules: [Rule] = [.sharedSecret]

  func findings(in project: CheckedProject) -> [Finding] {
    let secrets = project.allKeys.filter { $0.isSensitive && !$0.isMissing }
    return secrets.flatMap { key -> [Finding] in
      guard key.declaration?.isDistinct == true, let winner = key.winner else { return [] }
      return secrets.compactMap { other in
        guard other.key != key.key, let second = other.winner,
          other.declaration?.isDistinct != true || key.key < other.key,
          (try? winner.value.matches(second.value)) == true
        else { return nil }
        return Finding(
          .sharedSecret, key: key.key, "\(key.key) and \(other.key) hold the same secret",
          at: winner.origin.location,
          related: second.origin.location.map { [Finding.Related(location: $0, message: "the other one")] }
            ?? [],
          fix: .command("cfgkit", "rotate-secret", key.key))
      }
    }
  }
}

extension Rule {
  static let sharedSecret = Rule(
    "shared-secret", 204, .warning, inProduction: .error, "one secret under two keys",
    why: "Who learns it in one place has it in the other, and rotating one leaves the other live.",
    example: "SECRET_KEY=…\nJWT_SECRET=…     # the same bytes",
    fix: "Rotate one of them: cfgkit rotate-secret KEY.",
    source: "NIST SP 800-57 part 1, section 5.2")
}
