import CfgKitDotEnv

/// Whether an environment variable still has the quotes of the file that it came from.
struct QuotedValueCheck: Check {
  let rules: [Rule] = [.quotedValue]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard let winner = key.winner, case .environment = winner.origin, winner.value.withBytes(Self.isQuoted)
      else {
        return nil
      }
      return Finding(
        .quotedValue, key: key.key, "\(key.key) has quote marks in its value (docker --env-file keeps them)",
        fix: .manual("remove the quotes where the variable is set"))
    }
  }

  /// Whether the bytes begin and end with the same quote.
  static func isQuoted(_ bytes: borrowing RawSpan) -> Bool {
    guard bytes.byteCount >= 2 else { return false }
    let first = bytes[octet: 0]
    return (first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"))
      && bytes[octet: bytes.byteCount - 1] == first
  }
}

extension Rule {
  static let quotedValue = Rule(
    "quoted-value", 502, "quote marks inside an environment variable",
    why: "docker --env-file and systemd units pass them on; a key with quotes is another key.",
    example: "$ docker run --env-file .env …     # .env: PORT=\"8080\"",
    fix: "Remove the quotes where the variable is set.",
    source: "docs.docker.com/reference/cli/docker/container/run (--env-file)")
}
