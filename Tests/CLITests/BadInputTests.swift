import Foundation
import Testing

/// A broken project, and what each kind of verb makes of it.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let prepare: @Sendable (Scratch) -> Void
  /// The exit codes of validate, run, set, export.
  let codes: (validate: Int32, run: Int32, set: Int32, export: Int32)
  /// What validate says, on either stream.
  let says: String
  var asNobody = false

  var testDescription: String { name }
}

@Suite struct BadInputTests {
  static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # ---

    # @type=enum(a, b)
    MODE=a

    # @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32
    SECRET_KEY=

    """
  static let secret = "3f9c1a7e5b2d8f604c1e9a7b3d5f8e2c6a0b4d8f1e3c5a79"
  static let good = "MODE=a\nSECRET_KEY=\(secret)\n"

  static func file(
    _ name: String, _ bytes: [UInt8], _ codes: (Int32, Int32, Int32, Int32), says: String
  ) -> BadInput {
    BadInput(
      name: name, prepare: { $0.write(".env", bytes: bytes) },
      codes: (codes.0, codes.1, codes.2, codes.3), says: says)
  }

  static let inputs: [BadInput] = [
    BadInput(name: "no .env", prepare: { _ in }, codes: (1, 125, 0, 0), says: "cfgkit"),
    BadInput(
      name: ".env is a folder", prepare: { mkdir($0.path + "/.env", 0o755) }, codes: (65, 125, 65, 65),
      says: ".env"),
    BadInput(
      name: ".env is a FIFO", prepare: { mkfifo($0.path + "/.env", 0o600) }, codes: (65, 125, 65, 65),
      says: ".env"),
    file(
      "100 MB", Array(repeating: UInt8(ascii: "A"), count: 100 << 20), (65, 125, 65, 65), says: ".env"),
    file(
      "binary", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0xFF, 0xFE], (65, 125, 65, 65), says: "[nul-byte]"),
    file(
      "UTF-16", [0xFF, 0xFE] + good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, (65, 125, 65, 65),
      says: "[utf16]"),
    file("NUL", Array("\(good)A=b\0c\n".utf8), (65, 125, 65, 65), says: "[nul-byte]"),
    file(
      "invalid UTF-8", Array(good.utf8) + [0x41, 0x3D, 0xC3, 0x28, 0x0A], (65, 125, 65, 65),
      says: "[invalid-utf8]"),
    file(
      "unterminated quote", Array("\(good)OPEN=\"abc\nX=1\n".utf8), (1, 125, 65, 65), says: ".env:3:6: error:"
    ),
    file("missing =", Array("\(good)JUST_A_WORD\n".utf8), (1, 125, 0, 65), says: ".env:3:12: error:"),
    file(
      "empty secret", Array("MODE=a\nSECRET_KEY=\n".utf8), (1, 125, 0, 0), says: "[missing-required]"),
    file(
      "placeholder secret", Array("MODE=a\nSECRET_KEY=your-secret-key-here-minimal-32-characters\n".utf8),
      (1, 125, 0, 0), says: ".env:2:1: error: SECRET_KEY"),
    BadInput(
      name: "unknown decorator",
      prepare: {
        $0.write(".env", good)
        $0.write(".env.schema", schema + "\n# @requierd\nX=1\n")
      }, codes: (78, 125, 0, 0), says: "did you mean"),
    BadInput(
      name: "unknown type",
      prepare: {
        $0.write(".env", good)
        $0.write(".env.schema", schema + "\n# @type=strng\nX=1\n")
      }, codes: (78, 125, 0, 0), says: ".env.schema:10:"),
    BadInput(
      name: "unknown pragma",
      prepare: {
        $0.write(".env", good)
        $0.write(".env.schema", schema + "\n# @type=string # cfgkit: strenght=128\nX=1\n")
      }, codes: (78, 125, 0, 0), says: "[schema-invalid]"),
    BadInput(
      name: "schema is a folder",
      prepare: {
        unlink($0.path + "/.env.schema")
        mkdir($0.path + "/.env.schema", 0o755)
        $0.write(".env", good)
      }, codes: (65, 125, 65, 65), says: ".env.schema"),
    BadInput(
      name: "unreadable",
      prepare: {
        $0.write(".env", good)
        chmod($0.path + "/.env", 0)
      }, codes: (77, 125, 77, 77), says: ".env", asNobody: true),
    BadInput(
      name: "read-only folder",
      prepare: {
        $0.write(".env", good)
        chmod($0.path + "/.env", 0o644)
        chmod($0.path, 0o555)
      }, codes: (0, 0, 77, 0), says: "[file-mode]", asNobody: true),
  ]

  /// A file that is no `.env` at all, or whose rest is behind an unclosed quote, answers no question with "nothing".
  @Test(arguments: inputs.filter { !$0.asNobody && $0.codes.validate == 65 && $0.codes.set == 65 })
  func noVerbTakesAFileThatIsNoneForAnEmptyOne(input: BadInput) {
    let scratch = Scratch([".env.schema": Self.schema])
    input.prepare(scratch)
    for arguments in [
      ["list"], ["list", "--format", "json"], ["get", "OTHER"], ["explain", "OTHER"], ["fmt", "--check"],
      ["rotate-secret", "--check"], ["rotate-secret", "--status"], ["rotate-secret", "OTHER"],
      ["rotate-secret", "SECRET_KEY", "--drop-previous"], ["unset", "MODE"],
    ] {
      let outcome = scratch.cfgkit(arguments: arguments)
      #expect(outcome.status == 65, "\(arguments): \(outcome.everything)")
      #expect(outcome.everything.contains("error"), "\(outcome.everything)")
    }
  }

  @Test func anUnclosedQuoteIsToldByEveryVerbThatLooks() {
    let scratch = Scratch([".env.schema": Self.schema, ".env": "\(Self.good)OPEN=\"abc\nHIDDEN=1\n"])
    for arguments in [
      ["get", "HIDDEN"], ["explain", "HIDDEN"], ["rotate-secret", "--check"], ["rotate-secret", "--status"],
      ["rotate-secret", "HIDDEN"],
    ] {
      let outcome = scratch.cfgkit(arguments: arguments)
      #expect(outcome.status == 65, "\(arguments): \(outcome.everything)")
      #expect(outcome.stderr.contains("[unterminated-quote]"), "\(outcome.everything)")
    }
    let list = scratch.cfgkit("list")
    #expect(list.status == 0)
    #expect(list.stderr.contains("note: .env has errors"), "\(list.everything)")
  }

  static let isRoot = geteuid() == 0

  @Test(arguments: inputs.filter { !$0.asNobody || isRoot })
  func everyVerbSaysWhatIsWrongAndLosesNothing(input: BadInput) {
    let scratch = Scratch([".env.schema": Self.schema])
    defer { chmod(scratch.path, 0o755) }
    chmod(scratch.path, 0o755)
    chmod(scratch.path + "/.env.schema", 0o644)
    input.prepare(scratch)
    let before = scratch.snapshot

    let validate = scratch.cfgkit("validate", asNobody: input.asNobody)
    #expect(validate.status == input.codes.validate, "\(validate.everything)")
    #expect(validate.everything.contains(input.says), "\(validate.everything)")
    #expect(!validate.everything.contains(Self.secret))
    #expect(scratch.snapshot == before)

    let run = scratch.cfgkit("run", "--", "true", asNobody: input.asNobody)
    #expect(run.status == input.codes.run, "\(run.everything)")
    #expect(scratch.snapshot == before)

    for (format, code) in [("env", input.codes.export), ("json", input.codes.export)] {
      let export = scratch.cfgkit("export", "--format", format, asNobody: input.asNobody)
      #expect(export.status == code, "\(export.stderr)")
      #expect(code == 0 || !export.stdout.contains("MODE"))
    }
    let list = scratch.cfgkit("list", asNobody: input.asNobody)
    #expect(!list.everything.contains(Self.secret))
    #expect(scratch.snapshot == before)

    let set = scratch.cfgkit("set", "MODE", "b", asNobody: input.asNobody)
    #expect(set.status == input.codes.set, "\(set.everything)")
    if input.codes.set != 0 {
      #expect(scratch.snapshot == before)
      #expect(set.stderr.contains("error: "))
    } else {
      #expect(scratch.value("MODE") == "b")
    }
  }

  @Test func aNamedFileThatIsNotThereIs66() {
    let scratch = Scratch([".env.schema": Self.schema])
    for arguments in [["validate", "-f", "nowhere.env"], ["validate", "--schema", "nowhere.schema"]] {
      let outcome = scratch.cfgkit(arguments: arguments)
      #expect(outcome.status == 66)
      #expect(outcome.stderr.contains("nowhere"))
    }
  }

  @Test func crlfAndBOMAreRead() throws {
    let scratch = Scratch([".env.schema": Self.schema])
    scratch.write(".env", bytes: [0xEF, 0xBB, 0xBF] + Array("MODE=b\r\nSECRET_KEY=\(Self.secret)\r\n".utf8))
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.cfgkit("get", "MODE").stdout == "b\n")
    #expect(scratch.cfgkit("set", "MODE", "a").status == 0)
    #expect(scratch.read(".env") == "\u{FEFF}MODE=a\r\nSECRET_KEY=\(Self.secret)\r\n")
  }

  @Test func anUnknownKeyWarnsAndANearOneIsAnError() {
    let scratch = Scratch([".env.schema": Self.schema, ".env": Self.good + "OTHER_THING=1\n"])
    let far = scratch.cfgkit("validate")
    #expect(far.status == 0)
    #expect(far.stdout.contains(".env:3:1: warning:"))
    scratch.write(".env", Self.good + "SECRECT_KEY=1\n")
    let near = scratch.cfgkit("validate")
    #expect(near.status == 1)
    #expect(near.stdout.contains("SECRECT_KEY is not in .env.schema; did you mean SECRET_KEY? [unknown-key]"))
  }

  @Test func aPastedSecretThatIsNoEntryIsNeverShown() {
    let scratch = Scratch([
      ".env.schema": Self.schema, ".env": Self.good + "sk_live_4eC39HqLyjWDarjtT1zdp7dc\n",
    ])
    for format in ["text", "json", "sarif", "github", "junit"] {
      let outcome = scratch.cfgkit("validate", "--format", format)
      #expect(outcome.status == 1)
      #expect(!outcome.everything.contains("4eC39HqLyjWDarjtT1zdp7dc"))
    }
    scratch.write(".env", Self.good + "sk_live_4eC39HqLyjWDarjtT1zdp7dc=\n")
    let outcome = scratch.cfgkit("validate")
    #expect(!outcome.everything.contains("4eC39HqLyjWDarjtT1zdp7dc"), "\(outcome.everything)")
  }

  @Test func aValueInTheEnvironmentThatHidesTheFileIsReported() {
    let scratch = Scratch([".env.schema": Self.schema, ".env": Self.good])
    let outcome = scratch.cfgkit("validate", environment: ["MODE": "b"])
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("[shadowed]"))
    #expect(scratch.cfgkit("get", "MODE", environment: ["MODE": "b"]).stdout == "b\n")
    let wrong = scratch.cfgkit("validate", environment: ["MODE": "c"])
    #expect(wrong.status == 1)
    #expect(scratch.cfgkit("run", "--", "true", environment: ["SECRET_KEY": "dev"]).status == 125)
  }

  @Test func `a path that somebody wrote is to be checked, and is nothing for init`() {
    let scratch = Scratch(["a": "A=1\n"])
    for words in [["get", "A", "-f", "nope"], ["set", "A", "--value-file", "nope"], ["fmt", "-f", "nope"]] {
      let outcome = scratch.cfgkit(arguments: words)
      #expect(outcome.status == 66 && outcome.stderr.contains("nope does not exist; check the path"))
    }
  }

  @Test(arguments: [
    ["get"], ["explain"], ["validate"], ["unset"], ["rotate-secret"], ["rotate-secret", "--status"],
    ["rotate-secret", "--check"], ["set"], ["history"], ["validate", "SECRET_KEY"],
  ])
  func whatIsTypedAsAKeyAndIsNoNameOfOneIsNotRepeated(verb: [String]) {
    let scratch = Scratch(ValueTests.files)
    let before = scratch.snapshot
    for word in [
      "PASSWORD=hunter2secretx", "hunter2secretx!", "hunter2 secretx", "postgres://u:hunter2secretx@h",
    ] {
      for format in [[], ["--format", "json"]] {
        let outcome = scratch.cfgkit(arguments: verb + [word] + format, stdin: Array("x\n".utf8))
        #expect(outcome.status == 64, "\(verb) \(outcome.everything)")
        #expect(outcome.everything.contains("that is no name of a key"), "\(outcome.everything)")
        #expect(!outcome.everything.contains("hunter2"), "\(outcome.everything)")
        #expect(!outcome.everything.contains("PASSWORD"), "\(outcome.everything)")
      }
    }
    #expect(scratch.snapshot == before)
    #expect(scratch.cfgkit("get", "OTHER.key-1").status == 66)
  }

  @Test func aPromptDoesNotRepeatWhatIsNoNameOfAKey() {
    let scratch = Scratch(ValueTests.files)
    let before = scratch.snapshot
    let terminal = PseudoTerminal(["set", "A=hunter2secretx"], in: scratch)
    #expect(terminal.finish() == 64)
    #expect(!terminal.screen.contains("hunter2"))
    #expect(terminal.screen.contains("that is no name of a key"))
    #expect(scratch.snapshot == before)
  }
}
