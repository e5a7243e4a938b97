import CfgKitDotEnv

/// Whether the versioned keys of better-auth can be read.
struct BetterAuthCheck: Check {
  let rules: [Rule] = [.betterAuthSecretVersion]

  func findings(in project: CheckedProject) -> [Finding] {
    guard let list = project.known("BETTER_AUTH_SECRETS"), !list.isMissing, let winner = list.winner,
      !winner.value.withBytes(Self.isVersioned)
    else { return [] }
    return [
      Finding(
        .betterAuthSecretVersion, key: list.key,
        "BETTER_AUTH_SECRETS is not a list of number:key, each number once", at: winner.origin.location,
        fix: .manual("write 2:new,1:old, the current one first"))
    ]
  }

  private static func isVersioned(_ bytes: borrowing RawSpan) -> Bool {
    var numbers: Set<Int> = []
    var isRight = true
    ListElements(separator: ",").forEach(in: bytes) { range in
      var index = range.lowerBound
      var number = 0
      while index < range.upperBound, Octet.isDigit(bytes[octet: index]), index - range.lowerBound < 9 {
        number = number * 10 + Int(bytes[octet: index] - UInt8(ascii: "0"))
        index += 1
      }
      let hasNumber =
        index > range.lowerBound && index + 1 < range.upperBound && bytes[octet: index] == UInt8(ascii: ":")
      if !hasNumber || !numbers.insert(number).inserted { isRight = false }
    }
    return isRight
  }
}

extension Rule {
  static let betterAuthSecretVersion = Rule(
    "better-auth/secret-version", 716, "versioned keys that cannot be read",
    why: "better-auth takes the first as the current key, and finds the others by their numbers.",
    example: "BETTER_AUTH_SECRETS=new,old",
    fix: "Write number:key pairs, the current one first: 2:new,1:old.",
    source: "better-auth.com/docs/reference/options#secrets")
}
