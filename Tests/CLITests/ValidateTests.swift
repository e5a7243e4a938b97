import Foundation
import Testing

@Suite struct ValidateTests {
  static let files = ValueTests.files

  @Test func aValidProjectSaysNothingOnStdout() {
    let scratch = Scratch(Self.files)
    let outcome = scratch.cfgkit("validate")
    #expect(outcome.status == 0)
    #expect(outcome.everything.isEmpty)
    let run = PseudoTerminal(["validate"], in: scratch)
    #expect(run.finish() == 0)
    #expect(run.screen.contains("ok: 2 keys valid (development)"))
  }

  @Test func withoutASchemaStderrSaysSo() {
    let outcome = Scratch([".env": "A=b\n"]).cfgkit("validate")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.isEmpty)
    #expect(outcome.stderr.contains("no .env.schema"))
  }

  @Test func failOnMovesTheLimitAndRulesCanBeWeighed() {
    let scratch = Scratch([
      ".env.schema": ValueTests.schema, ".env": ValueTests.files[".env"]! + "OTHER_THING=1\n",
    ])
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.cfgkit("validate", "--fail-on", "warning").status == 1)
    #expect(scratch.cfgkit("validate", "--fail-on", "warning", "--rule", "unknown-key=off").status == 0)
    #expect(scratch.cfgkit("validate", "--rule", "CFG302=error").status == 1)
    #expect(scratch.cfgkit("validate", "MODE", "--fail-on", "warning").status == 0)
  }

  @Test func aBuildNeedsNoSecrets() {
    let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "MODE=b\n"])
    #expect(scratch.cfgkit("validate").status == 1)
    #expect(scratch.cfgkit("validate", "--phase", "build").status == 0)
    #expect(scratch.cfgkit("validate", "--phase", "build", environment: ["MODE": "x"]).status == 1)
  }

  @Test func theJSONHasItsFieldsInOrder() throws {
    let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "MODE=zebra\n"])
    let outcome = scratch.cfgkit("validate", "--format", "json")
    #expect(outcome.status == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes)) as? [String: Any])
    #expect(object["ok"] as? Bool == false)
    #expect(object["phase"] as? String == "run")
    let order = ["schemaVersion", "tool", "environment", "phase", "ok", "sources", "summary", "findings"]
    let places = order.compactMap { outcome.stdout.range(of: "\n  \"\($0)\"")?.lowerBound }
    #expect(places.count == order.count)
    #expect(places == places.sorted())
    let findings = try #require(object["findings"] as? [[String: Any]])
    for finding in findings {
      #expect(Set(["rule", "code", "severity", "message", "location", "help"]).isSubset(of: finding.keys))
      #expect((finding["location"] as? [String: Any])?["path"] is String)
    }
    #expect(!outcome.stdout.contains("zebra"))
  }

  @Test func safeFixesAreMadeAndNothingElse() {
    let env = "# c\nSECRET_KEY=\(ValueTests.secret)\r\nFLAG=False # x\nOTHER=True\n"
    let scratch = Scratch([
      ".env.schema": ValueTests.schema + "\n# @type=boolean\nFLAG=\n\n# @type=boolean\nOTHER=\n", ".env": env,
    ])
    chmod(scratch.path + "/.env", 0o644)
    let before = scratch.snapshot
    let dry = scratch.cfgkit("validate", "--fix", "--dry-run")
    #expect(dry.stderr.contains("would fix"))
    #expect(scratch.snapshot == before)
    let outcome = scratch.cfgkit("validate", "--fix")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(outcome.stdout.isEmpty, "\(outcome.stdout)")
    #expect(
      scratch.read(".env")
        == env.replacingOccurrences(of: "False", with: "false").replacingOccurrences(of: "True", with: "true")
    )
    #expect(scratch.mode(".env") == 0o600)
    #expect(scratch.cfgkit("validate", "--dry-run").status == 64)
  }

  @Test func quietLeavesOutAllButErrors() {
    let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "MODE=zebra\nOTHER_THING=1\n"])
    let outcome = scratch.cfgkit("validate", "-q")
    #expect(!outcome.stdout.contains("warning:"))
    #expect(outcome.stdout.contains("error:"))
  }

  @Test func theEnvironmentsNameChoosesFilesAndRules() {
    let scratch = Scratch([
      ".env.schema":
        "# @currentEnv=$APP_ENV\n# @defaultRequired=false\n# ---\n\n# @type=enum(development, production)\nAPP_ENV=development\n\n# @required=forEnv(production)\nHOST=\n",
      ".env": "", ".env.production": "HOST=a\n", ".env.local": "HOST=b\n",
    ])
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.cfgkit("validate").stdout.contains("[file-not-read]"))
    #expect(scratch.cfgkit("get", "HOST").status == 66)
    #expect(scratch.cfgkit("-e", "production", "get", "HOST").stdout == "b\n")
    #expect(scratch.cfgkit("get", "HOST", environment: ["CFGKIT_ENV": "production"]).stdout == "b\n")
    #expect(scratch.cfgkit("-e", "staging", "validate").status == 64)
    #expect(scratch.cfgkit("-f", ".env.production", "get", "HOST").stdout == "a\n")
    #expect(scratch.cfgkit("-f", "-", "get", "HOST", stdin: "HOST=c\n").stdout == "c\n")
  }

  @Test(arguments: ["Z=\"x", "Z=a#b", "bad line here", "A0=2"])
  func whatIsWrongBehindAThousandWarningsIsAnErrorAllTheSame(tail: String) {
    let lines = (0..<1_000).map { "A\($0) =1\n" }.joined()
    let scratch = Scratch([".env": lines + tail + "\nPORT=1\n"])
    let outcome = scratch.cfgkit("validate", "--format", "json")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains(#": "unlisted""#))
    #expect(scratch.cfgkit("validate").stdout.contains(".env has 1 more problem than is listed"))
    #expect(scratch.cfgkit("run", "--", "true").status == 125)
  }

  @Test func aThousandWarningsAndOneAreNoError() {
    let scratch = Scratch([".env": (0...1_000).map { "A\($0) =1\n" }.joined()])
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test(arguments: ["schema", "example"]) func aFileThatIsNoneOfValuesIsNoEnvironments(name: String) {
    let scratch = Scratch([".env": "K=1\n", ".env.schema": "K=\n", ".env.example": "K=x\n"])
    #expect(scratch.cfgkit("-e", name, "validate").status == 64)
  }

  @Test func productionIsAlwaysAName() {
    let schema = """
      # @defaultRequired=true # cfgkit: production=live
      # ---
      # @type=boolean # cfgkit: must-be=true when=production
      K=false
      # @required=forEnv(production)
      L=

      """
    let scratch = Scratch([".env": "", ".env.schema": schema])
    for name in ["live", "production"] {
      let outcome = scratch.cfgkit("-e", name, "validate")
      #expect(
        outcome.stdout.contains("[must-be]") && outcome.stdout.contains("L is required"), "\(outcome.stdout)")
    }
    #expect(scratch.cfgkit("-e", "staging", "validate").status == 0)
  }

  @Test(arguments: [0, 1_100]) func nothingButTheModeIsMendedInAFileWithAnOpenQuote(badLines: Int) {
    let secret = "SECRET_KEY=\(ValueTests.secret)\n"
    let text = secret + "A=1\nA=2\n" + String(repeating: "bad line\n", count: badLines) + "B=\"x\n"
    let scratch = Scratch([".env": text, ".env.schema": "SECRET_KEY=\nA=\nB=\n"])
    chmod(scratch.path + "/.env", 0o644)
    let outcome = scratch.cfgkit("validate", "--fix")
    #expect(outcome.status == 1)
    #expect(scratch.read(".env") == text)
    #expect(scratch.mode(".env") == 0o600)
    for verb in [["set", "A", "9"], ["unset", "A"]] {
      #expect(scratch.cfgkit(arguments: verb).status == 65)
      #expect(scratch.read(".env") == text)
    }
  }

  @Test func aLineBreakInAPathMakesNoLineOfItsOwn() {
    let outcome = Scratch().cfgkit("-f", "x\nerror: forged", "list")
    #expect(outcome.status == 66)
    #expect(!outcome.stderr.contains("\nerror: forged"), "\(outcome.stderr)")
  }
}
