import CfgKit
import CustomDump
import Testing

/// What swift-custom-dump makes of values that hold secrets: it walks through mirrors, and has words of its own for what it knows.
@Suite struct CustomDumpTests {
  private static let strong = "5f0c2e8a91d74b36a8e3170f6cd2b94e5f7a0c1d8e6b3f2a"
  private static let other = "c81d4e2ea9f03b576d1c8a4490be27f35d6e1a0b9c7f4823"
  private static let previous = "7be90d3f5a1c8246f0e3b9d7a25c4186d3f07b9e8a6c1d52"
  private static let password = "Xq7-vR2m-Lw9z-Tb4k"

  private static let key = Key("SIGNING_KEY", .secret(strength: 128)).rotates(fallback: "OLD_KEYS")
  private static let database = Key("DATABASE_URL", .url("postgres")).sensitive()

  private static func config(_ signing: String = strong) throws -> Config {
    try Config.load(
      Schema {
        key
        database
      },
      values: [
        "SIGNING_KEY": signing, "OLD_KEYS": previous, "DATABASE_URL": "postgres://app:\(password)@db/app",
      ])
  }

  private struct Service {
    let name = "shop"
    let signing: Secret
    let ring: Config.KeyRing
    let database: ConfigURL
    let config: Config
    let maybe: Secret?
    let byName: [String: Secret]
  }

  private static func service(_ signing: String = strong) throws -> Service {
    let config = try config(signing)
    let secret = config[key]
    return Service(
      signing: secret, ring: config.keyRing(key), database: config[database], config: config, maybe: secret,
      byName: ["it": secret])
  }

  private static func holdsSecret(_ text: String) -> Bool {
    [strong, other, previous, password].contains { text.contains($0) || text.contains($0.prefix(8)) }
  }

  @Test func `customDump of what holds secrets shows none of them`() throws {
    var text = ""
    customDump(try Self.service(), to: &text)
    #expect(text.contains("shop"))
    #expect(!Self.holdsSecret(text))
  }

  @Test func `String(customDumping:) of a secret alone shows it masked`() throws {
    let text = String(customDumping: try Self.config()[Self.key])
    #expect(text.contains("•") || text.contains("Secret"))
    #expect(!Self.holdsSecret(text))
  }

  @Test func `a diff of two different secrets shows neither`() throws {
    let text = diff(try Self.service(), try Self.service(Self.other)) ?? ""
    #expect(!Self.holdsSecret(text))
  }

  @Test func `what is no secret is shown, so these tests can fail`() {
    #expect(Self.holdsSecret(String(customDumping: [Self.strong])))
  }
}
