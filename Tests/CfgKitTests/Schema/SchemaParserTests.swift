import CfgKitDotEnv
import Testing

@testable import CfgKit

@Suite struct SchemaParserTests {
  private func parse(_ text: String, isExample: Bool = false) -> Schema {
    SchemaParser.parse(Document(Array(text.utf8)), path: ".env.schema", isExample: isExample)
  }

  private let flask = """
    # Flask. Commit this file.
    # @defaultRequired=true @defaultSensitive=false # cfgkit: rules=flask
    # @currentEnv=$APP_ENV
    # ---

    # Which deployment this is.
    # @type=enum(development, test, production)
    APP_ENV=development

    # Signs session cookies.
    # @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 distinct
    # @docs("https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY") # cfgkit: rotate=180d fallback=SECRET_KEY_FALLBACKS
    SECRET_KEY=

    # @optional @sensitive @type=array(string) # cfgkit: managed
    SECRET_KEY_FALLBACKS=

    # @optional @type=enum(redis, cachelib)
    SESSION_TYPE=

    # @required=eq($SESSION_TYPE, redis) @sensitive @type=url # cfgkit: schemes=redis,rediss
    REDIS_URL=

    # @type=boolean # cfgkit: must-be=true when=production
    SESSION_COOKIE_SECURE=false

    """

  @Test func readsTheTemplateOfThePage() throws {
    let schema = parse(flask)
    #expect(schema.findings == [])
    #expect(schema.rulePacks == ["flask"])
    #expect(schema.currentEnvironmentKey == "APP_ENV")
    #expect(
      schema.declarations.map(\.key) == [
        "APP_ENV", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "SESSION_TYPE", "REDIS_URL", "SESSION_COOKIE_SECURE",
      ])
    let environment = try #require(schema["APP_ENV"])
    #expect(environment.type == .enumeration(["development", "test", "production"]))
    #expect(environment.defaultText == "development")
    #expect(environment.requirement == .always)
    #expect(environment.summary == "Which deployment this is.")
    let key = try #require(schema["SECRET_KEY"])
    #expect(key.isSensitive && !key.isSensitivityInferred && key.isDistinct)
    #expect(key.type == .string(.init(minLength: 32)))
    #expect(key.strength == 128)
    #expect(key.generate?.description == "hex:32")
    #expect(key.rotation?.maximumAge == .seconds(180 * 86_400))
    #expect(key.rotation?.fallbackKey == "SECRET_KEY_FALLBACKS")
    #expect(key.docs == ["https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY"])
    #expect(key.location == Location(path: ".env.schema", line: 13, column: 1, endLine: 13, endColumn: 11))
    #expect(schema["SECRET_KEY_FALLBACKS"]?.isManaged == true)
    #expect(schema["SECRET_KEY_FALLBACKS"]?.isOptional == true)
    #expect(schema["REDIS_URL"]?.requirement == .equals(key: "SESSION_TYPE", "redis"))
    #expect(schema["REDIS_URL"]?.type == .url(schemes: ["redis", "rediss"]))
    #expect(schema["SESSION_COOKIE_SECURE"]?.mustBe.first?.text == "true")
  }

  @Test(arguments: [
    ("# @requierd\nK=\n", 1, 3, "did you mean @required?"),
    ("# @type=strng\nK=\n", 1, 3, "did you mean string?"),
    ("# @type=string(minLenght=3)\nK=\n", 1, 3, "did you mean minLength?"),
    ("# @type=enum()\nK=\n", 1, 3, "enum() needs its words"),
    ("# @sensitive # cfgkit: strenght=128\nK=\n", 1, 24, "did you mean strength?"),
    ("# @sensitive # cfgkit: strength=many\nK=\n", 1, 24, "strength= is a number of bits"),
    ("# @sensitive # cfgkit: generate=hx:32\nK=\n", 1, 24, "generate=hx:32"),
    ("# @required=eq($A)\nK=\n", 1, 3, "wrong number of arguments"),
    ("# @required=exists($A)\nK=\n", 1, 3, "the condition exists is not known"),
    ("# @sensitive\nK=value\n", 2, 1, "is sensitive and has a default"),
    ("A=1\nB=2\nA=3\n", 3, 1, "declared again"),
    ("# @required=isEmpty($B)\nA=\n# @required=isEmpty($A)\nB=\n", 2, 1, "lead back to it"),
    (
      "# @sensitive # cfgkit: fallback=OLD\nA=\n# @sensitive # cfgkit: fallback=OLD\nB=\n", 4, 1,
      "B keeps its other keys in OLD, as A does"
    ),
    (
      "# @sensitive # cfgkit: fallback=B\nA=\n# @sensitive # cfgkit: rotate=90d\nB=\n", 4, 1,
      "B rotates, and is where A keeps its other keys"
    ),
    (
      "# @sensitive # cfgkit: rotate=90d\nB=\n# @sensitive # cfgkit: fallback=B\nA=\n", 4, 1,
      "A keeps its other keys in B, which rotates itself"
    ),
    ("# @type=string(\nK=\n", 1, 15, "never closed"),
    ("K=\"open\n", 1, 3, ""),
    ("# @type=string # cfgkit: type=bse64 bytes=16\nK=\n", 1, 26, "did you mean base64?"),
    ("# @type=string # cfgkit: bytes=16\nK=\n", 2, 1, "bytes= belongs to type=hex"),
    ("# @type=string # cfgkit: must-exist\nK=\n", 2, 1, "must-exist belongs to type=path"),
    ("# @type=string # cfgkit: when=production\nK=\n", 2, 1, "when= belongs to must-be="),
    ("# @type=string # cfgkit: must-be=a when=x when=y when=z\nK=\n", 1, 50, "when= belongs to must-be="),
    ("# @type=string # cfgkit: schemes=https\nK=\n", 2, 1, "schemes= belongs to @type=url"),
    ("# @type=string # cfgkit: one-of\nK=\n", 2, 1, "one-of belongs to group="),
    ("# @type=duration(min=5)\nK=\n", 1, 3, "min= of duration() is not a duration with its unit"),
    ("# @type=array(string, seperator=;)\nK=\n", 1, 3, "did you mean separator?"),
    ("# @type=record(string, max=3)\nK=\n", 1, 3, "the option max is not known"),
  ])
  func whatIsWrongIsLocatedAndNamed(text: String, line: Int, column: Int, message: String) throws {
    let finding = try #require(
      parse(text).findings.first { $0.rule == .schemaInvalid && $0.severity == .error })
    #expect(finding.location?.line == line)
    #expect(finding.location?.column == column)
    #expect(message.isEmpty || finding.message.contains(message), "\(finding.message)")
  }

  @Test(arguments: [
    "# cfgkit: must-be=a when=x\n# cfgkit: must-be=b\n", "# cfgkit: must-be=a when=x must-be=b\n",
    "# cfgkit: when=x must-be=a\n# cfgkit: must-be=b\n",
  ]) func everyRuleBesideAKeyIsRead(_ text: String) {
    let schema = parse(text + "K=\n")
    #expect(schema.findings == [])
    #expect(
      schema["K"]?.mustBe == [.init(text: "a", environment: "x"), .init(text: "b", environment: nil)])
  }

  @Test func remarksThatLookLikeDecoratorsOnlyWarn() {
    let findings = parse("# @todo\nK=\n").findings
    #expect(findings.map(\.severity) == [.warning])
  }

  @Test func functionsOfOtherToolsAreNeverRunAndCountAsSet() {
    let schema = parse("# @defaultRequired=true\n# ---\nTOKEN=op(op://vault/item)\nOTHER=$(date)\n")
    #expect(schema.findings.map(\.rule.id) == ["resolved-elsewhere", "resolved-elsewhere"])
    #expect(schema["TOKEN"]?.isResolvedElsewhere == true)
    #expect(schema["OTHER"]?.isResolvedElsewhere == true)
  }

  @Test func withoutAHeaderKeysWithAValueAreRequired() {
    let schema = parse("A=1\nB=\n")
    #expect(schema["A"]?.requirement == .always)
    #expect(schema["B"]?.requirement == .never)
  }

  @Test func anExampleHoldsSamplesAndNoDefaults() throws {
    let schema = parse(
      "A=\n# optional\nB=\nC= # optional\nD=sample\nAPI_KEY=your-key-here\n", isExample: true)
    #expect(schema["A"]?.requirement == .always)
    #expect(schema["B"]?.requirement == .never)
    #expect(schema["C"]?.requirement == .never)
    #expect(schema["D"]?.requirement == .always)
    #expect(schema["D"]?.example == "sample")
    #expect(schema["D"]?.defaultText == nil)
    #expect(schema["API_KEY"]?.isSensitive == true)
    #expect(schema["API_KEY"]?.isSensitivityInferred == true)
    #expect(schema.findings == [])
  }

  @Test(arguments: [
    ("SECRET", true), ("APP_SECRET_KEY", true), ("DB_PASSWORD", true), ("GITHUB_TOKEN", true),
    ("SENTRY_DSN", true),
    ("API_KEY", true), ("APIKEY", true), ("JWT_PUBLIC_KEY", false), ("KEYBOARD", false), ("PORT", false),
    ("TOKENIZER", false), ("MONKEY", true),
  ])
  func sensitivityIsReadOffTheName(key: String, isSensitive: Bool) {
    #expect(Sensitivity.isInferred(fromName: key) == isSensitive)
  }

  @Test func publicWinsOverTheName() {
    #expect(parse("# @public\nSTRIPE_KEY=\n")["STRIPE_KEY"]?.isSensitive == false)
  }

  @Test func aBlankLineEndsTheCommentsOfAKey() {
    #expect(parse("# @sensitive\n\nNAME=\n")["NAME"]?.isSensitive == false)
  }
}
