import CfgKit
import Testing

/// What is wrong with a declaration and compiles all the same is an error of the first load.
@Suite struct DeclarationTests {
  private struct Nothing: RawRepresentable, CaseIterable {
    let rawValue: String
    static let allCases: [Nothing] = []
  }

  private static let secret = Key("TOKEN", .secret())
  private static let cases: [(Schema, String)] = [
    (
      Schema { Key("DB_PASSWORD", .string) },
      "DB_PASSWORD sounds like a secret: declare it with .secret(…), or say .public()"
    ),
    (
      Schema { Key("URL", .url, default: "https://a.test").sensitive() },
      "URL is sensitive and has a default: the schema is committed"
    ),
    (
      Schema { Key("URL", .url, default: "https://a:b@a.test") },
      "URL has a default with a password: the schema is committed"
    ),
    (
      Schema { Key("URL", .url("https"), default: "http://a.test") },
      "URL has a default that is not a URL with the scheme https"
    ),
    (Schema { Key("PORT", .port(min: 1024), default: 80) }, "PORT has a default that is below 1024"),
    (Schema { Key("NAME", .string, default: "") }, "NAME has an empty default, which counts as none"),
    (
      Schema { Key("NAMES", .array(.string), default: []) },
      "NAMES has a default that cannot be written as text"
    ),
    (
      Schema { Key("WAIT", .duration, default: .nanoseconds(1)) },
      "WAIT has a default that cannot be written as text"
    ),
    (
      Schema { Key("RATE", .number, default: .infinity) }, "RATE has a default that cannot be written as text"
    ),
    (
      Schema { Key("A B", .int) },
      "A B is no name of a key: letters, digits and _.- in ASCII, and no digit first"
    ),
    (
      Schema { Key("2A", .int) },
      "2A is no name of a key: letters, digits and _.- in ASCII, and no digit first"
    ),
    (Schema { Key("N", .int(min: 5, max: 1)) }, "N has a least value above its greatest"),
    (
      Schema { Key("N", .int(UInt64.self, min: 1 << 63)) },
      "N has a bound beyond what a whole number here can be: -2⁶³ to 2⁶³ − 1"
    ),
    (
      Schema { Key("N", .record(.secret())) },
      "N is a record of secrets, which nothing could read: declare a key for each, or .secret(.record(.string))"
    ),
    (
      Schema { Key("N", .secret(.array(.string))) },
      "N is one secret in the form of a list: take .array(.secret())"
    ),
    (
      Schema { Key("S", .secret()).rotates(everyDays: .max) }, "S rotates after more than 36500 days"
    ),
    (Schema { Key("N", .string(matches: "(")) }, "N has a matches: that is no regular expression"),
    (Schema { Key("N", .oneOf(Nothing.self)) }, "N is one of no words"),
    (Schema { Key("N", .ip(version: 5)) }, "N is an IP of a version that is neither 4 nor 6"),
    (Schema { Key("N", .hex(bytes: 0)) }, "N has a number of bytes that is not from 1 to 1048576"),
    (
      Schema { Key("N", .array(.host)) },
      "N has elements of the type host, which a .env.schema cannot say; take .string()"
    ),
    (Schema { Key("N", .array(.int, separator: "")) }, "N has a separator that separates nothing"),
    (Schema { Key("S", .secret(strength: 0)) }, "S asks for a strength that is not from 1 to 4096 bits"),
    (Schema { Key("S", .secret()).public() }, "S is a secret and cannot be public"),
    (Schema { Key("S", .secret()).rotates(everyDays: 0) }, "S rotates after no time at all"),
    (
      Schema { Key("S", .secret()).rotates(fallback: "OLD", format: .jwks) },
      "S has the fallback format jwks, which is for keys of generate=ed25519, ed25519-pkcs8 or jwk"
    ),
    (
      Schema { Key("S", .secret()).generated(.init(.ed25519)).rotates(fallback: "S", format: .jwks) },
      "S has the fallback format jwks, which needs a key of its own for the set: fallback=S_JWKS"
    ),
    (
      Schema { Key("S", .secret()).rotates(fallback: "S_2", format: .authjs) },
      "S has the fallback format authjs, in which the key that signs is named S_3"
    ),
    (
      Schema {
        Key("S", .secret()).rotates(fallback: "OLD"); Key("OLD", optional: .array(.string))
      }, "S keeps previous keys in OLD, which is declared as no secret"
    ),
    (
      Schema { Key("N", .int, "@todo say what") },
      "N has a description that begins like a decorator, a pragma or a divider"
    ),
    (Schema { Key("N", .int).example("a\nb") }, "N has a text with a line break, which no comment can hold"),
    (
      Schema { Key("A", optional: .int).required(when: .equals(key: "B", "x")) },
      "A is required on a condition about B, which is not declared"
    ),
    (
      Schema {
        secret; Key("A", optional: .int).required(when: .equals(key: "TOKEN", "x"))
      }, "A is required on a condition about the value of TOKEN, a secret"
    ),
    (
      Schema {
        Key("b.c", optional: .int); Key("A", optional: .int).required(when: .isEmpty(key: "b.c"))
      }, "A is required on a condition about b.c, whose name has a . or -"
    ),
    (
      Schema {
        Key("A", .secret()).rotates(fallback: "OLD"); Key("B", .secret()).rotates(fallback: "OLD")
      }, "B keeps its other keys in OLD, as A does; give each a list of its own"
    ),
    (
      Schema { Key("A", optional: .int).required(when: .isEmpty(key: "A")) },
      "A is required on a condition that leads back to it"
    ),
    (
      Schema { Key("N", .bool) }.currentEnvironment(Key("ENV", .string)),
      "ENV names the environment, and has to be declared and no secret"
    ),
  ]

  @Test(arguments: cases.indices) func aWrongDeclarationIsFoundByOneCall(_ index: Int) throws {
    let (schema, problem) = Self.cases[index]
    #expect(schema.problems.map(\.message) == [problem])
    let error = #expect(throws: ConfigError.self) { try Config.load(schema, values: [:]) }
    let found = try #require(error?.findings.first { $0.rule.id == "schema-invalid" })
    #expect(found.message == problem && found.severity == .error)
    #expect(found.fix?.summary == "correct its declaration in Swift")
  }

  @Test func aConditionOnWhetherASecretIsSetIsFine() {
    #expect(
      Schema {
        Self.secret; Key("A", optional: .int).required(when: !.isEmpty(key: "TOKEN"))
      }.problems.isEmpty)
  }
}
