import CfgKit
import Foundation
import Testing

/// Every road by which a value could get where it is not meant to be.
@Suite struct DisclosureTests {
  private static let password = "x9Qv2-hL8wTz4nRk"

  private func config() throws -> Config {
    let values = SampleApp.values.merging(["SESSION_KEY_PREVIOUS": SampleApp.older]) { $1 }
    return try Config.load(SampleApp.schema, values: values)
  }

  /// A type of an application that holds what must not be shown.
  private struct Holder {
    let secret: Secret
    let optional: Secret?
    let many: [Secret]
    let byName: [String: Secret]
    let url: ConfigURL
    let config: Config
    let ring: Config.KeyRing
  }

  private func holder() throws -> Holder {
    let config = try config()
    let secret = config[SampleApp.sessionKey]
    return Holder(
      secret: secret, optional: secret, many: [secret], byName: ["key": secret],
      url: config[SampleApp.database], config: config, ring: config.keyRing(SampleApp.sessionKey))
  }

  private func isClean(_ text: String) -> Bool {
    ![SampleApp.strong, SampleApp.older, Self.password].contains { text.contains($0) }
  }

  @Test func noPrintedFormShowsAValue() throws {
    let holder = try holder()
    var printed = ""
    print(holder, holder.secret, holder.optional as Any, to: &printed)
    debugPrint(holder, holder.secret, holder.ring, to: &printed)
    dump(holder, to: &printed)
    for part in [holder.secret, holder.url, holder.config, holder.ring, holder.many, holder.byName] as [Any] {
      printed += "\(part) \(String(describing: part)) \(String(reflecting: part))"
      dump(part, to: &printed)
    }
    #expect(printed.contains("••••••••"))
    #expect(isClean(printed))
  }

  @Test func noMirrorFindsAValue() throws {
    func walk(_ value: Any, _ depth: Int, _ found: inout [String]) {
      found.append("\(value) \(type(of: value))")
      let mirror = Mirror(reflecting: value)
      for child in mirror.children where depth < 8 {
        found.append(child.label ?? "")
        walk(child.value, depth + 1, &found)
      }
      if let parent = mirror.superclassMirror, depth < 8 {
        for child in parent.children { walk(child.value, depth + 1, &found) }
      }
    }
    var found: [String] = []
    walk(try holder(), 0, &found)
    #expect(found.count > 10)
    #expect(isClean(found.joined(separator: "\n")))
    for value in [try holder().secret, try holder().url, try holder().config] as [any Sendable] {
      #expect(Mirror(reflecting: value).children.isEmpty)
    }
  }

  /// swift-log takes metadata by `CustomStringConvertible` (`.stringConvertible`), or as an interpolated text.
  @Test func whatALogTakesIsMasked() throws {
    func metadata(_ value: some CustomStringConvertible & Sendable) -> String { value.description }
    let holder = try holder()
    #expect(metadata(holder.secret) == "••••••••")
    #expect(metadata(holder.url) == "postgres://db.internal:6432/orders?sslmode=require")
    #expect(isClean(metadata(holder.config)))
  }

  @Test func nothingIsComparedEncodedOrHashedAtRunTimeEither() throws {
    let holder = try holder()
    for value in [holder.secret, holder.url, holder.ring, holder.config] as [Any] {
      #expect(!(value is any Encodable) && !(value is any Hashable) && !(value is any Equatable))
    }
    #expect(!JSONSerialization.isValidJSONObject(["key": holder.secret]))
  }

  @Test func noErrorShowsAValue() throws {
    let hidden = "hidden-word-4711"
    let values = [
      "DATABASE_URL": "\(hidden)", "PORT": hidden, "SESSION_STORE": hidden,
      "SESSION_KEY": "changeme-\(hidden)",
    ]
    let error = #expect(throws: ConfigError.self) { try Config.load(SampleApp.schema, values: values) }
    let shown = try #require(error)
    var printed = "\(shown)" + String(reflecting: shown) + shown.json + shown.localizedDescription
    dump(shown, to: &printed)
    for finding in shown.findings { dump(finding, to: &printed) }
    #expect(shown.findings.count >= 4)
    #expect(!printed.contains(hidden))
  }

  @Test func aDeclarationHoldsNoValue() throws {
    var printed = ""
    dump(SampleApp.sessionKey, to: &printed)
    dump(try config().schema, to: &printed)
    #expect(isClean(printed))
  }

  @Test(arguments: [
    ("postgres://app:\(password)@db:5432/app?sslmode=require", "postgres://db:5432/app?sslmode=require"),
    ("postgres://db/app?user=me&password=\(password)", "postgres://db/app?user=me&password=••••••••"),
    ("redis://:\(password)@[::1]:6379/0", "redis://[::1]:6379/0"),
    ("https://hooks.example.test/services/\(password)", "https://hooks.example.test/••••••••"),
    ("https://example.test/?token=\(password)", "https://example.test/••••••••"),
    ("https://user:\(password)@example.test", "https://example.test"),
    ("sqlite:///var/lib/app.db", "sqlite:///var/lib/app.db"),
  ])
  func aSensitiveURLPrintsWithoutWhatIsSecret(_ text: String, _ printed: String) throws {
    let key = Key("TARGET", .url).sensitive()
    let url = try Config.load(Schema { key }, values: ["TARGET": text])[key]
    #expect("\(url)" == printed && String(reflecting: url) == printed)
    #expect(url.exposedText() == text)
  }

  @Test(arguments: [
    ("mongodb://u:\(password)@h1:27017,h2:27018/d?w=1", "mongodb://h1:27017,h2:27018/d?w=1"),
    // A / that was not written %2F: what stands behind it may be the rest of a password.
    ("postgres://u:5432/\(password)@h/d", "postgres://••••••••"),
    ("postgres://u:5432?\(password)@h/d", "postgres://••••••••"),
    ("https://a.test/@\(password)", "https://a.test/••••••••"),
  ])
  func aURLThatIsNotWhatItSeemsPrintsNoPassword(_ text: String, _ printed: String) throws {
    let key = Key("TARGET", .url)
    let url = try Config.load(Schema { key }, values: ["TARGET": text])[key]
    #expect("\(url)" == printed && String(reflecting: url) == printed)
  }

  @Test func theNamesInARecordThatIsASecretAreNotShown() throws {
    struct Tokens: Decodable { var tokens: [String: Int] }
    struct Matrix: Decodable { var tokens: [String: [String: Int]] }
    let key = Key("TOKENS", .secret())
    for text in [#"{"sk_live_ZQXJ":"x"}"#, #"{"a":{"sk_live_ZQXJ":"x"}}"#] {
      let config = try Config.load(Schema { key }, values: ["TOKENS": text])
      for decode in [
        { _ = try config.decode(Tokens.self) }, { _ = try config.decode(Matrix.self) },
      ] {
        let error = #expect(throws: ConfigError.self) { try decode() }
        let shown = try #require(error.map { "\($0) \($0.json)" })
        #expect(shown.hasPrefix("TOKENS is not ") && shown.contains("(environment)"))
        #expect(!shown.contains("ZQXJ"))
      }
    }
  }

  @Test(arguments: ["sk_live_51H8abcdefghijklmnop", "x9Qv2hL8wTz4nRkB7mPdWu0aEoXiKtNy"])
  func keyMaterialInThePlaceOfANameIsShownByItsPlaceOnly(_ pasted: String) throws {
    let folder = try TemporaryProject([".env": "NAME=a\n\(pasted)=b\n"])
    let config = try Config.load(Project.Options(directory: folder.root, environment: .made([:])))
    let shown = "\(config) \(config.keys) \(config.explain(pasted))"
    #expect(!shown.contains(pasted))
    #expect(config.keys.first == "NAME" && config.keys.last?.hasSuffix(".env:2)") == true)
  }
}
