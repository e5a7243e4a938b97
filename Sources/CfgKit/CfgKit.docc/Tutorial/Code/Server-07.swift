import CfgKit

enum App {
  static let port = Key("PORT", .port, default: 8080, "Where the server listens.")
  static let sessionKey = Key("SESSION_KEY", .secret(strength: 128), "Signs session cookies.")
    .generated(.base64url(32))
    .rotates(everyDays: 180, fallback: "SESSION_KEY_PREVIOUS")

  static let schema = Schema {
    port
    sessionKey
  }
}

/// Codes that only a holder of a key can make. `code` is HMAC-SHA256 of a cryptography library.
struct Signer {
  let ring: Config.KeyRing
  let code: (_ text: String, _ key: Secret) -> [UInt8]
  let isCode: (_ code: [UInt8], _ text: String, _ key: Secret) -> Bool

  func sign(_ text: String) -> [UInt8] {
    code(text, ring.current)
  }

  func isGenuine(_ signature: [UInt8], of text: String) -> Bool {
    ring.accepted.contains { isCode(signature, text, $0) }
  }
}

@main
struct Server {
  static func main() {
    if CommandLine.arguments.dropFirst() == ["schema"] {
      print(App.schema.text, terminator: "")
      return
    }
    let config = Config.loadOrExit(App.schema)
    print("listening on \(config[App.port]), accepting \(config.keyRing(App.sessionKey).accepted.count) keys")
  }
}
