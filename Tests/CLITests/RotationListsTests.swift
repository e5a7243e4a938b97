import Foundation
import Testing

/// How each framework's list is written, and what is said of each. That the real libraries read them so is tested
/// in `Tests/Frameworks`, where PyPI or Debian has them.
@Suite struct RotationListsTests {
  static let strong = RotationStepsTests.strong
  static let other = RotationStepsTests.other

  private func project(_ key: String, _ pragmas: String, _ env: String, pack: String? = nil) -> Scratch {
    let rules = pack.map { " # cfgkit: rules=\($0)" } ?? ""
    return Scratch([
      ".env.schema":
        "# @defaultRequired=true\(rules)\n# ---\n\n# @sensitive # cfgkit: strength=128 \(pragmas)\n\(key)=\n",
      ".env": env,
    ])
  }

  /// Prepare, promote, retire; what stands in the file after each.
  private func walk(_ scratch: Scratch, _ key: String) -> [[String: String]] {
    [["--prepare"], ["--promote"], ["--retire", "--grace", "0"]].map { flags in
      let outcome = scratch.cfgkit(arguments: ["rotate-secret", key] + flags)
      #expect(outcome.status == 0, "\(outcome.everything)")
      var pairs: [String: String] = [:]
      for line in scratch.read(".env")!.split(separator: "\n") where !line.hasPrefix("#") {
        let parts = line.split(separator: "=", maxSplits: 1)
        pairs[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
      }
      return pairs
    }
  }

  @Test func `Auth.js has the signing key in 3, the previous in 2, the next in 1`() {
    let scratch = project(
      "AUTH_SECRET_3", "fallback=AUTH_SECRET_2 fallback-format=authjs", "AUTH_SECRET_3=\(Self.strong)\n")
    let steps = walk(scratch, "AUTH_SECRET_3")
    #expect(steps[0].keys.sorted() == ["AUTH_SECRET_1", "AUTH_SECRET_3"])
    #expect(steps[0]["AUTH_SECRET_3"] == Self.strong)
    #expect(steps[1] == ["AUTH_SECRET_3": steps[0]["AUTH_SECRET_1"]!, "AUTH_SECRET_2": Self.strong])
    #expect(steps[2] == ["AUTH_SECRET_3": steps[0]["AUTH_SECRET_1"]!])
  }

  @Test func `Auth.js has room for one previous key`() {
    let scratch = project(
      "AUTH_SECRET_3", "fallback=AUTH_SECRET_2 fallback-format=authjs", "AUTH_SECRET_3=\(Self.strong)\n")
    #expect(scratch.cfgkit("rotate-secret", "AUTH_SECRET_3").status == 0)
    let before = scratch.snapshot
    #expect(scratch.cfgkit("rotate-secret", "AUTH_SECRET_3").status == 75)
    #expect(scratch.snapshot == before)
  }

  @Test func `a bare AUTH_SECRET beside the numbered ones is refused: it would be accepted for ever`() {
    let scratch = project(
      "AUTH_SECRET_3", "fallback=AUTH_SECRET_2 fallback-format=authjs",
      "AUTH_SECRET=\(Self.other)\nAUTH_SECRET_3=\(Self.strong)\n")
    let outcome = scratch.cfgkit("rotate-secret", "AUTH_SECRET_3")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("cfgkit unset AUTH_SECRET"))
  }

  @Test func `better-auth's numbers are never used twice, not for a key that was dropped either`() throws {
    let scratch = project(
      "AUTH_SECRETS", "fallback=AUTH_SECRETS fallback-format=versioned", "AUTH_SECRETS=7:\(Self.strong)\n")
    func numbers() -> [Int] {
      scratch.value("AUTH_SECRETS")!.split(separator: ",").compactMap { Int($0.prefix { $0 != ":" }) }
    }
    _ = scratch.cfgkit("rotate-secret", "AUTH_SECRETS", "--prepare")
    #expect(numbers() == [7, 8])
    _ = scratch.cfgkit("rotate-secret", "AUTH_SECRETS", "--abort")
    #expect(numbers() == [7])
    _ = scratch.cfgkit("rotate-secret", "AUTH_SECRETS", "--prepare")
    #expect(numbers() == [7, 9])
    let next = scratch.value("AUTH_SECRETS")!.split(separator: ",")[1]
    _ = scratch.cfgkit("rotate-secret", "AUTH_SECRETS", "--promote")
    #expect(scratch.value("AUTH_SECRETS") == "\(next),7:\(Self.strong)")
    _ = scratch.cfgkit("rotate-secret", "AUTH_SECRETS", "--retire", "--grace", "0")
    #expect(scratch.value("AUTH_SECRETS") == String(next))
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test(arguments: ["\(strong)", "x:\(strong)", "7\(strong)", "7:", ":\(strong)", "7:\(strong),\(other)"])
  func `a list without numbers where numbers are wanted is refused`(value: String) {
    let scratch = project(
      "AUTH_SECRETS", "fallback=AUTH_SECRETS fallback-format=versioned", "AUTH_SECRETS=\(value)\n")
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("rotate-secret", "AUTH_SECRETS")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("versioned"))
    #expect(scratch.snapshot == before)
  }

  @Test func `Laravel's entries keep their prefix`() throws {
    let scratch = project(
      "APP_KEY", "generate=laravel fallback=APP_PREVIOUS_KEYS",
      "APP_KEY=base64:R2xMQ0V5d0R1eVQ5cXpKM0x3bDdQSGs0b1ZzQTZiTmY=\n", pack: "laravel")
    let outcome = scratch.cfgkit("rotate-secret", "APP_KEY")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(scratch.value("APP_KEY")!.wholeMatch(of: #/base64:[A-Za-z0-9+\/]{43}=/#) != nil)
    #expect(scratch.value("APP_PREVIOUS_KEYS") == "base64:R2xMQ0V5d0R1eVQ5cXpKM0x3bDdQSGs0b1ZzQTZiTmY=")
    for note in ["written again before the old key is retired", "key:generate drops", "Laravel 11", "cache"] {
      #expect(outcome.stderr.contains(note))
    }
  }

  @Test(arguments: [
    (
      "rails",
      ["cookies_rotations.rotate :encrypted", "message_verifiers.rotate", "SECRET_KEY_BASE_PREVIOUS"]
    ),
    ("phoenix", ["rotating_options:", "SECRET_KEY_BASE_PREVIOUS"]),
  ]) func `what reads no list by itself gets its snippet printed, with names and no values`(
    pack: String, words: [String]
  ) {
    let scratch = project(
      "SECRET_KEY_BASE", "generate=hex:64 fallback=SECRET_KEY_BASE_PREVIOUS",
      "SECRET_KEY_BASE=\(Self.strong)\n",
      pack: pack)
    let outcome = scratch.cfgkit("rotate-secret", "SECRET_KEY_BASE", "--prepare")
    #expect(outcome.status == 0)
    for word in words { #expect(outcome.stderr.contains(word)) }
    #expect(!outcome.everything.contains(Self.strong))
    #expect(!scratch.cfgkit("rotate-secret", "SECRET_KEY_BASE", "--abort").stderr.contains(words[0]))
  }

  @Test func `an empty list is no line at all`() {
    let scratch = project("KEY", "fallback=OLD", "KEY=\(Self.strong)\nOLD=\nAFTER=1\n")
    _ = scratch.cfgkit("rotate-secret", "KEY")
    _ = scratch.cfgkit("rotate-secret", "KEY", "--retire", "--grace", "0")
    #expect(scratch.read(".env")!.contains("OLD") == false)
    #expect(scratch.value("AFTER") == "1")
  }

  private static let issuer = "generate=ed25519 fallback=JWT_JWKS fallback-format=jwks"
  /// Its public half was computed with Python's cryptography.
  private static let seed = "sGEhYrMtV4cRZlALW4L7+VpJTvs0sG9q9/ZOnftLRdw="

  private func ids(_ set: String?) -> [String] {
    (set ?? "").matches(of: #/"kid":"([A-Za-z0-9_-]{11})"/#).map { String($0.1) }
  }

  @Test
  func `an issuer's set lists the public halves of all keys, the signing one first, and its id stands apart`()
    throws
  {
    let scratch = project("JWT_KEY", Self.issuer, "AFTER=1\nJWT_KEY=\(Self.seed)\n")
    let steps = walk(scratch, "JWT_KEY")
    #expect(
      steps[0].keys.sorted() == ["AFTER", "JWT_JWKS", "JWT_KEY", "JWT_KEY_KID", "JWT_KEY_PRIVATE_OTHERS"])
    let (prepared, promoted, retired) = (steps[0], steps[1], steps[2])
    #expect(prepared["JWT_KEY"] == Self.seed)
    #expect(prepared["JWT_JWKS"]!.contains("X8kH3T7ulKf4Qiho5_e6UvLGdsdvMOM65H1_ubJ6nQM"))
    let (old, new) = (ids(prepared["JWT_JWKS"])[0], ids(prepared["JWT_JWKS"])[1])
    #expect(prepared["JWT_KEY_KID"] == old)
    #expect(promoted["JWT_KEY_KID"] == new)
    #expect(ids(promoted["JWT_JWKS"]) == [new, old])
    #expect(promoted["JWT_KEY_PRIVATE_OTHERS"]!.contains(Self.seed))
    #expect(ids(retired["JWT_JWKS"]) == [new])
    #expect(retired["JWT_KEY_PRIVATE_OTHERS"] == nil)
    for step in steps {
      // The private half of no key is in the set, whatever it is written in.
      #expect(!step["JWT_JWKS"]!.contains(step["JWT_KEY"]!.prefix(20)))
      #expect(!step["JWT_JWKS"]!.contains(#""d":"#))
    }
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test func `what init makes for an issuer can be used at once, and every step works on it`() {
    for pragmas in [Self.issuer, "generate=jwk fallback=JWT_JWKS fallback-format=jwks"] {
      let scratch = project("JWT_KEY", pragmas, "AFTER=1\n")
      #expect(scratch.cfgkit("init", "--no-gitignore").status == 0)
      #expect(ids(scratch.value("JWT_JWKS")) == [scratch.value("JWT_KEY_KID")!])
      #expect(scratch.cfgkit("validate").status == 0)
      _ = walk(scratch, "JWT_KEY")
      #expect(ids(scratch.value("JWT_JWKS")).count == 1)
    }
  }

  @Test func `init gives a numbered key its number`() {
    let scratch = project(
      "AUTH_SECRETS", "generate=base64url fallback=AUTH_SECRETS fallback-format=versioned", "A=1\n")
    #expect(scratch.cfgkit("init", "--no-gitignore").status == 0)
    #expect(scratch.value("AUTH_SECRETS")!.hasPrefix("1:"))
    #expect(walk(scratch, "AUTH_SECRETS")[1]["AUTH_SECRETS"]!.hasPrefix("2:"))
  }

  @Test func `a set that a hand changed is a finding, and resume writes it anew`() throws {
    let scratch = project("JWT_KEY", Self.issuer, "JWT_KEY=\(Self.seed)\n")
    #expect(scratch.cfgkit("rotate-secret", "JWT_KEY").status == 0)
    let set = scratch.value("JWT_JWKS")
    #expect(scratch.cfgkit("validate").status == 0)
    let text = try #require(scratch.read(".env"))
    scratch.write(".env", text.replacing(try #require(set), with: #"{"keys":[]}"#))
    let found = scratch.cfgkit("validate", "--fail-on", "warning")
    #expect(found.status == 1)
    #expect(found.everything.contains("rotation-drift"))
    #expect(scratch.cfgkit("rotate-secret", "JWT_KEY", "--resume").status == 0)
    #expect(ids(scratch.value("JWT_JWKS")) == ids(set))
    #expect(scratch.cfgkit("validate", "--fail-on", "warning").status == 0)
  }

  @Test func `a compromised issuer lists its new key alone`() {
    let scratch = project("JWT_KEY", Self.issuer, "JWT_KEY=\(Self.seed)\n")
    #expect(scratch.cfgkit("rotate-secret", "JWT_KEY", "--prepare").status == 0)
    let before = ids(scratch.value("JWT_JWKS"))
    #expect(scratch.cfgkit("rotate-secret", "JWT_KEY", "--compromised", "--yes").status == 0)
    let after = ids(scratch.value("JWT_JWKS"))
    #expect(after.count == 1 && !before.contains(after[0]))
    #expect(scratch.value("JWT_KEY_PRIVATE_OTHERS") == nil)
  }

  @Test
  func `a key that no web key can be made of is refused, and the schema says for which kinds the format is`()
  {
    let issued = project("JWT_KEY", Self.issuer, "JWT_KEY=\(Self.seed)\n")
    let before = issued.snapshot
    let outcome = issued.cfgkit("rotate-secret", "JWT_KEY", "--stdin", stdin: Self.strong)
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("generate=ed25519"))
    #expect(!outcome.everything.contains(Self.strong))
    #expect(issued.snapshot == before)
    for pragmas in [
      "generate=hex:32 fallback=KEYS fallback-format=jwks", "generate=ed25519 fallback-format=jwks",
    ] {
      let scratch = project("KEY", pragmas, "KEY=\(Self.strong)\n")
      let outcome = scratch.cfgkit("validate")
      #expect(outcome.status == 78)
      #expect(outcome.everything.contains("fallback-format=jwks"))
    }
  }
}
