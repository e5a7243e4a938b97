import Foundation
import Testing

@Suite struct RunTests {
  static let files = ValueTests.files

  @Test func theCommandGetsEnvironmentThenFilesThenDefaults() {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("run", "--", "env", environment: ["OUTSIDE": "1"])
    #expect(outcome.status == 0)
    let lines = Set(outcome.stdout.split(separator: "\n").map(String.init))
    #expect(lines.isSuperset(of: ["MODE=b", "SECRET_KEY=\(ValueTests.secret)", "OUTSIDE=1"]))
    #expect(!outcome.stdout.contains("PORT"))
    #expect(scratch.cfgkit("run", "printenv", "MODE", environment: ["MODE": "a"]).stdout == "a\n")
    scratch.write(".env", "SECRET_KEY=\(ValueTests.secret)\n")
    #expect(scratch.cfgkit("run", "printenv", "MODE").stdout == "a\n")
  }

  @Test func cfgkitsOwnVariablesStayOut() {
    let scratch = Scratch([".env": "A=1\n"])
    let outcome = scratch.cfgkit(
      "run", "--", "env", environment: ["CFGKIT_ENV": "development", "CFGKIT_X": "1"])
    #expect(!outcome.stdout.contains("CFGKIT_"))
  }

  @Test func cleanStartsFromFiveVariables() {
    let scratch = Scratch([".env": "A=1\n"])
    let outcome = scratch.cfgkit(
      "run", "--clean", "--", "env", environment: ["OUTSIDE": "1", "LANG": "C", "A": "2", "TERM": "dumb"])
    let names = outcome.stdout.split(separator: "\n").map { $0.prefix { $0 != "=" } }.sorted()
    #expect(names == ["A", "HOME", "LANG", "PATH", "TERM"])
    #expect(outcome.stdout.contains("A=2\n"))
  }

  @Test func onlyLimitsWhatIsAdded() {
    let scratch = Scratch([".env": "APP_ONE=1\nAPP_TWO=2\nOTHER=3\n"])
    let outcome = scratch.cfgkit("run", "--only", "APP_*", "--", "env")
    #expect(outcome.stdout.contains("APP_ONE=1"))
    #expect(outcome.stdout.contains("APP_TWO=2"))
    #expect(!outcome.stdout.contains("OTHER"))
  }

  @Test func optionsBehindTheCommandAreTheCommands() {
    let scratch = Scratch([".env": "A=1\n"])
    for arguments in [
      ["run", "printf", "%s|", "-e", "--format", "json", "-C", "x", "--", "--help", ""],
      ["run", "-q", "--only", "A", "printf", "%s|", "-e", "--format", "json", "-C", "x", "--", "--help", ""],
      ["-q", "run", "--", "printf", "%s|", "-e", "--format", "json", "-C", "x", "--", "--help", ""],
    ] {
      let outcome = scratch.cfgkit(arguments: arguments)
      #expect(outcome.stdout == "-e|--format|json|-C|x|--|--help||", "\(arguments) \(outcome.stderr)")
    }
  }

  @Test func theCommandsStatusIsCfgkitsOwn() {
    let scratch = Scratch([".env": "A=1\n"])
    #expect(scratch.cfgkit("run", "--", "sh", "-c", "exit 37").status == 37)
    #expect(scratch.cfgkit("run", "--", "sh", "-c", "kill -TERM $$").status == 128 + SIGTERM)
  }

  @Test func whatCannotBeStartedIs126Or127() {
    let scratch = Scratch([".env": "A=1\n", "plain.txt": "x"])
    #expect(scratch.cfgkit("run", "--", "no-such-command-anywhere").status == 127)
    #expect(scratch.cfgkit("run", "--", "./plain.txt").status == 126)
    #expect(scratch.cfgkit("run", "--", scratch.path).status == 126)
  }

  @Test func itIsTheSameProcessWithItsStdin() {
    let scratch = Scratch([".env": "A=1\n"])
    #expect(scratch.cfgkit("run", "--", "cat", stdin: "through").stdout == "through")
    let outcome = scratch.cfgkit("run", "--", "sh", "-c", "ps -o args= -p $PPID; ulimit -c")
    #expect(!outcome.stdout.contains("cfgkit run"))
  }

  @Test func errorsArePrintedAndNothingIsStarted() {
    let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "SECRET_KEY=changeme\n"])
    let outcome = scratch.cfgkit("run", "--", "touch", "started")
    #expect(outcome.status == 125)
    #expect(outcome.stderr.contains("SECRET_KEY"))
    #expect(outcome.stderr.contains("fix: "))
    #expect(outcome.stderr.contains("not started: "))
    #expect(outcome.stdout.isEmpty)
    #expect(scratch.read("started") == nil)
    let forced = scratch.cfgkit("run", "--no-validate", "--", "touch", "started")
    #expect(forced.status == 0)
    #expect(forced.stderr.contains("SECRET_KEY"))
    #expect(scratch.read("started") != nil)
  }

  @Test func anEmptyArgumentGetsAHintAndIsPassedOn() {
    let scratch = Scratch([".env": "A=1\n"])
    let outcome = scratch.cfgkit("run", "--", "echo", "")
    #expect(outcome.stdout == "\n")
    #expect(
      outcome.stderr == """
        hint: one argument is empty. If you wrote $KEY, your shell expanded it before cfgkit ran;
              try: cfgkit run -- sh -c 'echo "$KEY"'

        """)
  }

  @Test func anInheritedEmptyListOfKeysIsUnset() {
    let scratch = Scratch([
      ".env.schema": "# @optional @sensitive # cfgkit: managed\nOLD_KEYS=\n\n# @optional\nOTHER=\n",
      ".env": "OTHER=\n",
    ])
    let outcome = scratch.cfgkit("run", "--", "env", environment: ["OLD_KEYS": ""])
    #expect(!outcome.stdout.contains("OLD_KEYS"))
    #expect(outcome.stdout.contains("OTHER=\n"))
  }
}

extension RunTests {
  @Test func bytesThatAreNoTextReachTheCommandAsTheyAre() {
    let scratch = Scratch([".env": "A=1\n"])
    let shown = scratch.shell("'\(binary)' run -- printf '%s' \"$(printf 'a\\377b')\" | od -An -tx1")
    #expect(shown == " 61 ff 62\n")
  }

  @Test func outputThatNobodyCanReadIs74() {
    let scratch = Scratch([".env": "A=1\n"])
    #expect(scratch.shell("'\(binary)' list > /dev/full 2>/dev/null; echo $?") == "74\n")
    #expect(scratch.shell("'\(binary)' list >&- 2>/dev/null; echo $?") == "74\n")
  }
}
