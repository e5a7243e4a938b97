import Foundation
import Testing

@Suite struct ValueTests {
  static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # ---

    # @type=enum(a, b)
    MODE=a

    # @optional @type=port
    PORT=

    # @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32
    SECRET_KEY=

    """
  static let secret = "3f9c1a7e5b2d8f604c1e9a7b3d5f8e2c6a0b4d8f1e3c5a79"
  static let files = [".env.schema": schema, ".env": "MODE=b\nSECRET_KEY=\(secret)\n"]

  @Test func getPrintsTheValueAndALineEnd() {
    let scratch = Scratch(Self.files)
    #expect(scratch.cfgkit("get", "MODE").stdout == "b\n")
    #expect(scratch.cfgkit("get", "MODE", environment: ["MODE": "a"]).stdout == "a\n")
    #expect(
      scratch.cfgkit("get", "MODE", "--format", "json").stdout
        == "{\"schemaVersion\":1,\"key\":\"MODE\",\"value\":\"b\"}\n")
  }

  @Test func getOfASecretNeedsReveal() {
    let scratch = Scratch(Self.files)
    let refused = scratch.cfgkit("get", "SECRET_KEY")
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("--reveal"))
    #expect(refused.stdout.isEmpty)
    #expect(scratch.cfgkit("get", "SECRET_KEY", "--reveal").stdout == Self.secret + "\n")
  }

  @Test func getOfAnUnsetKeyIs66AndOfAnInvalidOne1() {
    let scratch = Scratch(Self.files)
    #expect(scratch.cfgkit("get", "PORT").status == 66)
    #expect(scratch.cfgkit("get", "NOT_A_KEY").status == 66)
    let invalid = scratch.cfgkit("get", "MODE", environment: ["MODE": "zebra"])
    #expect(invalid.status == 1)
    #expect(invalid.stdout.isEmpty)
    #expect(!invalid.stderr.contains("zebra"))
  }

  @Test func setChangesOnlyTheValuesBytes() {
    let env = "# top\n\nexport MODE='b'   # why\nSECRET_KEY=\(Self.secret)\n\n# end"
    let scratch = Scratch([".env.schema": Self.schema, ".env": env])
    #expect(scratch.cfgkit("set", "MODE", "a").status == 0)
    #expect(scratch.read(".env") == env.replacingOccurrences(of: "'b'", with: "a"))
  }

  @Test func aNewKeyGoesBesideItsNeighbours() {
    let scratch = Scratch(Self.files)
    #expect(scratch.cfgkit("set", "PORT", "8080").status == 0)
    #expect(scratch.read(".env") == "MODE=b\nPORT=8080\nSECRET_KEY=\(Self.secret)\n")
  }

  @Test func anInvalidValueChangesNothing() {
    let scratch = Scratch(Self.files)
    let before = scratch.snapshot
    for (key, value) in [("MODE", "zebra"), ("PORT", "0x50")] {
      let outcome = scratch.cfgkit("set", key, value)
      #expect(outcome.status == 1, "\(outcome.everything)")
      #expect(!outcome.everything.contains(value))
    }
    let weak = scratch.cfgkit("set", "SECRET_KEY", "--stdin", stdin: "hunter2hunter2hunter2hunter2hunter2\n")
    #expect(weak.status == 1)
    #expect(!weak.everything.contains("hunter2"))
    let hidden = scratch.cfgkit("set", "MODE", "zebra", environment: ["MODE": "a"])
    #expect(hidden.status == 1)
    #expect(scratch.snapshot == before)
  }

  @Test func aSecretComesFromStdinOrAFileAndNeverFromAnArgument() {
    let scratch = Scratch([".env.schema": Self.schema, ".env": "MODE=b\nSECRET_KEY=\n"])
    let refused = scratch.cfgkit("set", "SECRET_KEY", Self.secret)
    #expect(refused.status == 64)
    #expect(!refused.everything.contains(Self.secret))
    let stdin = scratch.cfgkit("set", "SECRET_KEY", "--stdin", stdin: Self.secret + "\n")
    #expect(stdin.status == 0, "\(stdin.everything)")
    #expect(!stdin.everything.contains(Self.secret))
    #expect(scratch.value("SECRET_KEY") == Self.secret)
    let other = String(Self.secret.reversed())
    scratch.write("key.txt", other)
    #expect(scratch.cfgkit("set", "SECRET_KEY", "--value-file", "key.txt").status == 0)
    #expect(scratch.value("SECRET_KEY") == other)
    #expect(scratch.cfgkit("set", "SECRET_KEY").status == 64)
    #expect(scratch.cfgkit("set", "MODE", "a", "--stdin").status == 64)
  }

  @Test func aHiddenPromptTakesASecretAndShowsNothing() {
    let scratch = Scratch([".env.schema": Self.schema, ".env": "MODE=b\nSECRET_KEY=\n"])
    let run = PseudoTerminal(["set", "SECRET_KEY"], in: scratch)
    #expect(run.shows("SECRET_KEY: "))
    #expect(run.hidesWhatIsTyped())
    run.type(Self.secret + "\n")
    #expect(run.finish() == 0)
    #expect(!run.screen.contains(Self.secret))
    #expect(scratch.value("SECRET_KEY") == Self.secret)
  }

  @Test(arguments: [(SIGINT, Int32(2)), (SIGTERM, Int32(128 + SIGTERM)), (SIGHUP, Int32(128 + SIGHUP))])
  func aSignalAtThePromptSetsTheTerminalBackAndChangesNothing(signal: Int32, code: Int32) {
    let scratch = Scratch([".env.schema": Self.schema, ".env": "MODE=b\nSECRET_KEY=\n"])
    let before = scratch.snapshot
    let run = PseudoTerminal(["set", "SECRET_KEY"], in: scratch)
    #expect(run.shows("SECRET_KEY: "))
    #expect(run.hidesWhatIsTyped())
    if signal == SIGINT { run.type("abc\u{3}") } else { run.send(signal) }
    #expect(run.finish() == code)
    #expect(run.echoes)
    #expect(scratch.snapshot == before)
  }

  @Test func withNoInputNothingIsAsked() {
    let scratch = Scratch(Self.files)
    let run = PseudoTerminal(["set", "SECRET_KEY", "--no-input"], in: scratch)
    #expect(run.finish() == 64)
    #expect(run.screen.contains("--stdin"))
  }

  @Test func unsetTakesAllLinesAndLeavesComments() {
    let scratch = Scratch([".env": "# one\nA=1\nB=2\n# two\nA=3\n"])
    let outcome = scratch.cfgkit("unset", "A")
    #expect(outcome.status == 0)
    #expect(scratch.read(".env") == "# one\nB=2\n# two\n")
    #expect(scratch.cfgkit("unset", "A").status == 66)
  }

  @Test func setWithoutASchemaAppends() {
    let scratch = Scratch([".env": "A=1"])
    #expect(scratch.cfgkit("set", "B", "two words").status == 0)
    #expect(scratch.read(".env") == "A=1\nB='two words'\n")
  }

  @Test func setSaysWhenAnotherLayerWins() {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("set", "MODE", "a", environment: ["MODE": "b"])
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("environment"))
  }

  @Test func managedKeysAreNotSetByHand() {
    let scratch = Scratch([
      ".env.schema": "# @optional @sensitive # cfgkit: managed\nOLD_KEYS=\n", ".env": "",
    ])
    #expect(scratch.cfgkit("set", "OLD_KEYS", "--stdin", stdin: "x").status == 64)
  }

  @Test(arguments: ["env", "shell", "json", "yaml", "docker"])
  func everyFormatOfExportIsReadBackByItsReader(format: String) throws {
    let values = [
      "A": "plain", "B": "two words", "C": "it's \"q\" $HOME `x` \\n #h", "D": "", "E": " edge ",
      "F": format == "docker" ? "é日本" : "line\nbreak\tand é日本",
    ]
    let scratch = Scratch([".env": ""])
    for (key, value) in values {
      #expect(scratch.cfgkit("set", key, "--stdin", stdin: value + "\n").status == 0)
    }
    let outcome = scratch.cfgkit("export", "--format", format)
    #expect(outcome.status == 0, "\(outcome.stderr)")
    scratch.write("out", outcome.stdout)
    let reader =
      switch format {
      case "shell": "set -a; . ./out; env -0"
      case "json", "yaml":
        "python3 -c 'import json,sys\nt=open(\"out\").read()\nd=json.loads(t) if t[0]==\"{\" else {json.loads(l.split(\": \",1)[0]): json.loads(l.split(\": \",1)[1]) for l in t.splitlines()}\nsys.stdout.write(\"\".join(k+\"=\"+v+chr(0) for k,v in d.items()))'"
      case "docker": "tr '\\n' '\\0' < out"
      default: "\(binary) run -f out -- env -0"
      }
    let read = scratch.shell(reader)
    let found = Dictionary(
      read.split(separator: "\0").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), String(parts[1]))
      }
    ) { first, _ in first }
    for (key, value) in values { #expect(found[key] == value, "\(key) in \(format)") }
  }

  @Test func exportKeepsToWhatIsAskedFor() {
    let scratch = Scratch(Self.files)
    let environment = ["MODE": "a"]
    #expect(scratch.cfgkit("export", "--only", "MO*", environment: environment).stdout == "MODE=a\n")
    #expect(
      scratch.cfgkit("export", "--only", "MO*", "--no-environment", environment: environment).stdout
        == "MODE=b\n")
    scratch.write(".env", "SECRET_KEY=\(Self.secret)\n")
    #expect(scratch.cfgkit("export", "--only", "MODE").stdout == "MODE=a\n")
    #expect(scratch.cfgkit("export", "--only", "MODE", "--no-schema").stdout == "")
  }

  @Test func exportToAScreenNeedsReveal() {
    let scratch = Scratch(Self.files)
    let refused = PseudoTerminal(["export"], in: scratch)
    #expect(refused.finish() == 64)
    #expect(!refused.screen.contains(Self.secret))
    let shown = PseudoTerminal(["export", "--reveal"], in: scratch)
    #expect(shown.finish() == 0)
    #expect(shown.screen.contains(Self.secret))
  }

  @Test func dockerRefusesALineBreak() {
    let scratch = Scratch([".env": "A='one\ntwo'\n"])
    let outcome = scratch.cfgkit("export", "--format", "docker")
    #expect(outcome.status == 65)
    #expect(outcome.stdout.isEmpty)
  }

  @Test func kubernetesGetsASecretAndAConfigMap() throws {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("export", "--format", "k8s")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("kind: ConfigMap"))
    #expect(outcome.stdout.contains("  \"MODE\": \"b\"\n"))
    let encoded = Data(Self.secret.utf8).base64EncodedString()
    #expect(outcome.stdout.contains("kind: Secret"))
    #expect(outcome.stdout.contains("  \"SECRET_KEY\": \(encoded)\n"))
  }

  @Test func diffNamesKeysAndNoValues() {
    let scratch = Scratch([
      ".env": "A=1\nB=2\nSAME=x\nAPI_TOKEN=\(Self.secret)\n",
      "other.env": "B=3\nC=4\nSAME=x\nAPI_TOKEN=\(Self.secret)\n",
    ])
    let outcome = scratch.cfgkit("diff", "other.env")
    #expect(outcome.status == 1)
    #expect(
      outcome.stdout == """
        only in other.env    C
        only in .env         A
        same secret in both  API_TOKEN
        different            B
        same                 SAME

        """)
    scratch.write("other.env", "A=1\nB=3\nSAME=y\nAPI_TOKEN=other\n")
    #expect(scratch.cfgkit("diff", "other.env", ".env").status == 0)
    #expect(scratch.cfgkit("diff", "nowhere.env").status == 66)
  }

  @Test func listNamesKeysAndNoValues() {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("list", environment: ["MODE": "a"])
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout == """
        KEY         TYPE           REQUIRED  SET BY       STATUS
        MODE        enum           yes       environment  ok (hides .env:1)
        PORT        port           no        -            not set
        SECRET_KEY  string secret  yes       .env:2       ok

        """)
  }

  @Test func explainShowsEveryLayer() {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("explain", "MODE", environment: ["MODE": "a"])
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout == """
        MODE  one of a b, required    .env.schema:5
          environment    set  used
          .env:1         set  hidden by the environment
          .env.schema:5  set  hidden by the environment

        """)
    #expect(scratch.cfgkit("explain", "NOT_THERE").status == 66)
    #expect(!scratch.cfgkit("explain", "SECRET_KEY").everything.contains(Self.secret))
  }
}

extension Scratch {
  /// What a shell command in this folder writes to stdout.
  func shell(_ command: String) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let pipe = Pipe()
    process.standardOutput = pipe
    try? process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test func setChangesTheLastOfTwoAndSaysSo() {
    let scratch = Scratch([".env": "A=1\nA=2\n"])
    let outcome = scratch.cfgkit("set", "A", "9")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("A stands 2 times"))
    #expect(scratch.read(".env") == "A=1\nA=9\n")
  }

  @Test func unsetTakesAlongWhatCfgkitIsToldOfTheKey() {
    let files = [".env": "# mine\n# cfgkit: ignore=bool-spelling -- read by a script\nA=False\n\nB=x\n"]
    let scratch = Scratch(files)
    #expect(scratch.cfgkit("unset", "A").status == 0)
    #expect(scratch.read(".env") == "# mine\n\nB=x\n")
  }

  @Test func unsetOfAKeyThatAnotherOneNeedsIsRefused() {
    let scratch = Scratch([".env": "X=1\nA=${X}\nB=${X:-2}\n"])
    let outcome = scratch.cfgkit("unset", "X")
    #expect(outcome.status == 65)
    #expect(outcome.stderr.contains("A on line 2 refers to X"))
    #expect(scratch.read(".env") == "X=1\nA=${X}\nB=${X:-2}\n")
  }
}
