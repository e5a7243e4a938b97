import CfgKitDotEnv

/// Whether a secret's value is its own name, or the name of another key.
struct SecretEqualsNameCheck: Check {
  let rules: [Rule] = [.secretEqualsName]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard key.isSensitive, !key.isMissing, let winner = key.winner else { return nil }
      let isName = winner.value.withBytes { bytes in Self.equals(bytes, key.key) }
      guard isName else { return nil }
      return Finding(
        .secretEqualsName, key: key.key, "\(key.key) is set to its own name", at: winner.origin.location,
        fix: .command("cfgkit", "rotate-secret", key.key, "--drop-previous"))
    }
  }

  /// Whether the bytes spell the name, in any case, with any separators.
  private static func equals(_ bytes: borrowing RawSpan, _ name: String) -> Bool {
    let letters = name.utf8.filter(Octet.isLetterOrDigit).map { $0 | 0x20 }
    var position = 0
    for offset in 0..<bytes.byteCount where Octet.isLetterOrDigit(bytes[octet: offset]) {
      guard position < letters.count, bytes[octet: offset] | 0x20 == letters[position] else { return false }
      position += 1
    }
    return position == letters.count && position > 0
  }
}

extension Rule {
  static let secretEqualsName = Rule(
    "secret-equals-name", 205, "a secret that is its own name",
    why: "It is what a template says, or what a shell leaves behind when a $ is missing.",
    example: "SECRET_KEY=SECRET_KEY",
    fix: "Make a real one: cfgkit rotate-secret KEY --drop-previous.",
    source: "CWE-1392")
}
