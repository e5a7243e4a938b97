import Testing

@testable import CfgKit

@Suite struct URLPartsTests {
  private func parts(_ text: String) -> [String]? {
    LayerValue.text(text).withBytes { bytes -> [String]? in
      guard let parts = URLParts(bytes) else { return nil }
      let none = bytes.byteCount..<bytes.byteCount
      return [
        parts.scheme, parts.user ?? none, parts.password ?? none, parts.host, parts.port ?? none, parts.path,
        parts.query ?? none,
      ]
      .map { bytes.extracting($0).text }
    }
  }

  @Test(arguments: [
    (
      "postgres://app:s3cret@db:5432/app?sslmode=require",
      ["postgres", "app", "s3cret", "db", "5432", "/app", "sslmode=require"]
    ),
    ("redis://:pa@ss@cache/0", ["redis", "", "pa@ss", "cache", "", "/0", ""]),
    ("https://example.test", ["https", "", "", "example.test", "", "", ""]),
    ("amqp://user@[fe80::1]:5672", ["amqp", "user", "", "fe80::1", "5672", "", ""]),
    ("sqlite:///app.db", ["sqlite", "", "", "", "", "/app.db", ""]),
    ("mailto:ops@example.test", ["mailto", "", "", "", "", "ops@example.test", ""]),
  ])
  func findsTheParts(text: String, expected: [String]) {
    #expect(parts(text) == expected)
  }

  @Test(arguments: ["", "no-scheme", "1http://x", "http://a b", "http://a#b", "redis://[::1", "a\tb://c"])
  func refusesWhatIsNone(text: String) {
    #expect(parts(text) == nil)
  }
}
