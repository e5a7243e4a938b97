import CfgKit
import Foundation
import SystemPackage
import Testing

@Suite struct DecodeTests {
  private func config(_ text: String, environment: [String: String] = [:]) throws -> Config {
    let folder = try TemporaryProject([".env": text])
    return try Config.load(Project.Options(directory: folder.root, environment: .made(environment)))
  }

  /// The text of the error of a decoding, with `.env` for the file's path.
  private func failure<Value: Decodable>(_ type: Value.Type, _ text: String, prefix: String = "") throws
    -> String
  {
    let folder = try TemporaryProject([".env": text])
    let config = try Config.load(Project.Options(directory: folder.root, environment: .made([:])))
    do throws(ConfigError) {
      _ = try config.decode(type, prefix: prefix)
      return "none"
    } catch {
      return "\(error)".replacing(folder.root.string + "/", with: "")
    }
  }

  private struct Listener: Decodable {
    var port: UInt16
    var sessionStore: String
  }

  @Test func aStructIsReadByTheNamesOfItsProperties() throws {
    let config = try Config.load(SampleApp.schema, values: SampleApp.values)
    let listener = try config.decode(Listener.self)
    #expect(listener.port == 8080 && listener.sessionStore == "memory")
  }

  private enum Color: String, Decodable { case red, green }
  private struct Mail: Decodable {
    struct Server: Decodable {
      var host: String
      var port: Int?
    }
    enum CodingKeys: String, CodingKey {
      case from = "MAIL_FROM"
      case server = "smtp"
    }
    var from: String
    var server: Server
  }

  @Test func nestedTypesJoinWithAnUnderscore() throws {
    let mail = try config("MAIL_FROM=ops@example.test\nSMTP_HOST=mx\n").decode(Mail.self)
    #expect(mail.from == "ops@example.test" && mail.server.host == "mx" && mail.server.port == nil)
    let server = try config("SMTP_HOST=mx\nSMTP_PORT=25\n").decode(Mail.Server.self, prefix: "SMTP")
    #expect(server.host == "mx" && server.port == 25)
    #expect(try config("SMTP_HOST=mx\n").decode(Mail.Server.self, prefix: "SMTP_").host == "mx")
  }

  @Test(arguments: [
    ("databaseURL", "DATABASE_URL"), ("port", "PORT"), ("s3Bucket", "S3BUCKET"),
    ("DATABASE_URL", "DATABASE_URL"),
    ("sessionStoreKind", "SESSION_STORE_KIND"), ("already_snake", "ALREADY_SNAKE"), ("aB", "A_B"),
    ("URLPath", "URLPATH"),
  ])
  func namesFollowOneRule(_ property: String, _ key: String) throws {
    struct Property: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
    struct Named: Decodable {
      @TaskLocal static var property = ""
      var value: Int
      init(from decoder: any Decoder) throws {
        value = try decoder.container(keyedBy: Property.self).decode(
          Int.self, forKey: Property(stringValue: Self.property))
      }
    }
    let value = try Named.$property.withValue(property) { try config("\(key)=7\n").decode(Named.self).value }
    #expect(value == 7)
  }

  private struct Everything: Decodable {
    var int8: Int8
    var int64: Int64
    var uint64: UInt64
    var double: Double
    var float: Float
    var bool: Bool
    var text: String
    var color: Color
    var colors: [Color]
    var numbers: [UInt8]
    var unique: Set<Int>
    var matrix: [[Int]]
    var labels: [String: Int]
    var servers: [Server]
    var timeout: Duration
    var site: ConfigURL
    var page: URL
    var node: UUID
    var secretKey: Secret
    var dbPassword: String
    var missing: String?
    var empty: Int?
    var nested: Mail.Server?
    var wrapped: Wrapped

    struct Server: Decodable {
      var name: String
      var port: UInt16
    }
    struct Wrapped: Decodable {
      var value: Int
      init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int.self) * 2
      }
    }
  }

  @Test func everyTypeIsDecoded() throws {
    let key = SampleApp.strong
    let all = try config(
      """
      INT8=-128
      INT64=-9223372036854775808
      UINT64=18446744073709551615
      DOUBLE=2e3
      FLOAT=0.5
      BOOL=Yes
      TEXT='It is # $5'
      COLOR=green
      COLORS=red,green
      NUMBERS='[1, "255"]'
      UNIQUE=3,3,4
      MATRIX='[[1,2],[3]]'
      LABELS='{"a": 1, "b": "2"}'
      SERVERS='[{"name": "one", "port": 80}, {"name": "t\\u0077o", "port": 81}]'
      TIMEOUT=5m
      SITE=https://ops:pass-Kq3vZ8@example.test/a
      PAGE=https://example.test/a?b=c
      NODE=0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f
      SECRET_KEY=\(key)
      DB_PASSWORD=\(SampleApp.older)
      EMPTY=
      WRAPPED=21

      """
    ).decode(Everything.self)
    #expect(all.int8 == -128 && all.int64 == .min && all.uint64 == .max)
    #expect(all.double == 2_000 && all.float == 0.5 && all.bool)
    #expect(all.text == "It is # $5" && all.color == .green && all.colors == [.red, .green])
    #expect(all.numbers == [1, 255] && all.unique == [3, 4] && all.matrix == [[1, 2], [3]])
    #expect(all.labels == ["a": 1, "b": 2])
    #expect(all.servers.map(\.name) == ["one", "two"] && all.servers.map(\.port) == [80, 81])
    #expect(all.timeout == .seconds(300))
    #expect(all.site.user == "ops" && all.site.password?.exposedText() == "pass-Kq3vZ8")
    #expect(all.page == URL(string: "https://example.test/a?b=c"))
    #expect(all.node == UUID(uuidString: "0189F7EA-AE2C-7809-8AEB-B819CF5E9E7F"))
    #expect(all.secretKey.exposedText() == key && all.dbPassword == SampleApp.older)
    #expect(all.missing == nil && all.empty == nil && all.nested == nil)
    #expect(all.wrapped.value == 42)
  }

  @Test func aListTakesTheSeparatorOfItsDeclaration() throws {
    struct Hosts: Decodable { var hosts: [String] }
    let key = Key("HOSTS", .array(.string, separator: ";"))
    let config = try Config.load(Schema { key }, values: ["HOSTS": "a,b;c"])
    #expect(try config.decode(Hosts.self).hosts == ["a,b", "c"])
  }

  @Test func aListOfSecretsIsDecodedWithoutACopy() throws {
    struct Keys: Decodable { var apiTokens: [Secret] }
    let values = ["API_TOKENS": "\(SampleApp.strong),\(SampleApp.older)"]
    let keys = try Config.load(EveryType.schema, values: values).decode(Keys.self)
    #expect(keys.apiTokens.map { $0.exposedText() } == [SampleApp.strong, SampleApp.older])
  }

  @Test func anOptionalIsNilOnlyIfItsOwnKeyIsMissing() throws {
    struct Optionals: Decodable {
      var redis: String?
      var color: Color?
      var list: [Int]?
      var page: URL?
      var smtp: Mail.Server?
    }
    let none = try config("REDIS_URL=redis://cache\nCOLOR_A=1\nLIST_A=1\nPAGE_A=1\nSMTPX=1\n").decode(
      Optionals.self)
    #expect(
      none.redis == nil && none.color == nil && none.list == nil && none.page == nil && none.smtp == nil)
    let some = try config("REDIS=r\nCOLOR=red\nLIST=1\nPAGE=http://a\nSMTP_HOST=mx\n").decode(Optionals.self)
    #expect(some.redis == "r" && some.color == .red && some.list == [1] && some.smtp?.host == "mx")
    #expect(some.page == URL(string: "http://a"))
  }

  private struct One<Value: Decodable>: Decodable { var value: Value }

  @Test func aFailureNamesKeyPlaceAndTypeButNotTheValue() throws {
    #expect(
      try failure(One<UInt8>.self, "VALUE=300\n") == "VALUE is not a whole number from 0 to 255 (.env:1)")
    #expect(
      try failure(One<Int>.self, "VALUE=12.0\n").hasPrefix(
        "VALUE is not a whole number from -9223372036854775808 to"))
    #expect(try failure(One<Bool>.self, "A=1\nVALUE=maybe\n") == "VALUE is not a boolean (.env:2)")
    #expect(try failure(One<Double>.self, "VALUE=NaN\n") == "VALUE is not a number (.env:1)")
    #expect(try failure(One<Duration>.self, "VALUE=30\n") == "VALUE is not a duration, such as 30s (.env:1)")
    #expect(try failure(One<ConfigURL>.self, "VALUE=nothing\n") == "VALUE is not a URL (.env:1)")
    #expect(try failure(One<Color>.self, "VALUE=hidden-word\n") == "VALUE does not make a Color (.env:1)")
    #expect(try failure(One<UUID>.self, "VALUE=hidden-word\n") == "VALUE does not make a UUID (.env:1)")
    #expect(try failure(One<[Int]>.self, "VALUE=1,x\n").hasPrefix("VALUE is not a whole number"))
    #expect(try failure(One<[Int]>.self, "VALUE=1,x\n").hasSuffix("(element 2) (.env:1)"))
    #expect(
      try failure(One<[Int]>.self, "VALUE=1,,2\n") == "VALUE is not a list without empty elements (.env:1)")
    #expect(try failure(One<[String: Int]>.self, "VALUE=a\n") == "VALUE is not a JSON object (.env:1)")
    #expect(
      try failure(One<String>.self, "OTHER=1\n")
        == "VALUE is not in the schema and in no file, and is read as a text")
    #expect(try failure(One<String>.self, "VALUE=\n") == "VALUE is not set, and is read as a text")
    #expect(
      try failure(One<Mail.Server>.self, "VALUE=1\n")
        == "VALUE_HOST is not in the schema and in no file, and is read as a text")
  }

  @Test func typesWithManyFormsAreRefusedByName() throws {
    #expect(
      try failure(One<Date>.self, "VALUE=2026-11-23\n")
        == "VALUE cannot be read as Date: a date has many forms; take a String and a formatter (.env:1)")
    #expect(
      try failure(One<Data>.self, "VALUE=AAAA\n").hasPrefix(
        "VALUE cannot be read as Data: bytes have many forms"))
    #expect(try failure(One<Date?>.self, "VALUE=1\n").contains("cannot be read as"))
    #expect(try failure(One<[Date]>.self, "VALUE=1\n").contains("cannot be read as"))
    #expect(try failure(One<Decimal>.self, "VALUE=1\n").contains("take a Double or a String"))
  }

  @Test func anErrorOfTheTypesOwnCodeIsNotPassedOn() throws {
    struct Loud: Decodable {
      struct Shouted: Error { let value: String }
      init(from decoder: any Decoder) throws {
        throw Shouted(value: try decoder.singleValueContainer().decode(String.self))
      }
    }
    #expect(try failure(One<Loud>.self, "VALUE=hidden-word\n") == "VALUE does not make a Loud (.env:1)")
  }

  /// A type with rules of its own.
  private struct Limits: Decodable {
    enum CodingKeys: CodingKey { case maxUpload, mode }
    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      let limit = try values.decode(Int.self, forKey: .maxUpload)
      switch try values.decode(String.self, forKey: .mode) {
      case "corrupted":
        throw DecodingError.dataCorruptedError(
          forKey: .maxUpload, in: values, debugDescription: "no \(limit)")
      case "mismatch":
        throw DecodingError.typeMismatch(
          Bool.self, .init(codingPath: [CodingKeys.maxUpload], debugDescription: "no \(limit)"))
      default:
        throw DecodingError.valueNotFound(Int.self, .init(codingPath: [], debugDescription: "no \(limit)"))
      }
    }
  }

  @Test func aDecodingErrorOfTheTypesOwnKeepsItsKeyAndWhatItAsksForButNotItsText() throws {
    #expect(
      try failure(Limits.self, "MAX_UPLOAD=4711\nMODE=corrupted\n")
        == "MAX_UPLOAD does not fit a Limits (.env:1)")
    #expect(
      try failure(Limits.self, "MODE=mismatch\nMAX_UPLOAD=4711\n")
        == "MAX_UPLOAD does not fit a Limits: it asks for a Bool (.env:2)")
    #expect(
      try failure(Limits.self, "MODE=none\nMAX_UPLOAD=4711\n")
        == "the configuration does not make a Limits: it asks for a Int")
  }

  @Test func theWordsOfADeclaredEnumerationAreNamed() throws {
    struct App: Decodable { var sessionStore: Color }
    let config = try Config.load(SampleApp.schema, values: SampleApp.values)
    let error = #expect(throws: ConfigError.self) { try config.decode(App.self) }
    #expect(
      error.map { "\($0)" } == "SESSION_STORE does not make a Color: it is none of memory, redis (schema)")
  }

  @Test func noOtherDecoderMakesASecret() {
    let json = Data(#"{"value": "hidden-word"}"#.utf8)
    for decode in [
      { _ = try JSONDecoder().decode(One<Secret>.self, from: json) },
      { _ = try JSONDecoder().decode(One<ConfigURL>.self, from: json) },
    ] {
      let error = #expect(throws: DecodingError.self) { try decode() }
      #expect(
        error.map { "\($0)".contains("is decoded by Config.decode") && !"\($0)".contains("hidden-word") }
          == true)
    }
  }
}
