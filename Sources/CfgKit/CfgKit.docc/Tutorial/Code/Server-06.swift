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

@main
struct Server {
  static func main() {
    if CommandLine.arguments.dropFirst() == ["schema"] {
      print(App.schema.text, terminator: "")
      return
    }
    let config = Config.loadOrExit(App.schema)
    print("listening on \(config[App.port]), signing with \(config[App.sessionKey])")
  }
}
