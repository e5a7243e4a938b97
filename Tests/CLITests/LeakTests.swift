import Foundation
import Testing

/// Random values under every verb and every kind of broken file: none may come out of a verb that must not show it.
@Suite struct LeakTests {
  /// A seeded generator, so that a failure can be repeated.
  struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var word = state
      word = (word ^ (word >> 33)) &* 0xff51_afd7_ed55_8ccd
      return word ^ (word >> 33)
    }
  }

  /// A value of letters and digits that no fixed text of cfgkit holds.
  static func value(_ dice: inout Dice) -> String {
    let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789")
    return String(
      (0..<Int.random(in: 14...40, using: &dice)).map { _ in alphabet.randomElement(using: &dice)! })
  }

  static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # @currentEnv=$APP_ENV
    # ---

    # @type=enum(development, production)
    APP_ENV=development

    # @type=port
    PORT=

    # @type=url
    HOME_URL=

    # @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 rotate=180d fallback=OLD_KEYS
    SECRET_KEY=

    # @optional @sensitive @type=array(string) # cfgkit: managed
    OLD_KEYS=

    # @sensitive @type=url
    DATABASE_URL=

    """

  /// Shapes in which a value `v` stands in a file; each breaks another rule.
  static let shapes: [@Sendable (String, String) -> String] = [
    { "\($0)=\($1)\n" }, { "\($0)='\($1)'\n" }, { "\($0)=\"\($1)\n" }, { "\($0)=\"\($1)\"\($1)\n" },
    { "\($0)=a#\($1)\n" }, { "\($0)=#\($1)\n" }, { "\($0)=$\($1)\n" }, { "\($0)=${\($1)}\n" },
    { "\($0)=${\($1)\n" },
    { "\($0)=${X:?\($1)}\n" }, { "\($0)=$(\($1))\n" }, { "\($0)=\"\\q\($1)\"\n" }, { "\($0): \($1)\n" },
    { "\($1)\n" }, { "\($1)=\n" }, { "\($1)=\($0)\n" }, { "\($0)=`\($1)`\n" }, { "\($0)=\($1)\\\n" },
    { "\($0)=\($1)\u{200B}\n" }, { "\($0)=\($1) \($1)\n" }, { "export \($1)\n" },
    { "\($0)=postgres://u:\($1)@h/d\n" },
    { "\($0)=\($1)\n\($0)=\($1)x\n" }, { "# \($0)=\($1)\n" }, { "\($0) = \($1)\n" },
    { "\($0)=\"a\n\($1)\"\n" },
    { "# cfgkit: rotated=\($1)\n\($0)=x\n" }, { "# cfgkit: ignore=\($1) -- \($1)\n\($0)=x\n" },
    { "\($0)=\($1)\0\n" },
  ]

  static let quietVerbs: [[String]] = [
    ["validate"], ["validate", "--format", "json"], ["validate", "--format", "sarif"],
    ["validate", "--format", "github"], ["validate", "--format", "junit"], ["validate", "-v", "--compat"],
    ["list", "-v"],
    ["list", "--format", "json"], ["explain", "SECRET_KEY"], ["explain", "DATABASE_URL", "--format", "json"],
    ["get", "SECRET_KEY"], ["get", "DATABASE_URL"], ["run", "--", "true"], ["init", "--dry-run", "--diff"],
    ["export", "--format", "docker", "--only", "NOTHING"], ["diff", ".env"], ["set", "PORT", "--stdin"],
    ["rotate-secret", "SECRET_KEY", "--dry-run"], ["rotate-secret", "SECRET_KEY", "--status"],
    ["rotate-secret", "--check"], ["rotate-secret", "SECRET_KEY"],
    ["rotate-secret", "SECRET_KEY", "--drop-previous", "--yes"],
    ["unset", "OTHER"], ["set", "SECRET_KEY", "--stdin"], ["validate", "--fix"],
    ["validate", "--dialect", "all"], ["fmt"], ["fmt", "--check", "--format", "json"], ["fmt", "--compat"],
    ["doctor"], ["doctor", "--format", "json"], ["validate", "--recursive"],
    ["validate", "--recursive", "--format", "json"], ["diff", ".env", "--format", "json"],
    ["diff", ".env.schema", "--format", "sarif"],
  ]

  @Test(arguments: 0..<shapes.count) func noValueComesOutOfAVerbThatMayNotShowIt(shape: Int) {
    var dice = Dice(state: UInt64(shape) &+ 7)
    for key in ["SECRET_KEY", "DATABASE_URL", "OTHER_TOKEN"] {
      let value = Self.value(&dice)
      let inEnvironment = Self.value(&dice)
      let typed = Self.value(&dice)
      let env = "APP_ENV=development\n" + Self.shapes[shape](key, value) + "HOME_URL=https://example.org\n"
      for verb in Self.quietVerbs.shuffled(using: &dice).prefix(6) {
        let scratch = Scratch([".env.schema": Self.schema, ".env": env])
        let outcome = scratch.cfgkit(
          arguments: verb, stdin: Array((typed + "\n").utf8), environment: ["DATABASE_URL": inEnvironment])
        for hidden in [value, inEnvironment, typed] {
          #expect(
            !outcome.everything.contains(hidden),
            "\(verb) with \(env.debugDescription)\n\(outcome.everything)")
          #expect(!outcome.everything.contains(hidden.dropFirst(4).prefix(4)))
        }
        #expect(outcome.status < 128 && outcome.status != 70, "\(verb): \(outcome.everything)")
      }
    }
  }

  @Test func aSchemasDefaultOfASecretIsRefusedAndNotShown() {
    var dice = Dice(state: 99)
    let value = Self.value(&dice)
    let scratch = Scratch([".env.schema": "# @sensitive\nSECRET_KEY=\(value)\n", ".env": ""])
    for verb in Self.quietVerbs {
      #expect(!scratch.cfgkit(arguments: verb).everything.contains(value), "\(verb)")
    }
    #expect(scratch.cfgkit("validate").status == 78)
  }
}
