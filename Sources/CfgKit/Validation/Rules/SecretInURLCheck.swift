/// Whether a key that is declared public holds a URL with a password.
struct SecretInURLCheck: Check {
  let rules: [Rule] = [.secretInURL]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard !key.isSensitive, let winner = key.winner else { return nil }
      let hasPassword = winner.value.withBytes { bytes in URLParts(bytes)?.password?.isEmpty == false }
      guard hasPassword else { return nil }
      return Finding(
        .secretInURL, key: key.key, "\(key.key) is not declared sensitive, and its URL holds a password",
        at: winner.origin.location,
        fix: .manual("declare it @sensitive in the schema, or keep the password in a key of its own"))
    }
  }
}

extension Rule {
  static let secretInURL = Rule(
    "secret-in-url", 207, .warning, "a password inside the URL of a key that is not sensitive",
    why: "Values that are not sensitive are shown, logged and shipped to browsers.",
    example: "# @public\nCALLBACK_URL=https://user:password@example.org/",
    fix: "Declare the key @sensitive, or keep the password in a key of its own.",
    source: "RFC 3986 section 3.2.1")
}
