/// Secrets that reach the browser, and previous keys that Auth.js does not read.
struct NextCheck: Check {
  let rules: [Rule] = [.nextAuthSecretHides, .nextPublicSecret, .typeMismatch]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { Self.isPublicSecret($0) ? publicSecret($0) : nil }
      + [hidden(project), actionsKey(project)].compactMap(\.self)
  }

  /// A name for the browser on what is declared a secret, or says itself that it is one. `…_KEY` alone may be public by design.
  private static func isPublicSecret(_ key: Resolution.ResolvedKey) -> Bool {
    guard ["NEXT_PUBLIC_", "VITE_"].contains(where: key.key.hasPrefix), !key.isMissing else { return false }
    if let declaration = key.declaration, !declaration.isSensitivityInferred {
      return declaration.isSensitive
    }
    let words = Set(key.key.split(separator: "_"))
    return !words.isDisjoint(with: ["SECRET", "PASSWORD", "PASSWD", "PRIVATE", "CREDENTIAL", "CREDENTIALS"])
  }

  private func publicSecret(_ key: Resolution.ResolvedKey) -> Finding {
    Finding(
      .nextPublicSecret, key: key.key,
      "\(key.key) is a secret, and its prefix puts it into the browser's code",
      at: key.winner?.origin.location,
      fix: .manual("give it a name without the prefix, read it on the server, and replace the value"))
  }

  private func hidden(_ project: CheckedProject) -> Finding? {
    guard project.resolution["AUTH_SECRET"]?.isMissing == false,
      let numbered = ["AUTH_SECRET_1", "AUTH_SECRET_2", "AUTH_SECRET_3"].lazy.compactMap({
        project.resolution[$0]
      })
      .first(where: { !$0.isMissing })
    else { return nil }
    return Finding(
      .nextAuthSecretHides, key: numbered.key, "\(numbered.key) is ignored while AUTH_SECRET is set",
      at: numbered.winner?.origin.location, fix: .command("cfgkit", "unset", "AUTH_SECRET"))
  }

  private func actionsKey(_ project: CheckedProject) -> Finding? {
    guard let key = project.known("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"), !key.isMissing,
      let winner = key.winner,
      let count = winner.value.withBytes({ Optional(TextForms.base64ByteCount($0) ?? 0) }),
      ![16, 24, 32].contains(count)
    else { return nil }
    return Finding(
      .typeMismatch, key: key.key, "\(key.key) is not base64 of 16, 24 or 32 bytes",
      at: winner.origin.location,
      fix: .command("cfgkit", "set", key.key))
  }
}

extension Rule {
  static let nextAuthSecretHides = Rule(
    "nextjs/auth-secret-hides", 715, "numbered keys that Auth.js does not read",
    why: "While AUTH_SECRET is set next-auth ignores AUTH_SECRET_1 to _3, so that a rotation has no effect.",
    example: "AUTH_SECRET=…\nAUTH_SECRET_1=…", fix: "Move the key to a number, and unset AUTH_SECRET.",
    source: "authjs.dev/reference/core (secret); next-auth 5, lib/env.ts")
  static let nextPublicSecret = Rule(
    "nextjs/public-secret", 717, "a secret in the code of the browser",
    why: "Every variable under NEXT_PUBLIC_ or VITE_ is copied into the JavaScript that visitors download.",
    example: "NEXT_PUBLIC_API_SECRET=…",
    fix: "Take the prefix away, read it on the server, and replace the value.",
    source: "nextjs.org/docs/app/guides/environment-variables; vite.dev/guide/env-and-mode")
}
