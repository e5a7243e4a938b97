import CfgKit
import Testing

@Suite struct KeyTests {
  private func load(_ values: [String: String]) throws -> Config {
    try Config.load(SampleApp.schema, values: values)
  }

  @Test func readsHaveTheTypesOfTheirDeclarations() throws {
    let config = try load(SampleApp.values)
    let port: UInt16 = config[SampleApp.port]
    let store: SampleApp.Store = config[SampleApp.store]
    let redis: ConfigURL? = config[SampleApp.redis]
    let database: ConfigURL = config[SampleApp.database]
    #expect(port == 8080)
    #expect(store == .memory)
    #expect(redis == nil)
    #expect(database.host == "db.internal" && database.port == 6432)
    config[SampleApp.sessionKey].withBytes { bytes in #expect(bytes.byteCount == 43) }
  }

  @Test func aHigherLayerIsRead() throws {
    let values = SampleApp.values.merging([
      "PORT": "9090", "SESSION_STORE": "redis", "REDIS_URL": "redis://cache",
    ]) { $1 }
    let config = try load(values)
    #expect(config[SampleApp.port] == 9090)
    #expect(config[SampleApp.store] == .redis)
    #expect(config[SampleApp.redis]?.host == "cache")
    #expect(config.origin(of: SampleApp.port) == .environment)
    #expect(config.origin(of: SampleApp.redis) == .environment)
  }

  @Test func ofAGroupAtLeastOneKeyHasToBeSetOrExactlyOne() throws {
    func load(_ first: Key<String?>, _ second: Key<String?>, _ values: [String: String]) throws -> Config {
      try Config.load(
        Schema {
          first; second
        }, values: values)
    }
    let first = Key("MAIL_HOST", optional: .string), second = Key("MAIL_LOG", optional: .string)
    let values = ["MAIL_HOST": "a.test", "MAIL_LOG": "out"]
    let atLeast = (first.atLeastOne(ofGroup: "mail"), second.atLeastOne(ofGroup: "mail"))
    #expect(throws: ConfigError.self) { try load(atLeast.0, atLeast.1, [:]) }
    #expect(try load(atLeast.0, atLeast.1, ["MAIL_LOG": "out"])[second] == "out")
    #expect(try load(atLeast.0, atLeast.1, values)[first] == "a.test")
    let exactly = (first.exactlyOne(ofGroup: "mail"), second.exactlyOne(ofGroup: "mail"))
    #expect(throws: ConfigError.self) { try load(exactly.0, exactly.1, values) }
    #expect(try load(exactly.0, exactly.1, ["MAIL_LOG": "out"])[second] == "out")
  }

  @Test func everyTypeIsReadFromItsDefault() throws {
    let config = try Config.load(EveryType.schema, values: [:])
    #expect(config[EveryType.int] == -12)
    #expect(config[EveryType.byte] == 200)
    #expect(config[EveryType.bounded] == 5)
    #expect(config[EveryType.wide] == 7)
    #expect(config[EveryType.number] == 1.5)
    #expect(config[EveryType.bool])
    #expect(config[EveryType.color] == .green)
    #expect("\(config[EveryType.url])" == "https://example.test:8443/a?b=c")
    #expect(config[EveryType.port] == 8080)
    #expect(config[EveryType.host] == "db.internal")
    #expect(config[EveryType.ip] == "10.0.0.1")
    #expect(config[EveryType.email] == "ops@example.test")
    #expect(config[EveryType.uuid] == "0189f7ea-ae2c-7809-8aeb-b819cf5e9e7f")
    #expect(config[EveryType.semver] == "1.2.3-rc.1")
    #expect(config[EveryType.date] == "2026-11-23")
    #expect(config[EveryType.duration] == .seconds(90))
    #expect(config[EveryType.size] == 10_485_760)
    #expect(config[EveryType.ints] == [1, 2, 3])
    #expect(config[EveryType.words] == ["a b", "c,d"])
    #expect(config[EveryType.record] == ["a": "1", "b \"x\"": "2\n"])
    #expect(config[EveryType.path] == "/var/lib/app")
    #expect(config[EveryType.base64] == [0xDE, 0xAD, 0xBE, 0xEF])
    #expect(config[EveryType.hex] == [0x0A, 0xFF])
    #expect(config[EveryType.text] == "It's $5 #1 \"q\" \\n")
    #expect(config[EveryType.master] == nil)
    #expect(config[EveryType.tokens] == nil)
  }

  @Test(arguments: [
    ("INT", "1_000", "type-mismatch"), ("INT", "0x1F", "type-mismatch"), ("INT", "12.0", "type-mismatch"),
    ("BYTE", "256", "out-of-range"), ("BYTE", "-1", "out-of-range"), ("BOUNDED", "10", "out-of-range"),
    ("NUMBER", "NaN", "type-mismatch"), ("NUMBER", "1,5", "type-mismatch"), ("NUMBER", "2.5", "out-of-range"),
    ("BOOL", "maybe", "type-mismatch"), ("COLOR", "Red", "type-mismatch"),
    ("SITE", "http://example.test", "type-mismatch"), ("SITE", "https://a#b", "type-mismatch"),
    ("LISTEN_PORT", "0", "out-of-range"), ("LISTEN_PORT", "80", "out-of-range"),
    ("HOST", "db:5432", "type-mismatch"), ("IP", "::1", "type-mismatch"),
    ("MAIL", "a@b,c@d", "type-mismatch"),
    ("NODE", "1", "type-mismatch"), ("VERSION", "1.2", "type-mismatch"),
    ("SINCE", "23.11.2026", "type-mismatch"),
    ("TIMEOUT", "30", "ambiguous-unit"), ("TIMEOUT", "10ms", "out-of-range"),
    ("LIMIT", "10M", "type-mismatch"),
    ("LIMIT", "10", "ambiguous-unit"), ("INTS", "1,,2", "type-mismatch"),
    ("INTS", "[1, \"x\"]", "type-mismatch"),
    ("INTS", "[1, 2", "type-mismatch"), ("INTS", "[1, null]", "type-mismatch"),
    ("LABELS", "a=b", "type-mismatch"),
    ("LABELS", "{\"a\": }", "type-mismatch"), ("PIN", "AAAA", "type-mismatch"),
    ("SALT", "0g", "type-mismatch"),
    ("API_TOKENS", "[1, 2]", "type-mismatch"),
  ])
  func whatIsNotOfItsTypeIsRefusedAtLoad(_ key: String, _ value: String, _ rule: String) throws {
    let error = #expect(throws: ConfigError.self) { try Config.load(EveryType.schema, values: [key: value]) }
    #expect(error?.findings.filter { $0.severity == .error }.map(\.rule.id) == [rule])
    #expect(error?.findings.first?.key == key)
    #expect(error.map { !"\($0)".contains("'\(value)'") && !"\($0)".contains("\"\(value)\"") } == true)
  }

  @Test(arguments: [
    ("INTS", "[1, 2 , 3]"), ("INTS", "1, 2 ,3"), ("INTS", "[\"1\", 2, 3]"),
  ])
  func listsAreSeparatedOrJSON(_ key: String, _ value: String) throws {
    #expect(try Config.load(EveryType.schema, values: [key: value])[EveryType.ints] == [1, 2, 3])
  }

  @Test func aListOfSecretsKeepsEachInGuardedMemory() throws {
    let config = try Config.load(
      EveryType.schema, values: ["API_TOKENS": "\(SampleApp.strong),\(SampleApp.older)"])
    let tokens = try #require(config[EveryType.tokens])
    #expect(tokens.map { $0.exposedText() } == [SampleApp.strong, SampleApp.older])
    #expect("\(tokens)" == "[••••••••, ••••••••]")
  }

  @Test func aKeyRingHasTheKeyThatSignsAndAllThatAreAccepted() throws {
    let alone = try load(SampleApp.values).keyRing(SampleApp.sessionKey)
    #expect(alone.current.exposedText() == SampleApp.strong)
    #expect(alone.accepted.map { $0.exposedText() } == [SampleApp.strong])
    let ring = try load(SampleApp.values.merging(["SESSION_KEY_PREVIOUS": SampleApp.older]) { $1 })
      .keyRing(SampleApp.sessionKey)
    #expect(ring.current.exposedText() == SampleApp.strong)
    #expect(ring.accepted.map { $0.exposedText() } == [SampleApp.strong, SampleApp.older])
  }

  @Test func aListOfPreviousKeysIsReadAsItsDeclarationSays() throws {
    let key = Key("TOKEN_KEY", .secret(strength: 128))
      .rotates(fallback: "OLD_KEYS", format: .json, order: .oldestFirst)
    let schema = Schema { key }
    let config = try Config.load(
      schema, values: ["TOKEN_KEY": SampleApp.strong, "OLD_KEYS": "[\"\(SampleApp.older)\"]"])
    #expect(config.keyRing(key).accepted.map { $0.exposedText() } == [SampleApp.strong, SampleApp.older])
    let own = Key("TOKEN_KEY", .secret(strength: 128)).rotates(fallback: "TOKEN_KEY", order: .oldestFirst)
    let ring = try Config.load(
      Schema { own }, values: ["TOKEN_KEY": "\(SampleApp.older),\(SampleApp.strong)"]
    ).keyRing(own)
    #expect(ring.current.exposedText() == SampleApp.strong)
    #expect(ring.accepted.count == 2)
    let maybe = Key("TOKEN_KEY", optional: .secret(strength: 128)).rotates(everyDays: 90)
    #expect(try Config.load(Schema { maybe }, values: [:]).keyRing(maybe) == nil)
  }

  @Test func theRingsOfOtherProgramsFormatsAreRead() throws {
    let (first, second) = (SampleApp.strong, SampleApp.older)
    func texts(_ key: Key<Secret>, _ values: [String: String]) throws -> [String] {
      let ring = try Config.load(Schema { key }, values: values).keyRing(key)
      #expect(ring.accepted.first?.matches(ring.current) == true)
      return ring.accepted.map { $0.exposedText() }
    }
    let numbered = Key("AUTH_SECRET_3", .secret(strength: 128)).rotates(
      fallback: "AUTH_SECRET_2", format: .authjs)
    #expect(try texts(numbered, ["AUTH_SECRET_3": first, "AUTH_SECRET_2": second]) == [first, second])
    #expect(try texts(numbered, ["AUTH_SECRET_3": first, "AUTH_SECRET_1": second]) == [first, second])
    let versioned = Key("AUTH_SECRETS", .secret()).rotates(fallback: "AUTH_SECRETS", format: .versioned)
    #expect(try texts(versioned, ["AUTH_SECRETS": "7:\(first),6:\(second)"]) == [first, second])
    let issuer = Key("JWT_KEY", .secret()).generated(.init(.ed25519)).rotates(
      fallback: "JWT_JWKS", format: .jwks)
    let issued = ["JWT_KEY": first, "JWT_KEY_PRIVATE_OTHERS": "[\"\(second)\"]", "JWT_KEY_KID": "abc"]
    #expect(try texts(issuer, issued) == [first, second])
    #expect(Schema { issuer }["JWT_JWKS"]?.isSensitive == false)
    #expect(Schema { issuer }["JWT_KEY_PRIVATE_OTHERS"]?.isSensitive == true)
  }

  @Test func aLibrarysSchemaStandsInAnApplicationsOwn() throws {
    let library = Schema {
      SampleApp.port; SampleApp.store
    }
    let mine = Key("NAME", .string, default: "app")
    let config = try Config.load(
      Schema {
        library; mine
      }, values: ["PORT": "1"])
    #expect(config[SampleApp.port] == 1)
    #expect(config[mine] == "app")
    #expect(config.schema.declarations.map(\.key) == ["PORT", "SESSION_STORE", "NAME"])
  }

  @Test func aLibrarysSchemaKeepsItsHeaderAndItsProblems() throws {
    let library = Schema(
      parsing: """
        # @defaultRequired=true @defautSensitive # cfgkit: rules=flask production=live
        # @currentEnv=$APP_ENV
        # ---
        # @type=enum(development, live)
        APP_ENV=live
        # @typo
        PORT=1

        """)
    let mine = Key("NAME", .string, default: "app")
    let schema = Schema {
      library; mine
    }
    #expect(schema.problems.map(\.message) == library.problems.map(\.message))
    #expect(schema.problems.count == 2)
    #expect(schema.currentEnvironmentKey == "APP_ENV" && schema.rulePacks == ["flask"])
    #expect(schema.isProduction("live") && schema.isProduction("prod"))
    let stage = Key("STAGE", .string, default: "a")
    let other = Schema { stage }.currentEnvironment(stage)
    let both = Schema {
      library; other
    }
    #expect(both.currentEnvironmentKey == "APP_ENV")
    #expect(both.currentEnvironment(stage).currentEnvironmentKey == "STAGE")
  }

  @Test func keysThatTwoLibrariesDeclareAlikeAreOneKey() {
    #expect(
      Schema {
        SampleApp.port; Schema { SampleApp.port }
      }.problems.isEmpty)
    let other = Key("PORT", .port, default: 1)
    #expect(
      Schema {
        SampleApp.port; Schema { other }
      }.problems.map(\.message) == ["PORT is declared twice, and not alike"])
  }

  @Test func theEnvironmentsNameComesFromADeclaredKey() throws {
    enum Environment: String, CaseIterable { case development, production }
    let environment = Key("APP_ENV", .oneOf(Environment.self), default: .development)
    let secure = Key("COOKIE_SECURE", .bool, default: false).mustBe(true, in: "production")
    let schema = Schema {
      environment; secure
    }.currentEnvironment(environment)
    #expect(try Config.load(schema, values: [:]).environmentName == "development")
    #expect(
      try Config.load(schema, values: ["APP_ENV": "production", "COOKIE_SECURE": "true"]).environmentName
        == "production")
    let error = #expect(throws: ConfigError.self) {
      try Config.load(schema, values: ["APP_ENV": "production"])
    }
    #expect(error?.findings.map(\.rule.id) == ["must-be"])
  }

  @Test func everyRuleBesideAKeyCounts() throws {
    let level = Key("LEVEL", .string, default: "a").mustBe("b", in: "staging").mustBe("c", in: "production")
    let schema = Schema { level }
    func found(_ value: String, _ environment: String) throws -> [String] {
      do {
        _ = try Config.load(schema, values: ["LEVEL": value], environmentName: environment)
        return []
      } catch { return error.findings.map(\.message) }
    }
    #expect(try found("a", "development") == [])
    #expect(try found("a", "staging") == ["LEVEL must be b in staging"])
    #expect(try found("b", "production") == ["LEVEL must be c in production"])
    #expect(try found("b", "staging") == [] && found("c", "production") == [])
  }

  @Test func theSecretsOfAListAreJudgedOneByOne() throws {
    let strong = Key("TOKENS", .array(.secret(strength: 128)))
    let plain = Key("TOKENS", .array(.secret()))
    func rules(_ key: Key<[Secret]>, _ text: String) -> [String] {
      do {
        _ = try Config.load(Schema { key }, values: ["TOKENS": text])
        return []
      } catch { return error.findings.map { "\($0.rule.id) \($0.message)" } }
    }
    #expect(strong.declaration.strength == 128)
    #expect(rules(strong, "\(SampleApp.strong),\(SampleApp.older)") == [])
    let short =
      "TOKENS is too short to hold the bits that are asked for (element 2), in the process environment"
    #expect(rules(strong, "\(SampleApp.strong),q7Wz") == ["short-secret " + short])
    let sample = "TOKENS is a published placeholder, not a secret (element 1), in the process environment"
    #expect(rules(plain, "changeme,changeme") == ["placeholder-secret " + sample])
    #expect(rules(plain, #"["changeme"]"#) == ["placeholder-secret " + sample])
  }

  @Test func theStrengthOfAFormIsThatOfItsSecret() {
    #expect(Key("TOKEN", .secret(.secret(strength: 128))).declaration.strength == 128)
    #expect(Key("TOKEN", .secret(.secret(strength: 128), strength: 256)).declaration.strength == 256)
  }

  @Test func conditionsAreWrittenWithKeysAndCombined() throws {
    let isOn = Key("MAIL", .bool, default: false)
    let host = Key("SMTP_HOST", optional: .host).required(when: .isTrue(isOn) && !.forEnv("test"))
    let schema = Schema {
      isOn; host
    }
    #expect(try Config.load(schema, values: [:])[host] == nil)
    let error = #expect(throws: ConfigError.self) { try Config.load(schema, values: ["MAIL": "yes"]) }
    #expect(error?.findings.map(\.message) == ["SMTP_HOST is required when MAIL is true and outside test"])
    #expect(try Config.load(schema, values: ["MAIL": "yes"], environmentName: "test")[host] == nil)
  }

  @Test func explainSaysWhereAValueComesFromAndShowsNone() throws {
    let config = try load(SampleApp.values.merging(["PORT": "9090"]) { $1 })
    #expect(
      config.explain(SampleApp.port) == """
        PORT  port, required
          Where the server listens.
          environment  set  used
          schema       set  hidden by the environment

        """)
    let text = config.explain(SampleApp.sessionKey)
    #expect(text.contains("used; strong enough") && text.contains("rotate every 180 days"))
    #expect(!text.contains(SampleApp.strong))
  }
}
