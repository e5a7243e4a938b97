#if SwiftConfiguration
  import CfgKit
  import CfgKitConfiguration
  import CfgKitTesting
  import Configuration
  import ConfigurationTesting
  import Testing

  /// What ProviderCompatTest asks for, as a `.env`.
  private let compatible = """
    STRING=Hello
    OTHER_STRING='Other Hello'
    INT=42
    OTHER_INT=24
    DOUBLE=3.14
    OTHER_DOUBLE=2.72
    BOOL=true
    OTHER_BOOL=no
    BYTES=bWFnaWM=
    OTHER_BYTES=bWFnaWMy
    STRINGY_ARRAY=Hello,World
    OTHER_STRINGY_ARRAY='Hello, Swift'
    INTY_ARRAY=42,24
    OTHER_INTY_ARRAY=16,32
    DOUBLY_ARRAY=3.14,2.72
    OTHER_DOUBLY_ARRAY=0.9,1.8
    BOOLY_ARRAY=true,false
    OTHER_BOOLY_ARRAY=false,true,true
    BYTE_CHUNKY_ARRAY='bWFnaWM=,bWFnaWMy'
    OTHER_BYTE_CHUNKY_ARRAY='bWFnaWM=,bWFnaWMy,bWFnaWM='

    """

  @Suite(.timeLimit(.minutes(2))) struct CfgKitProviderTests {
    @Test func theProviderPassesTheCompatibilityTest() async throws {
      let config = try withProject([".env": compatible]) { _ in try Config.load() }
      try await ProviderCompatTest(provider: CfgKitProvider(config)).runTest()
    }

    @Test func theReloadingProviderPassesTheCompatibilityTest() async throws {
      try await withProject([".env": compatible]) { _ in
        try await ProviderCompatTest(provider: ReloadingCfgKitProvider(ConfigWatcher(Config.load())))
          .runTest()
      }
    }

    @Test(arguments: [
      ("http.serverTimeout", "HTTP_SERVER_TIMEOUT"), ("http.user-agent", "HTTP_USER_AGENT"),
      ("session.store", "SESSION_STORE"), ("aB", "A_B"), ("URL", "URL"), ("databaseURL", "DATABASE_URL"),
      ("v2Api", "V2API"), ("a.b.c", "A_B_C"), ("straße", "STRASSE"),
    ]) func aKeyFindsTheNameThatTheEnvironmentProviderWouldLookFor(key: String, name: String) throws {
      let provider = try withProject { _ in CfgKitProvider(try Config.load()) }
      let absolute = AbsoluteConfigKey(ConfigKey(key))
      #expect(try provider.value(forKey: absolute, type: .string).encodedKey == name)
      #expect(
        try EnvironmentVariablesProvider(environmentVariables: [:]).value(forKey: absolute, type: .string)
          .encodedKey == name)
    }

    @Test func secretsAreThoseOfTheSchemaAndOfNames() throws {
      let schema = "# ---\n# @sensitive\nCODE=\n# @public\nSHOWN_TOKEN=\nNAME=\n"
      let config = try withProject([".env.schema": schema, ".env": "CODE=a1\nSHOWN_TOKEN=b2\nNAME=c3\n"]) {
        _ in try Config.load()
      }
      let provider = CfgKitProvider(config)
      func isSecret(_ key: String) throws -> Bool? {
        try provider.value(forKey: AbsoluteConfigKey(ConfigKey(key)), type: .string).value?.isSecret
      }
      #expect(try isSecret("code") == true)
      #expect(try isSecret("shown.token") == false)
      #expect(try isSecret("name") == false)
      #expect(try isSecret("nowhere") == nil)
    }

    @Test func bytesAreHexadecimalWhereTheSchemaSaysSo() throws {
      let config = try withProject([
        ".env.schema": "# ---\n# @type=string # cfgkit: type=hex bytes=3\nHEX=\n# @type=string\nTEXT=\n",
        ".env": "HEX=0aff10\nTEXT=CvwQ\n",
      ]) { _ in try Config.load() }
      let reader = ConfigReader(provider: CfgKitProvider(config))
      #expect(try reader.requiredBytes(forKey: "hex") == [0x0A, 0xFF, 0x10])
      #expect(try reader.requiredBytes(forKey: "text") == [0x0A, 0xFC, 0x10])
    }

    @Test func valuesAreThoseThatTheDeclarationsGive() throws {
      let upload = Key("MAX_UPLOAD", .bytes)
      let seed = Key("SEED", .base64())
      let hosts = Key("HOSTS", .array(.string, separator: ";"))
      let ports = Key("PORTS", .array(.int))
      let ratios = Key("RATIOS", .array(.number, separator: " "))
      let config = try Config.load(
        Schema {
          upload; seed; hosts; ports; ratios
        },
        values: [
          "MAX_UPLOAD": "10MB", "SEED": "_-8", "HOSTS": "a.test;b.test", "PORTS": "[80,443]",
          "RATIOS": "0.5 2",
        ])
      let reader = ConfigReader(provider: CfgKitProvider(config))
      #expect(reader.int(forKey: "max.upload", default: 1) == config[upload])
      #expect(reader.bytes(forKey: "seed", default: [0]) == config[seed])
      #expect(reader.stringArray(forKey: "hosts", default: []) == config[hosts])
      #expect(reader.intArray(forKey: "ports", default: [1]) == config[ports])
      #expect(reader.doubleArray(forKey: "ratios", default: []) == config[ratios])
      #expect(reader.string(forKey: "max.upload") == "10MB")
    }

    @Test(arguments: [ConfigType.int, .double, .bool, .bytes, .intArray, .byteChunkArray])
    func aValueOfAnotherTypeIsAnErrorWithoutIt(type: ConfigType) throws {
      let config = try withProject([".env": "WORD=visible!\n"]) { _ in try Config.load() }
      let error = #expect(throws: CfgKit.ConfigError.self) {
        try CfgKitProvider(config).value(forKey: ["word"], type: type)
      }
      let text = try #require(error?.description)
      #expect(text.hasPrefix("WORD is not ") && text.contains(".env:1") && !text.contains("visible"))
    }

    @Test func nothingThatPrintsAProviderShowsAValue() throws {
      try withProject([".env": "NAME=visible-name\n"]) { _ in
        let provider = CfgKitProvider(try Config.load())
        let reloading = ReloadingCfgKitProvider(try ConfigWatcher(Config.load()))
        var dumped = ""
        dump(provider, to: &dumped)
        dump(reloading, to: &dumped)
        dump(ConfigReader(provider: provider), to: &dumped)
        for text in [dumped, "\(provider)", "\(reloading)", String(reflecting: provider)] {
          #expect(!text.contains("visible"))
        }
      }
    }
  }
#endif
