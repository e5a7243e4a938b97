import Foundation
import Testing

/// The flags of `rotate-secret` beyond the three steps, hands that edit the file, and layers that would hide a change.
@Suite struct RotationStepsTests {
  static let strong = "4f1b0a7c9d2e8356b1c0f4a97e63d852aa0c5b7e19f3d4682b7c0e91f5a3d604"
  static let other = "531bfcfbe1f4177996b9ce9ec96023cfb74ff48f2d716ce3ff22e31ad6c81b2a"
  static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # ---

    # @sensitive # cfgkit: strength=128 generate=hex:32 rotate=180d fallback=OLD_KEYS
    KEY=

    # @optional @sensitive # cfgkit: managed
    OLD_KEYS=

    # @optional @sensitive # cfgkit: strength=128 generate=hex:32 rotate=90d fallback=OLD_TOKENS
    TOKEN=

    # @optional @sensitive # cfgkit: managed
    OLD_TOKENS=

    """

  static func project(_ env: String = "KEY=\(strong)\n", schema: String = schema) -> Scratch {
    Scratch([".env.schema": schema, ".env": env])
  }

  // MARK: What rotates

  @Test(arguments: [
    (["MODE"], 64, "cfgkit set MODE"), (["MODE", "--drop-previous"], 64, "cfgkit set MODE"),
    (["OLD_KEYS"], 64, "cfgkit rotate-secret KEY"),
    (["OLD_KEYS", "--drop-previous"], 64, "cfgkit rotate-secret KEY"),
    (["OLD_KEYS", "--abort"], 64, "cfgkit rotate-secret KEY"),
    (["DATABASE_URL", "--drop-previous"], 1, "--stdin"),
  ]) func `what is no key of its own, or none that cfgkit can make, is refused`(
    words: [String], status: Int32, way: String
  ) {
    let schema =
      Self.schema + "# @type=enum(dev, prod)\nMODE=dev\n\n# @sensitive @type=url\nDATABASE_URL=\n"
    let env = "KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\nMODE=prod\nDATABASE_URL=postgres://a:b@c/d\n"
    let scratch = Self.project(env, schema: schema)
    let outcome = scratch.cfgkit(arguments: ["rotate-secret"] + words)
    #expect(outcome.status == status && outcome.stderr.contains(way), "\(outcome.stderr)")
    #expect(scratch.read(".env") == env)
  }

  @Test func `set does not cut through a rotation, and says what a new value outside of one means`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--prepare").status == 0)
    let before = scratch.read(".env")
    let refused = scratch.cfgkit("set", "KEY", "--stdin", stdin: Self.other)
    #expect(refused.status == 64, "\(refused.everything)")
    #expect(refused.stderr.contains("under way"))
    #expect(refused.stderr.hasSuffix("cfgkit rotate-secret KEY --resume\n"), "\(refused.stderr)")
    #expect(scratch.read(".env") == before)

    let quiet = Self.project()
    let done = quiet.cfgkit("set", "KEY", "--stdin", stdin: Self.other)
    #expect(done.status == 0)
    #expect(done.stderr.contains("cfgkit rotate-secret KEY --stdin"), "\(done.stderr)")
    // The same value again, and one in the place of a sample, sign nobody out.
    #expect(quiet.cfgkit("set", "KEY", "--stdin", stdin: Self.other).everything.isEmpty)
    let sample = Self.project("KEY=changeme\n")
    #expect(sample.cfgkit("set", "KEY", "--stdin", stdin: Self.other).everything.isEmpty)
  }

  @Test func `a dead key in the place of the current one is an error, and nothing goes on from it`() throws {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--compromised", "--yes").status == 0)
    let text = try #require(scratch.read(".env"))
    scratch.write(".env", text.replacing(try #require(scratch.value("KEY")), with: Self.strong))
    let found = scratch.cfgkit("validate")
    #expect(found.status == 1)
    #expect(found.stdout.contains("cfgkit rotate-secret KEY --compromised"), "\(found.stdout)")
    for step in [[], ["--prepare"], ["--resume"], ["--dry-run"]] {
      let refused = scratch.cfgkit(arguments: ["rotate-secret", "KEY"] + step)
      #expect(
        refused.status == 1 && refused.stderr.contains("retired or compromised"), "\(refused.everything)")
    }
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--compromised", "--yes").status == 0)
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.cfgkit("rotate-secret", "KEY").status == 0)
  }

  @Test func `promote of a ring that a hand has changed says so`() throws {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--prepare").status == 0)
    let text = try #require(scratch.read(".env"))
    scratch.write(".env", text.replacing("OLD_KEYS=", with: "OLD_KEYS=\(Self.other),"))
    let refused = scratch.cfgkit("rotate-secret", "KEY", "--promote")
    #expect(refused.status == 64 && refused.stderr.contains("--resume"), "\(refused.everything)")
  }

  @Test func `a key that no list can keep is refused before anything is prepared`() {
    let scratch = Self.project("KEY='Xk9,vR2mQ8pL4tZ7wB3nH6jD5fG1sAqWeRtYuIoP'\n")
    let before = scratch.read(".env")
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--prepare").status == 1)
    #expect(scratch.read(".env") == before)
  }

  @Test func `under a schema that is not valid nothing rotates`() {
    let scratch = Self.project(
      schema: Self.schema.replacing("fallback=OLD_KEYS", with: "fallback=OLD_KEYS fallback-format=jsn"))
    #expect(scratch.cfgkit("rotate-secret", "KEY").status == 78)
    #expect(scratch.read(".env") == "KEY=\(Self.strong)\n")
  }

  @Test func `a list that nobody declared is a secret`() throws {
    let schema = "# @sensitive # cfgkit: strength=128 generate=hex:32 fallback=EARLIER\nKEY=\n"
    let scratch = Self.project(schema: schema)
    #expect(scratch.cfgkit("rotate-secret", "KEY").status == 0)
    #expect(scratch.value("EARLIER") == Self.strong)
    #expect(scratch.cfgkit("get", "EARLIER").status == 64)
    let exported = scratch.cfgkit("export", "--format", "k8s").stdout
    let kinds = exported.components(separatedBy: "---\n")
    #expect(kinds.contains { $0.contains("kind: Secret") && $0.contains("EARLIER") }, "\(exported)")
    #expect(!kinds.contains { $0.contains("kind: ConfigMap") && $0.contains("EARLIER") })
  }

  @Test func `no time is too long for a clock`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--grace", "106751991167300d").status == 0)
    #expect(scratch.read(".env")?.contains("@9999-12-31T23:59:59Z") == true)
  }

  #if os(Linux)
    @Test func `a change whose answer cannot be written is made once, and no failure`() throws {
      let scratch = Self.project()
      let outcome = scratch.run(
        ["/bin/sh", "-c", "exec \(binary) rotate-secret KEY > /dev/full"], stdin: [], environment: [:])
      #expect(outcome.status == 0)
      #expect(outcome.stderr.contains("this was done"), "\(outcome.stderr)")
      #expect(scratch.value("OLD_KEYS") == Self.strong)
    }
  #endif

  @Test func `a value of another type is not taken`() {
    let schema = "# @sensitive @type=url\nDATABASE_URL=\n"
    let scratch = Self.project("DATABASE_URL=postgres://a:b@c/d\n", schema: schema)
    let words = ["rotate-secret", "DATABASE_URL", "--drop-previous", "--yes", "--stdin"]
    let refused = scratch.cfgkit(arguments: words, stdin: Array(Self.strong.utf8))
    #expect(refused.status == 1 && refused.stderr.contains("has to be url"), "\(refused.stderr)")
    let new = "postgres://a:\(Self.other)@c/d"
    #expect(scratch.cfgkit(arguments: words, stdin: Array(new.utf8)).status == 0)
    #expect(scratch.read(".env")?.contains(new) == true)
  }

  @Test func `keys that are still in use are not set by hand and not removed`() {
    let scratch = Self.project("KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    for words in [["set", "OLD_KEYS", "--stdin"], ["unset", "OLD_KEYS"]] {
      let outcome = scratch.cfgkit(arguments: words, stdin: Array(Self.strong.utf8))
      #expect(outcome.status == 64 && outcome.stderr.contains("cfgkit rotate-secret KEY"))
    }
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--retire", "--grace", "0").status == 0)
    #expect(scratch.read(".env")?.contains("OLD_KEYS") == false)
  }

  @Test func `a key that was compromised does not come back by hand`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--compromised", "--yes").status == 0)
    let back = scratch.cfgkit("set", "KEY", "--stdin", stdin: Self.strong)
    #expect(back.status == 1 && back.stderr.contains("must not come back"), "\(back.everything)")
    #expect(scratch.cfgkit("set", "KEY", "--stdin", stdin: Self.other).status == 0)
  }

  // MARK: Every flag

  @Test func `a word of every flag is in the help`() {
    let help = Self.project().cfgkit("rotate-secret", "--help").stdout
    for flag in [
      "--due", "--all", "--prepare", "--promote", "--retire", "--abort", "--resume", "--compromised",
      "--status",
      "--check", "--drop-previous", "--keep-previous", "--grace", "--stdin", "--dry-run", "--yes",
    ] {
      #expect(help.contains(flag))
    }
  }

  @Test func `all takes every key that rotates in one write, and nothing if one of them is refused`() {
    let scratch = Self.project("KEY=\(Self.strong)\nTOKEN=\(Self.other)\n")
    let outcome = scratch.cfgkit("rotate-secret", "--all")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(scratch.value("OLD_KEYS") == Self.strong)
    #expect(scratch.value("OLD_TOKENS") == Self.other)
    let operations = Set(scratch.read(".env")!.matches(of: #/ op=([0-9a-f]{16}) /#).map(\.output.1))
    #expect(operations.count == 1)

    let weak = Self.project("KEY=\(Self.strong)\nTOKEN=changeme\n")
    let before = weak.snapshot
    #expect(weak.cfgkit("rotate-secret", "--all").status == 64)
    #expect(weak.snapshot == before)
  }

  @Test func `all steps go with all keys`() {
    let scratch = Self.project("KEY=\(Self.strong)\nTOKEN=\(Self.other)\n")
    #expect(scratch.cfgkit("rotate-secret", "--all", "--prepare").status == 0)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "TOKEN", "--promote").status == 0)
    #expect(scratch.cfgkit("rotate-secret", "--all", "--retire", "--grace", "0").status == 0)
    #expect(scratch.value("OLD_KEYS") == nil)
    #expect(scratch.value("OLD_TOKENS") == nil)
  }

  @Test func `abort before promote drops the next key, after it the old key signs again`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--prepare").status == 0)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--abort").status == 0)
    #expect(scratch.value("KEY") == Self.strong)
    #expect(scratch.value("OLD_KEYS") == nil)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--abort").status == 64)
    #expect(scratch.cfgkit("rotate-secret", "KEY").status == 0)
    let fresh = scratch.value("KEY")
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--abort").status == 0)
    #expect(scratch.value("KEY") == Self.strong)
    #expect(scratch.value("OLD_KEYS") == fresh)
  }

  @Test func `resume goes on with whatever was begun`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--resume").stdout.hasPrefix("nothing to do"))
    _ = scratch.cfgkit("rotate-secret", "KEY", "--prepare")
    let next = scratch.value("OLD_KEYS")
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--resume").status == 0)
    #expect(scratch.value("KEY") == next)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--resume").stdout.hasPrefix("nothing to do"))
  }

  @Test func `with a standing next key every rotation signs with a key that was published before`() throws {
    let schema = Self.schema.replacing("fallback=OLD_KEYS", with: "fallback=OLD_KEYS standing-next")
    let scratch = Self.project(schema: schema)
    #expect(scratch.cfgkit("rotate-secret", "KEY").status == 0)
    for expected in 0..<2 {
      let list = try #require(scratch.value("OLD_KEYS")).split(separator: ",")
      let standing = String(try #require(list.last))
      if expected == 1 { age(scratch) }
      let outcome = scratch.cfgkit("rotate-secret", "KEY")
      #expect(outcome.status == 0, "\(outcome.everything)")
      #expect(scratch.value("KEY") == standing)
      #expect(!outcome.stderr.contains("should restart together"))
    }
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--prepare").stdout.contains("prepared already"))
  }

  /// Puts the dates of previous keys into the past.
  private func age(_ scratch: Scratch) {
    let env = scratch.read(".env")!.replacing(#/@2[0-9]{3}-/#, with: "@2020-")
    scratch.write(".env", env.replacing(#/rotated=2[0-9]{3}-/#, with: "rotated=2020-"))
  }

  @Test func `status names the phase, the dates and the next step, as text and as JSON`() throws {
    let scratch = Self.project("KEY=\(Self.strong)\nTOKEN=\(Self.other)\n")
    func row(_ key: String) -> String {
      let lines = scratch.cfgkit("rotate-secret", "--status").stdout.split(separator: "\n")
      return lines.dropFirst().first { $0.hasPrefix(key) }.map(String.init) ?? ""
    }
    #expect(row("KEY").contains("steady") && row("KEY").hasSuffix("-"))
    _ = scratch.cfgkit("rotate-secret", "KEY", "--prepare")
    #expect(row("KEY").contains("staged") && row("KEY").hasSuffix("--promote"))
    _ = scratch.cfgkit("rotate-secret", "KEY", "--promote")
    #expect(row("KEY").contains("grace") && row("KEY").contains("--retire from 20"))
    age(scratch)
    #expect(row("KEY").hasSuffix("--retire"))
    let json = scratch.cfgkit("rotate-secret", "KEY", "--status", "--format", "json").stdout
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let keys = try #require(object?["keys"] as? [[String: Any]])
    #expect(keys.first?["nextStep"] as? String == "retire")
    #expect(keys.first?["phase"] as? String == "grace")
    for secret in [Self.strong, Self.other] { #expect(!json.contains(secret)) }
  }

  @Test func `check finds a previous key past its date, and a next key that was forgotten`() {
    let scratch = Self.project()
    _ = scratch.cfgkit("rotate-secret", "KEY")
    #expect(scratch.cfgkit("rotate-secret", "--check").status == 0)
    scratch.write(".env", scratch.read(".env")!.replacing(#/@2[0-9]{3}-/#, with: "@2020-"))
    let late = scratch.cfgkit("rotate-secret", "--check")
    #expect(late.status == 1)
    #expect(late.stdout.contains("fix: cfgkit rotate-secret KEY --retire"))

    let forgotten = Self.project()
    _ = forgotten.cfgkit("rotate-secret", "KEY", "--prepare")
    forgotten.write(".env", forgotten.read(".env")!.replacing(#/@2[0-9]{3}-/#, with: "@2020-"))
    let outcome = forgotten.cfgkit("rotate-secret", "--check")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("fix: cfgkit rotate-secret KEY --promote"))
  }

  @Test func `a shorter grace is written down, and asked for at retire counts from the same restart`() {
    let scratch = Self.project()
    _ = scratch.cfgkit("rotate-secret", "KEY", "--grace", "1h")
    let days = scratch.read(".env")!.matches(of: #/@(20[0-9-]{8})T/#).map(\.output.1)
    #expect(days.count == 1)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--retire").status == 75)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--status", "--grace", "1h").status == 64)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--retire", "--grace", "0").status == 0)
  }

  @Test func `keep-previous says aloud what happens anyway, and is refused where nothing can be kept`() {
    let scratch = Self.project()
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--keep-previous").status == 0)
    #expect(scratch.value("OLD_KEYS") == Self.strong)
    let alone = Self.project(schema: Self.schema.replacing(" fallback=OLD_KEYS", with: ""))
    #expect(alone.cfgkit("rotate-secret", "KEY", "--keep-previous").status == 64)
    #expect(alone.value("KEY") == Self.strong)
  }

  @Test func `notes are said before the file is written, and a dry run says them too`() throws {
    let scratch = Scratch()
    _ = scratch.cfgkit("init", "flask")
    let plan = scratch.cfgkit("rotate-secret", "SECRET_KEY", "--dry-run")
    let real = scratch.cfgkit("rotate-secret", "SECRET_KEY")
    #expect(plan.stderr == real.stderr)
    #expect(real.stderr.contains("note: a Flask-WTF form"))
    let link = Scratch()
    _ = link.cfgkit("init", "flask")
    link.write(".env.cfgkit-x", "")
    let refused = link.cfgkit("rotate-secret", "SECRET_KEY", "--retire")
    #expect(!refused.stderr.contains("note:"))
  }

  // MARK: Hands that edit the file

  @Test(arguments: [
    ("# cfgkit: rotated=yesterday", "rotated"), ("# cfgkit: rotated=2026-01-01 phase=gone", "phase"),
    ("# cfgkit: rotated=2026-01-01 gen=1 gen=2", "gen"),
    ("# cfgkit: rotated=2026-01-01 current=AAAAAAAAAAA", "salt"),
    ("# cfgkit: rotated=2026-01-01\n# cfgkit: rotated=2026-01-01", "a second one"),
    ("# cfgkit: rotated=2026-01-01 x=" + String(repeating: "y", count: 1_000), "line"),
  ]) func `a damaged line is named with its place by every verb, and taking it out repairs the ring`(
    line: String, part: String
  ) {
    let scratch = Self.project("\(line)\nKEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    let before = scratch.snapshot
    for flags in [[], ["--prepare"], ["--retire"], ["--abort"], ["--status"], ["--check"], ["--due"]] {
      let keys = flags == ["--due"] ? [] : ["KEY"]
      let outcome = scratch.cfgkit(arguments: ["rotate-secret"] + keys + flags)
      #expect(outcome.status == 65, "\(flags): \(outcome.everything)")
      #expect(
        outcome.stderr.contains(".env:1: the cfgkit line above KEY is damaged (\(part)); delete that line"))
    }
    let report = scratch.cfgkit("validate")
    #expect(report.status == 1)
    #expect(report.everything.contains(".env:1:1: error: the cfgkit line above KEY is damaged"))
    #expect(report.everything.contains("[managed-line]"))
    #expect(scratch.snapshot == before)

    scratch.write(".env", "KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    #expect(scratch.cfgkit("validate").everything.contains("[rotation-drift]"))
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--resume").status == 0)
    #expect(!scratch.cfgkit("validate").everything.contains("rotation-drift"))
    #expect(scratch.value("OLD_KEYS") == Self.other)
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--retire").status == 75)
  }

  @Test func `a key that was set by hand since is current, and its list gets fresh dates`() {
    let scratch = Self.project()
    _ = scratch.cfgkit("rotate-secret", "KEY")
    let issued = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
    let fresh = scratch.value("KEY")!
    scratch.write(".env", scratch.read(".env")!.replacing("\nKEY=\(fresh)", with: "\nKEY=\(issued)"))
    let check = scratch.cfgkit("rotate-secret", "--check")
    #expect(check.status == 1)
    #expect(check.stdout.contains("[rotation-drift]"))
    #expect(check.stdout.contains("fix: cfgkit rotate-secret KEY --resume"))
    #expect(scratch.cfgkit("rotate-secret", "KEY", "--resume").status == 0)
    #expect(scratch.value("KEY") == issued)
    #expect(scratch.value("OLD_KEYS") == Self.strong)
    #expect(scratch.cfgkit("rotate-secret", "--check").status == 0)
  }

  @Test func `a clock behind the dates that are written down is 75`() {
    let scratch = Self.project()
    _ = scratch.cfgkit("rotate-secret", "KEY")
    scratch.write(".env", scratch.read(".env")!.replacing(#/rotated=2[0-9]{3}-/#, with: "rotated=2999-"))
    let outcome = scratch.cfgkit("rotate-secret", "KEY", "--retire", "--grace", "0")
    #expect(outcome.status == 75)
    #expect(outcome.stderr.contains("set the clock"))
  }

  // MARK: Layers that would hide the change

  @Test(arguments: ["KEY", "OLD_KEYS"])
  func `an environment with another value is refused and named, with the same value it is a note`(
    name: String
  ) {
    let scratch = Self.project("KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    let before = scratch.snapshot
    let issued = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
    for flags in [[], ["--prepare"], ["--drop-previous"], ["--compromised", "--yes"]] {
      let outcome = scratch.cfgkit(
        arguments: ["rotate-secret", "KEY"] + flags, environment: [name: issued])
      #expect(outcome.status == 1, "\(flags)")
      #expect(outcome.stderr.contains("the environment holds another \(name) and wins"))
      #expect(!outcome.everything.contains(issued))
    }
    #expect(scratch.snapshot == before)
    let same = scratch.cfgkit(
      "rotate-secret", "KEY", environment: [name: scratch.value(name)!])
    #expect(same.status == 0)
    #expect(same.stderr.contains("unset it there"))
  }

  @Test func `an environment that holds a list where the file has none is refused`() {
    let scratch = Self.project()
    let outcome = scratch.cfgkit("rotate-secret", "KEY", environment: ["OLD_KEYS": Self.other])
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("OLD_KEYS"))
  }

  @Test(arguments: ["KEY", "OLD_KEYS"])
  func `a local file with another value is refused, whether cfgkit reads it or only a framework does`(
    name: String
  ) {
    let scratch = Self.project("KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    let issued = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
    scratch.write(".env.local", "\(name)=\(issued)\n")
    let before = scratch.snapshot
    let unread = scratch.cfgkit("rotate-secret", "KEY")
    #expect(unread.status == 1)
    #expect(unread.stderr.contains(".env.local holds another \(name)"))
    #expect(unread.stderr.contains("--file .env"))
    #expect(scratch.snapshot == before)
    let named = scratch.cfgkit("rotate-secret", "KEY", "--file", ".env")
    #expect(named.status == 0, "\(named.everything)")
  }

  @Test func `a local list that cfgkit reads hides the list beside the key`() {
    let scratch = Self.project("KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    scratch.write(".env.local", "OLD_KEYS=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17\n")
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("rotate-secret", "KEY", "--env", "development")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains(".env.local holds another OLD_KEYS and wins"))
    #expect(scratch.snapshot == before)
  }

  @Test func `a key that a local file overrides is not given a list there that hides the one below`() {
    let scratch = Self.project("KEY=\(Self.strong)\nOLD_KEYS=\(Self.other)\n")
    scratch.write(".env.local", "KEY=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17\n")
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("rotate-secret", "KEY", "--env", "development")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("KEY is in .env.local and its OLD_KEYS in .env"))
    #expect(scratch.snapshot == before)
  }

  @Test func `a key that stands twice is refused with the way out`() {
    let scratch = Self.project("KEY=\(Self.other)\nKEY=\(Self.strong)\n")
    let outcome = scratch.cfgkit("rotate-secret", "KEY")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("sets KEY 2 times"))
  }

  @Test func `keys of two files are not rotated in one go`() {
    let scratch = Self.project()
    scratch.write(".env.local", "TOKEN=\(Self.other)\n")
    let before = scratch.snapshot
    #expect(scratch.cfgkit("rotate-secret", "KEY", "TOKEN", "--env", "development").status == 64)
    #expect(scratch.snapshot == before)
  }
}
