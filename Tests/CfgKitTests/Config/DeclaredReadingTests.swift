import CfgKit
import Testing

/// One declaration gives one value by every road: by key, by name and through a `Decodable` type.
@Suite struct DeclaredReadingTests {
  private static let upload = Key("MAX_UPLOAD", .bytes)
  private static let seed = Key("SEED", .base64())
  private static let salt = Key("SALT", .hex())
  private static let hosts = Key("HOSTS", .array(.string, separator: ";"))
  private static let ports = Key("PORTS", .array(.int))
  private static let names = Key("NAMES", .array(.string))
  private static let waits = Key("WAITS", .array(.duration, separator: " "))
  private static let grid = Key("GRID", .array(.array(.int), separator: "|"))
  private static let ratio = Key("RATIO", .number)
  private static let schema = Schema {
    upload; seed; salt; hosts; ports; names; waits; grid; ratio
  }

  private static let values = [
    "MAX_UPLOAD": "10MB", "SEED": "_-8", "SALT": "0aFF", "HOSTS": "a;b,c", "PORTS": "[80,443]",
    "NAMES": #"["a","b,c"]"#, "WAITS": "30s 5m", "GRID": "1,2|3", "RATIO": "12",
  ]

  private func config() throws -> Config { try Config.load(Self.schema, values: Self.values) }

  @Test func aReadByNameGivesWhatTheDeclarationGives() throws {
    let config = try config()
    #expect(try config.value("MAX_UPLOAD", as: Int.self) == config[Self.upload])
    #expect(try config.value("MAX_UPLOAD", as: UInt32.self) == 10_000_000)
    #expect(try config.value("SEED", as: [UInt8].self) == [255, 239])
    #expect(try config.value("SALT", as: [UInt8].self) == config[Self.salt])
    #expect(try config.value("HOSTS", as: [String].self) == ["a", "b,c"])
    #expect(try config.value("PORTS", as: [Int].self) == [80, 443])
    #expect(try config.value("NAMES", as: [String].self) == config[Self.names])
    #expect(try config.value("WAITS", as: [Duration].self) == config[Self.waits])
    #expect(try config.value("GRID", as: [[Int]].self) == config[Self.grid])
    #expect(try config.value("RATIO", as: Int.self) == 12)
  }

  @Test func theTextOfAValueIsReadAsItWasWritten() throws {
    let config = try config()
    #expect(try config.value("MAX_UPLOAD") == "10MB")
    #expect(try config.value("SEED") == "_-8")
    #expect(try config.value("PORTS") == "[80,443]")
    #expect(try config.value("PORTS", as: [String].self) == ["80", "443"])
    #expect(try config.value("WAITS", as: [String].self) == ["30s", "5m"])
  }

  @Test func aDecodedTypeHasWhatTheDeclarationsGive() throws {
    struct App: Decodable {
      var maxUpload: Int
      var seed: [UInt8]
      var salt: [UInt8]
      var hosts: [String]
      var ports: [UInt16]
      var names: Set<String>
      var waits: [Duration]
      var grid: [[Int]]
      var ratio: Int
    }
    let config = try config()
    let app = try config.decode(App.self)
    #expect(app.maxUpload == config[Self.upload] && app.ratio == 12)
    #expect(app.seed == config[Self.seed] && app.salt == config[Self.salt])
    #expect(app.hosts == config[Self.hosts] && app.ports == [80, 443] && app.names == ["a", "b,c"])
    #expect(app.waits == config[Self.waits] && app.grid == config[Self.grid])
  }

  @Test func aListWithoutADeclarationIsSeparatedByCommasOrJSON() throws {
    let folder = try TemporaryProject([".env": "L='[\"a\", \"b\"]'\nN=1, 2\nD=0.5\n"])
    let config = try Config.load(Project.Options(directory: folder.root, environment: .made([:])))
    #expect(try config.value("L", as: [String].self) == ["a", "b"])
    #expect(try config.value("N", as: [Int].self) == [1, 2])
    #expect(throws: ConfigError.self) { try config.value("D", as: [Int].self) }
  }

  @Test func aTypeThatTheDeclarationDoesNotGiveIsRefusedWithoutTheValue() throws {
    let config = try config()
    for read in [
      { _ = try config.value("MAX_UPLOAD", as: UInt8.self) }, { _ = try config.value("SEED", as: Int.self) },
      { _ = try config.value("MAX_UPLOAD", as: Bool.self) },
    ] {
      let error = #expect(throws: ConfigError.self) { try read() }
      let text = try #require(error.map { "\($0)" })
      #expect(text.contains(" is not ") && text.hasSuffix("(environment)"))
      #expect(!text.contains("10") && !text.contains("_-8"))
    }
  }

  @Test func aListOfSecretsIsReadByNameWithoutACopy() throws {
    let tokens = Key("TOKENS", .array(.secret(), separator: ";"))
    let config = try Config.load(
      Schema { tokens }, values: ["TOKENS": "\(SampleApp.strong);\(SampleApp.older)"])
    let read = try #require(try config.value("TOKENS", as: [Secret].self))
    #expect(read.map { $0.exposedText() } == [SampleApp.strong, SampleApp.older])
    #expect(throws: ConfigError.self) { try config.value("TOKENS", as: [String].self) }
  }

  @Test func aSecretOfAFormIsDecodedAsItsBytesOrAsASecret() throws {
    struct Bytes: Decodable { var masterKey: [UInt8] }
    struct Whole: Decodable { var masterKey: Secret }
    let text = "9f86d081884c7d659a2feaa0c55ad015"
    let key = Key("MASTER_KEY", .secret(.hex(bytes: 16)))
    let config = try Config.load(Schema { key }, values: ["MASTER_KEY": text])
    #expect(try config.decode(Bytes.self).masterKey.prefix(2) == [0x9F, 0x86])
    #expect(try config.decode(Whole.self).masterKey.exposedText() == text)
    #expect(config[key].exposedText() == text)
  }

  @Test(arguments: ["1e400", "-1e400"]) func aNumberThatOverflowsIsNone(_ text: String) throws {
    struct Wide: Decodable { var n: Double }
    struct Narrow: Decodable { var n: Float }
    let folder = try TemporaryProject([".env": "N=\(text)\nM=1e39\n"])
    let config = try Config.load(Project.Options(directory: folder.root, environment: .made([:])))
    #expect(throws: ConfigError.self) { try config.value("N", as: Double.self) }
    #expect(throws: ConfigError.self) { try config.value("N", as: Float.self) }
    #expect(throws: ConfigError.self) { try config.value("M", as: Float.self) }
    #expect(throws: ConfigError.self) { try config.decode(Wide.self) }
    #expect(throws: ConfigError.self) { try config.decode(Narrow.self) }
  }
}
