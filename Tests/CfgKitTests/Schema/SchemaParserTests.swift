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
    ("# @required=isEmpty($B)\nA=\n# @required=isEmpty($A)\nB=\n", 2, 1, "leads back to it"),
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
    ("# @optional\nSESSION=\n# @required=eq($SESION, redis)\nK=\n", 4, 1, "did you mean SESSION?"),
    (
      "# @type=enum(redis, null)\nS=null\n# @required=eq($S, redi)\nK=\n", 4, 1,
      "none of its words: redis, null"
    ),
    ("# @sensitive\nS=\n# @required=eq($S, x)\nK=\n", 4, 1, "about the value of S, a secret"),
    ("# @required=forEnv(prodction)\nK=\n", 2, 1, "did you mean production?"),
    (
      "# @currentEnv=$E\n# ---\n# @type=enum(dev, production)\nE=dev\n# @required=forEnv(staging)\nK=\n", 6,
      1,
      "none of the environments of E"
    ),
    ("# @currentEnv=$APP_EVN\n# ---\nAPP_ENV=dev\n", 1, 1, "did you mean APP_ENV?"),
    ("# @sensitive @public\nK=\n", 1, 14, "is @sensitive and @public"),
    ("# @required @optional\nK=\n", 1, 13, "is @required and @optional"),
    ("# @type=number(min=5, max=2)\nK=\n", 1, 3, "least value above its greatest"),
    ("# @type=number(min=nan)\nK=\n", 1, 3, "a bound that is no number"),
    ("# @type=number(isInt=maybe)\nK=\n", 1, 3, "isInt= of number() is not true or false"),
    ("# @type=string(minLength=-1)\nK=\n", 1, 3, "a length below 0"),
    ("# @type=port(max=70000)\nK=\n", 1, 3, "a bound that is no port"),
    ("# @type=ip(version=5)\nK=\n", 1, 3, "neither 4 nor 6"),
    ("# @type=array(string, separator=\"\")\nK=\n", 1, 3, "a separator that separates nothing"),
    (
      "# @type=string # cfgkit: type=hex bytes=4611686018427387904\nK=\n", 1, 35,
      "bytes= is a number of bytes"
    ),
    ("# @sensitive # cfgkit: grace=106751991167300d\nK=\n", 1, 24, "of up to 36500d"),
    ("# @sensitive # cfgkit: rotate=0d\nK=\n", 1, 24, "a time above 0"),
    ("# @sensitive # cfgkit: fallback=1x\nK=\n", 1, 24, "fallback= is the name of a key"),
    ("# @sensitive # cfgkit: fallback=OLD\nK=\n# @public\nOLD=\n", 2, 1, "declared as no secret"),
    ("# @optional # cfgkit: at-least-one\nK=\n", 2, 1, "at-least-one belongs to group="),
    ("# @optional # cfgkit: group=a one-of at-least-one\nK=\n", 1, 38, "one-of or at-least-one"),
    ("# @sensitive\nK=randomHex(-1)\n", 2, 1, "makes no key"),
    ("# @sensitive\nK=randomHex(99999999999999999999)\n", 2, 1, "makes no key"),
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

  @Test(arguments: ["# @required=", "# @type=", "FOO="]) func parenthesesWithoutEndAreRefused(start: String) {
    let text = start + String(repeating: "not(", count: 100_000)
    let findings = parse(text + "\nK=\n").findings
    #expect(start == "FOO=" || findings.contains { $0.message.contains("stand in each other") })
  }

  @Test func aKeyThatOnlyTheEnvironmentHasMayBeAskedAbout() {
    let findings = parse("# @required=isEmpty($HOME)\nK=\n").findings
    #expect(findings.map(\.severity) == [.warning])
  }

  @Test func whatKeepsTheOtherKeysIsDeclaredToo() {
    let schema = parse("# @sensitive # cfgkit: fallback=NOPE\nS=\n")
    #expect(schema["NOPE"]?.isSensitive == true)
    #expect(schema["NOPE"]?.isManaged == true)
    #expect(schema["NOPE"]?.isOptional == true)
  }

  @Test func anImportThatLeadsBackIsSaidAndEachFileIsReadOnce() {
    var reads: [String: Int] = [:]
    let schema = SchemaParser.parse(
      Document(Array("# @import(./a) @import(./a)\n# @import(./b)\n# ---\nK=1\n".utf8)), path: "main"
    ) { target in
      reads[target, default: 0] += 1
      let text =
        target == "./a" ? "# @import(./b)\n# @import(./b)\n# ---\nA=1\n" : "# @import(./a)\n# ---\nB=1\n"
      return (Document(Array(text.utf8)), String(target.dropFirst(2)))
    }
    #expect(schema.declarations.map(\.key).sorted() == ["A", "B", "K"])
    #expect(schema.findings.map(\.message) == ["@import of ./a leads back to this file"])
    #expect(reads.values.allSatisfy { $0 < 8 })
  }

  @Test func manyBadWordsAreNotAllListed() {
    let text = "# " + String(repeating: "@x ", count: 20_000) + "\nK=\n"
    #expect((1_000...1_001).contains(parse(text).findings.count))
  }
}
