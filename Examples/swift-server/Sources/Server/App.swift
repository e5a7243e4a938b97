import CfgKit

/// What this server has to know. `.env.schema` says the same for cfgkit and other languages: `Server schema` prints it.
enum App {
  static let host = Key("HOST", .string, default: "127.0.0.1", "The address that the server listens on.")
  static let port = Key("PORT", .port, default: 8080, "The port that the server listens on.")
  static let greeting = Key(
    "GREETING", .string, default: "Hello", "What members are greeted with; may change while the server runs.")
  static let secureCookie = Key("SESSION_COOKIE_SECURE", .bool, default: false, "Needs HTTPS.")
    .mustBe(true, in: "production")
  static let sessionKey = Key(
    "SESSION_KEY", .secret(strength: 128), "Signs session cookies; whoever knows it can sign in as anyone."
  )
  .generated(.base64url(32))
  .rotates(everyDays: 180, fallback: "SESSION_KEY_PREVIOUS")

  static let schema = Schema {
    host
    port
    greeting
    secureCookie
    sessionKey
  }
}
