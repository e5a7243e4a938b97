import CfgKitTemplates
import SystemPackage
import Testing

@testable import CfgKit

@Suite struct SchemaTextTests {
  @Test func theDeclarationOfTheGuideIsThisText() {
    #expect(
      SampleApp.schema.text == """
        # @defaultRequired=true @defaultSensitive=false
        # ---

        # Where the server listens.
        # @type=port
        PORT=8080

        # Where sessions are kept.
        # @type=enum(memory, redis)
        SESSION_STORE=memory

        # Needed by the redis store.
        # @required=eq($SESSION_STORE, redis) @sensitive @type=url # cfgkit: schemes=redis,rediss
        REDIS_URL=

        # The main database.
        # @sensitive @type=url # cfgkit: schemes=postgres,postgresql
        DATABASE_URL=

        # Signs session cookies.
        # @sensitive # cfgkit: strength=128 generate=base64url:32 rotate=180d fallback=SESSION_KEY_PREVIOUS
        SESSION_KEY=

        # Other keys of SESSION_KEY that are still accepted.
        # @optional @sensitive @type=array(string) # cfgkit: managed
        SESSION_KEY_PREVIOUS=

        """)
  }

  @Test(arguments: [SampleApp.schema, EveryType.schema, OddDeclarations.schema])
  func aDeclarationInSwiftIsReadBackFromItsText(_ schema: Schema) {
    #expect(schema.problems.map(\.message) == [])
    let read = Schema(parsing: schema.text)
    #expect(read.problems.map(\.message) == [])
    #expect(schema.differences(from: read) == [])
    #expect(read.text == schema.text)
  }

  @Test(arguments: Template.all.map(\.name))
  func everyTemplateIsReadBackFromItsOwnText(_ name: String) throws {
    let template = try #require(Template.all.first { $0.name == name })
    let schema = Schema(parsing: String(decoding: template.schema, as: UTF8.self))
    let read = Schema(parsing: schema.text)
    #expect(read.problems.filter { $0.severity == .error }.map(\.message) == [])
    #expect(schema.differences(from: read) == [])
    #expect(
      schema.declarations.map(\.isSensitivityInferred) == read.declarations.map(\.isSensitivityInferred))
  }

  @Test(arguments: 0..<200) func anyDeclarationIsReadBackFromItsText(_ seed: Int) {
    var draw = DeclarationDraw(seed: UInt64(seed))
    var schema = draw.schema()
    schema.declareRings()
    let read = Schema(parsing: schema.text)
    // What is drawn may ask about secrets, and about words that a key does not have.
    let meant = schema.problemsBetweenKeys().filter { !$0.mayBeMeant }.map { "\($0.key) \($0.text)" }
    #expect(
      read.problems.filter { $0.severity == .error }.map(\.message).sorted() == meant.sorted(),
      "\(schema.text)")
    #expect(schema.differences(from: read) == [], "\(schema.text)")
    #expect(read.text == schema.text)
  }

  @Test func aNextKeyThatIsAlwaysPublishedIsDeclaredInSwiftAsInTheText() {
    let key = Key("SESSION_KEY", .secret()).rotates(fallback: "OLD_KEYS", standingNext: true)
    let maybe = Key("TOKEN_KEY", optional: .secret()).rotates(everyDays: 90, standingNext: true)
    let schema = Schema {
      key; maybe
    }
    #expect(schema.text.contains("# @sensitive # cfgkit: fallback=OLD_KEYS standing-next\nSESSION_KEY=\n"))
    #expect(schema.text.contains("# @optional @sensitive # cfgkit: rotate=90d standing-next\nTOKEN_KEY=\n"))
    #expect(Schema(parsing: schema.text)["SESSION_KEY"]?.rotation?.keepsStandingNext == true)
    #expect(Schema { Key("K", .secret()).rotates() }["K"]?.rotation?.keepsStandingNext == false)
  }

  @Test func aDriftIsNamedByKeyAndTrait() {
    let port = Key("PORT", .port, default: 80)
    let extra = Key("EXTRA", .int, default: 1)
    let here = Schema {
      port; extra
    }
    let there = Schema(
      parsing:
        "# @defaultRequired=true # cfgkit: rules=flask\n# ---\n# @optional @type=number(isInt=true)\nPORT=80\nMORE=1\n"
    )
    #expect(
      here.differences(from: there) == [
        "PORT has another type there", "PORT has another requirement there", "EXTRA is only here",
        "MORE is only there", "the rule packs differ",
      ])
  }

  @Test func aCommittedFileIsComparedFromItsPlace() throws {
    let folder = try TemporaryProject([".env.schema": SampleApp.schema.text])
    let committed = try Schema(contentsOf: folder.root.appending(".env.schema"))
    #expect(SampleApp.schema.differences(from: committed) == [])
    #expect(throws: ProjectError.self) { try Schema(contentsOf: folder.root.appending("none")) }
  }

  @Test func theCommandLineReadsTheTextAsItIsMeant() throws {
    let folder = try TemporaryProject([
      ".env.schema": SampleApp.schema.text,
      ".env": "DATABASE_URL=postgres://app@db/app\nSESSION_KEY=\(SampleApp.strong)\n",
    ])
    #expect(try folder.findings(options: ValidationOptions(facts: .layers)) == [])
  }
}

/// Declarations with everything that is hard to write down.
enum OddDeclarations {
  enum Word: String, CaseIterable {
    case plain, spaced = "a b", quoted = "say \"hi\"", call = "f(x)", dollar = "$X", equals = "a=b",
      backslash = "a\\b"
  }

  static let word = Key("WORD", .oneOf(Word.self), default: .quoted).example("a \"b\" \\ c").docs(
    "https://a.test/x?y=(z)"
  ).docs("two")
  static let when = Key("WHEN", optional: .string).required(
    when: .equals(word, .spaced) && !(.forEnv("a b", "prod") || .equals(word, .dollar)))
  static let unless = Key("UNLESS", optional: .string).required(when: !(.isSet(when) && .isTrue(on)))
  static let on = Key("ON", .bool, default: false).mustBe(true, in: "pre prod").phase(.run).deprecated(
    "use \"ON2\"")
  static let old = Key("OLD", optional: .int(min: -5, max: 5)).deprecated().exactlyOne(ofGroup: "some group")
  static let other = Key("OTHER", optional: .number(max: 1e20)).exactlyOne(ofGroup: "some group")
  static let either = Key("EITHER", optional: .string).atLeastOne(ofGroup: "others")
  static let text = Key(
    "TEXT",
    .string(minLength: 1, maxLength: 99, startsWith: "a, (b", endsWith: "\"", matches: "^[\\w, ()\"]+$"),
    default: "a, (b) \"c\"")
  static let call = Key("CALL", .string, default: "randomHex(32)")
  static let shell = Key("SHELL_LINE", .string, default: "$(date) `x` ${Y} # no\n'second' line\t")
  static let publicKey = Key("SIGNING_KEY_ID", .string, default: "k1")
  static let hash = Key("SORT_KEY", .string, default: "name").public()
  static let list = Key("LIST", .array(.array(.int(UInt8.self)), separator: "|"), default: [[1, 2], [3]])
  static let record = Key(
    "RECORD", .record(.duration(min: .seconds(1), max: .seconds(60))), default: ["a b": .milliseconds(1500)])
  static let strange = Key(
    "strange.name-1", .path(mustExist: true), default: "/a b", "With \"quotes\", # and = in it.")
  static let secret = Key("SIGNER", .secret(strength: 256, minLength: 40), "Over\n  two lines.")
    .generated(KeyFormat(.laravel)).distinct()
    .rotates(
      fallback: "SIGNER_OLD", format: .json, order: .oldestFirst, grace: .seconds(3_600), settle: .seconds(60)
    )
  static let bare = Key("BARE", .secret()).rotates()
  static let standing = Key("STANDING", .secret()).rotates(fallback: "STANDING_OLD", standingNext: true)
  static let hooks = Key("HOOKS", optional: .array(.url("https", "wss")))
  static let oldKeys = Key("OLD_KEYS", optional: .array(.secret(), separator: " ")).managed()

  static let schema = Schema {
    word; when; unless; on; old; other; either; text; call; shell; publicKey; hash; list; record; strange;
    secret; bare; standing
    hooks; oldKeys
  }.rules("flask", "django").production("live", "prod")
}
