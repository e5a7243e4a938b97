import CfgKit
import CfgKitTesting
import Testing

enum App {
  static let sessionKey = Key("SESSION_KEY", .secret(strength: 128), "Signs session cookies.")
  static let schema = Schema { sessionKey }
}

struct ConfigurationTests {
  @Test(.project([".env": "SESSION_KEY=changeme\n"]))
  func aPlaceholderKeepsTheServerFromStarting() {
    let error = #expect(throws: ConfigError.self) { try Config.load(App.schema) }
    #expect(error?.findings.map(\.rule.id) == ["placeholder-secret"])
  }
}
