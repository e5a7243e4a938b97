import CfgKit

/// The declarations that README.md shows, and one key of every other type.
enum SampleApp {
  enum Store: String, CaseIterable { case memory, redis }

  static let port = Key("PORT", .port, default: 8080, "Where the server listens.")
  static let store = Key("SESSION_STORE", .oneOf(Store.self), default: .memory, "Where sessions are kept.")
  static let redis = Key("REDIS_URL", optional: .url("redis", "rediss"), "Needed by the redis store.")
    .sensitive()
    .required(when: .equals(store, .redis))
  static let database = Key("DATABASE_URL", .url("postgres", "postgresql"), "The main database.")
    .sensitive()
  static let sessionKey = Key("SESSION_KEY", .secret(strength: 128), "Signs session cookies.")
    .generated(KeyFormat(.base64url))
    .rotates(everyDays: 180, fallback: "SESSION_KEY_PREVIOUS")

  static let schema = Schema {
    port; store; redis; database; sessionKey
  }

  /// Values with which it starts.
  static let values = [
    "DATABASE_URL": "postgres://app:x9Qv2-hL8wTz4nRk@db.internal:6432/orders?sslmode=require",
    "SESSION_KEY": strong,
  ]
  static let strong = "3q2-7wQ9xHkRzVnT1sYb8LmCf5JgPdWu0aEoXiKtNyA"
  static let older = "Zr7Kp0wVd3XyQm9Ls2TnBh6JcFg8RtUe1AoWiDk5NzE"
}

/// One key of every type.
enum EveryType {
  enum Color: String, CaseIterable { case red, green }

  static let int = Key("INT", .int, default: -12)
  static let byte = Key("BYTE", .int(UInt8.self), default: 200)
  static let bounded = Key("BOUNDED", .int(min: 1, max: 9), default: 5)
  static let wide = Key("WIDE", .int(UInt64.self), default: 7)
  static let number = Key("NUMBER", .number(min: 0, max: 2), default: 1.5)
  static let bool = Key("BOOL", .bool, default: true)
  static let color = Key("COLOR", .oneOf(Color.self), default: .green)
  static let url = Key("SITE", .url("https"), default: "https://example.test:8443/a?b=c")
  static let port = Key("LISTEN_PORT", .port(min: 1024), default: 8080)
  static let host = Key("HOST", .host, default: "db.internal")
  static let ip = Key("IP", .ip(version: 4), default: "10.0.0.1")
  static let email = Key("MAIL", .email, default: "ops@example.test")
  static let uuid = Key("NODE", .uuid, default: "0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f")
  static let semver = Key("VERSION", .semver, default: "1.2.3-rc.1")
  static let date = Key("SINCE", .isoDate, default: "2026-11-23")
  static let duration = Key("TIMEOUT", .duration(min: .seconds(1)), default: .seconds(90))
  static let size = Key("LIMIT", .bytes, default: 10_485_760)
  static let ints = Key("INTS", .array(.int), default: [1, 2, 3])
  static let words = Key("WORDS", .array(.string, separator: ";"), default: ["a b", "c,d"])
  static let record = Key("LABELS", .record(.string), default: ["a": "1", "b \"x\"": "2\n"])
  static let path = Key("DATA_DIR", .path, default: "/var/lib/app")
  static let base64 = Key("PIN", .base64(bytes: 4), default: [0xDE, 0xAD, 0xBE, 0xEF])
  static let hex = Key("SALT", .hex(bytes: 2), default: [0x0A, 0xFF])
  static let text = Key(
    "GREETING", .string(minLength: 2, matches: "^[A-Z].*\\w$"), default: "It's $5 #1 \"q\" \\n")
  static let master = Key("MASTER_KEY", optional: .secret(.hex(bytes: 16), strength: 112))
  static let tokens = Key("API_TOKENS", optional: .array(.secret()))

  static let schema = Schema {
    int; byte; bounded; wide; number; bool; color; url; port; host; ip; email; uuid; semver; date; duration
    size; ints; words; record; path; base64; hex; text; master; tokens
  }
}
