import Foundation
import Testing

@Suite struct CommandLineTests {
  static let verbs = [
    "init", "validate", "rotate-secret", "generate", "strength", "list", "explain", "get", "set", "unset",
    "run",
    "export", "diff", "templates", "completions", "rules",
  ]

  @Test func helpNamesEveryVerbOnStdout() {
    let outcome = Scratch().cfgkit("--help")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.isEmpty)
    for verb in Self.verbs { #expect(outcome.stdout.contains("  \(verb) ")) }
  }

  @Test(arguments: verbs) func everyVerbHasHelp(verb: String) {
    let outcome = Scratch().cfgkit(verb, "--help")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("USAGE: cfgkit \(verb)"))
    #expect(outcome.stderr.isEmpty)
  }

  @Test func theVersionIsTheAnswer() {
    let outcome = Scratch().cfgkit("--version")
    #expect(outcome.status == 0)
    #expect(outcome.stdout == "0.1.0\n")
  }

  @Test func theExitCodesCanBeAskedFor() {
    let outcome = Scratch().cfgkit("--exit-codes")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("78    invalid schema or template"))
  }

  @Test(arguments: [
    ["frobnicate"], ["--no-such-flag"], ["validate", "--no-such-flag"], ["get"], ["explain"], ["set"],
    ["run"],
    ["run", "--"], ["init", "no-such-template"], ["templates", "show", "no-such-template"],
    ["completions", "tcsh"],
    ["rules", "no-such-rule"], ["generate", "no-such-kind"], ["generate", "hex:32", "--bytes", "16"],
    ["generate", "--bytes", "many"], ["strength", "--min-bits", "0", "--stdin"],
    ["validate", "--format", "xml"],
    ["validate", "--fail-on", "never"], ["validate", "--phase", "later"],
    ["validate", "--rule", "no-such-rule=off"],
    ["validate", "--rules", "no-such-pack"], ["validate", "NO_SUCH_KEY"], ["--color", "blue", "validate"],
    ["export", "--format", "toml"], ["-f"], ["set", "A", "b", "c"], ["diff"],
  ]) func aWrongCommandLineIs64AndSaysWhereToLook(arguments: [String]) {
    let scratch = Scratch([".env": "A=b\n"])
    let before = scratch.snapshot
    let outcome = scratch.cfgkit(arguments: arguments)
    #expect(outcome.status == 64, "\(outcome.everything)")
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.stderr.hasPrefix("error: "))
    #expect(scratch.snapshot == before)
  }

  @Test func aMisspeltVerbIsGuessed() {
    #expect(Scratch().cfgkit("validat").stderr.contains("did you mean cfgkit validate?"))
  }

  @Test func aFailureWithFormatJSONIsAnObjectOnStdout() throws {
    for arguments in [
      ["get", "NO_SUCH", "--format", "json"], ["--format=json", "frobnicate"],
      ["validate", "--format", "json", "--bad"],
    ] {
      let outcome = Scratch([".env": "A=b\n"]).cfgkit(arguments: arguments)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes)) as? [String: Any], "\(arguments)")
      #expect(object["schemaVersion"] as? Int == 1)
      let error = try #require(object["error"] as? [String: String])
      #expect(error.keys.sorted() == ["code", "message"])
      #expect(outcome.status == (arguments[0] == "get" ? 66 : 64))
      #expect(outcome.stderr.isEmpty)
    }
  }

  @Test(arguments: [
    ["set", "TOKEN", "Zq81nVw0LkT7", "extra"], ["get", "Zq81nVw0LkT7"], ["explain", "Zq81nVw0LkT7"],
    ["validate", "Zq81nVw0LkT7"], ["unset", "Zq81nVw0LkT7"], ["rotate-secret", "SECRET_KEY", "Zq81nVw0LkT7"],
    ["set", "TOKEN", "Zq81nVw0LkT7"], ["Zq81nVw0LkT7"], ["generate", "Zq81nVw0LkT7"],
    ["generate", "--bytes", "Zq81nVw0LkT7"], ["strength", "Zq81nVw0LkT7"], ["rules", "Zq81nVw0LkT7"],
    ["set", "Zq81nVw0LkT7"], ["--Zq81nVw0LkT7"], ["init", "Zq81nVw0LkT7"],
    ["init", "generic", "--set", "Zq81nVw0LkT7"], ["init", "generic", "--set", "SECRET_KEY=Zq81nVw0LkT7"],
    ["init", "generic", "--set", "OTHER=Zq81nVw0LkT7"], ["validate", "--fail-on", "Zq81nVw0LkT7"],
  ]) func aSecretTypedInTheWrongPlaceIsNotRepeated(arguments: [String]) {
    let scratch = Scratch([".env": "SECRET_KEY=\n", ".env.schema": "# @sensitive\nSECRET_KEY=\n"])
    let outcome = scratch.cfgkit(arguments: arguments)
    #expect(outcome.status != 0)
    #expect(!outcome.everything.contains("Zq81nVw0LkT7"), "\(outcome.everything)")
  }

  @Test func globalFlagsStandBeforeOrBehindTheVerb() {
    let scratch = Scratch(["sub/.env": "A=b\n", "sub/.env.schema": "# @defaultRequired=true\n# ---\n\nA=\n"])
    for arguments in [
      ["-C", "sub", "get", "A"], ["get", "-C", "sub", "A"], ["get", "A", "--directory", "sub"],
      ["get", "A", "--directory=sub"],
    ] {
      let outcome = scratch.cfgkit(arguments: arguments)
      #expect(outcome.stdout == "b\n", "\(arguments) \(outcome.stderr)")
    }
  }

  @Test func aDirectoryThatIsNotThereIs66() {
    let outcome = Scratch().cfgkit("-C", "nowhere", "validate")
    #expect(outcome.status == 66)
    #expect(outcome.stderr.contains("nowhere"))
  }

  @Test func withoutAnyFileThePathsTriedAreNamed() {
    let outcome = Scratch().cfgkit("validate")
    #expect(outcome.status == 66)
    #expect(outcome.stderr.contains(".env"))
    #expect(outcome.stderr.contains("cfgkit init"))
  }

  @Test func theAnswerCanGoToAFileThatIsNotReplacedUnasked() throws {
    let scratch = Scratch([".env": "A=b\n"])
    #expect(scratch.cfgkit("export", "--no-environment", "-o", "out.env").status == 0)
    #expect(scratch.read("out.env") == "A=b\n")
    #expect(scratch.mode("out.env") == 0o600)
    let again = scratch.cfgkit("export", "-o", "out.env")
    #expect(again.status == 73)
    #expect(again.stderr.contains("--force"))
    #expect(scratch.read("out.env") == "A=b\n")
    #expect(
      scratch.cfgkit("export", "--only", "A", "-o", "out.env", "--format", "json", "--force").status == 0)
    #expect(scratch.read("out.env") == "{\n  \"A\": \"b\"\n}\n")
  }

  @Test(
    arguments: [
      (["NO_COLOR": "1"], "auto", false), (["CLICOLOR_FORCE": "1"], "auto", true),
      (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], "auto", false), (["NO_COLOR": "1"], "always", true),
      (["CLICOLOR_FORCE": "1"], "never", false), ([:], "auto", false),
      (["CLICOLOR_FORCE": "0"], "auto", false),
    ] as [([String: String], String, Bool)]) func colourFollowsTheFlagThenTheVariables(
      environment: [String: String], flag: String, isColoured: Bool
    )
  {
    let scratch = Scratch([".env": "A=\"b\n"])
    let outcome = scratch.cfgkit("validate", "--color", flag, environment: environment)
    #expect(outcome.stdout.contains("\u{1B}[") == isColoured)
  }

  @Test func aTerminalGetsColourUnlessItIsDumb() {
    for (terminal, isColoured) in [("xterm", true), ("dumb", false)] {
      let scratch = Scratch([".env": "A=\"b\n"])
      let run = PseudoTerminal(["validate"], in: scratch, environment: ["TERM": terminal])
      #expect(run.finish() == 1)
      #expect(run.screen.contains("\u{1B}[") == isColoured)
    }
  }

  @Test func completionsAreThereForThreeShells() throws {
    for (shell, word) in [("bash", "complete"), ("zsh", "#compdef cfgkit"), ("fish", "complete -c")] {
      let outcome = Scratch().cfgkit("completions", shell)
      #expect(outcome.status == 0)
      #expect(outcome.stdout.contains(word))
      #expect(outcome.stdout.contains("rotate-secret"))
    }
  }

  @Test func completionsKnowTheKeysOfTheProject() {
    let scratch = Scratch([".env": "ALPHA=1\nuuqLDBEN7KbAUg8=1\n", ".env.schema": "BETA=1\n"])
    let outcome = scratch.cfgkit("---completion", "get", "--", "positional@0", "2", "0", "cfgkit", "get", "")
    #expect(outcome.stdout == "ALPHA\nBETA\n")
  }

  @Test func templatesAreListedAndShown() {
    let list = Scratch().cfgkit("templates", "list")
    #expect(
      list.stdout
        == "django\ndocker-compose\nexpress\nfastapi\nflask\ngeneric\nlaravel\nnextjs\nrails\nswift-server\n")
    #expect(Scratch().cfgkit("templates").stdout == list.stdout)
    let flask = Scratch().cfgkit("templates", "show", "flask")
    #expect(flask.status == 0)
    #expect(flask.stdout.contains("SECRET_KEY=\n"))
  }

  @Test func everyRuleHasAPage() throws {
    let list = Scratch().cfgkit("rules")
    #expect(list.status == 0)
    let ids = list.stdout.split(separator: "\n").map { String($0.split(separator: " ")[1]) }
    #expect(ids.contains("placeholder-secret"))
    #expect(ids.count > 60)
    let page = Scratch().cfgkit("rules", "CFG201")
    #expect(page.stdout.contains("placeholder-secret"))
    #expect(page.stdout.contains("Why: "))
    #expect(page.stdout.contains("Fix: "))
    #expect(Scratch().cfgkit("rules", "placeholder-secret").stdout == page.stdout)
    let readers = Scratch().cfgkit("rules", "ambiguous-value").stdout
    #expect(readers.contains("motdotla/dotenv 17.4.2") && readers.contains("bash 5.2"))
  }
}
