import Foundation
import Testing

/// `validate --recursive` and `validate --staged`: several projects in one run.
@Suite struct SweepTests {
  static let secret = ValueTests.secret
  static let schema = ValueTests.schema
  static let good = ValueTests.files[".env"]!

  /// A repository with two projects that are right, one that is wrong, and folders that are none.
  private func monorepo() -> Scratch {
    let scratch = Scratch([
      ".gitignore": ".env\nbuild/\n/vendor\n",
      "apps/web/.env.schema": Self.schema, "apps/web/.env": Self.good,
      "apps/api/.env.schema": "# @defaultRequired=true\n# ---\n# @type=port\nPORT=\n",
      "apps/api/.env": "PORT=http\n",
      "tools/.env": "API_TOKEN=changeme\n",
      "build/.env": "API_TOKEN=changeme\n", "vendor/x/.env": "API_TOKEN=changeme\n",
      "node_modules/x/.env": "API_TOKEN=changeme\n", "apps/web/node_modules/.env": "API_TOKEN=changeme\n",
      "py/pyvenv.cfg": "version = 3.11.2\n", "py/.env": "API_TOKEN=changeme\n",
      ".git/.env": "API_TOKEN=changeme\n",
    ])
    scratch.git("init", "-q")
    symlink(scratch.path + "/tools", scratch.path + "/link")
    return scratch
  }

  @Test func everyProjectBelowIsCheckedWithItsOwnSchemaAndTheExitCodeIsTheWorst() {
    let scratch = monorepo()
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("validate", "--recursive")
    #expect(outcome.status == 1)
    let heads = outcome.stdout.split(separator: "\n").filter { $0.contains("[") }.map { String($0) }
    #expect(
      heads == [
        "apps/api/.env:1:6: error: PORT is not a port number [type-mismatch]",
        "tools/.env:1:1: error: API_TOKEN is a published placeholder, not a secret [placeholder-secret]",
      ])
    #expect(outcome.stdout.hasSuffix("\n2 errors in 2 of 3 projects\n"))
    #expect(outcome.stderr.contains("note: 1 of 3 projects without .env.schema"))
    #expect(scratch.snapshot == before)
    scratch.write("apps/web/.env.schema", "# @requierd\nA=\n")
    #expect(scratch.cfgkit("validate", "--recursive").status == 78)
    scratch.write("apps/web/.env.schema", Self.schema)
    scratch.write("apps/web/.env", bytes: [0xFF, 0xFE, 0x41, 0x00])
    #expect(scratch.cfgkit("validate", "--recursive").status == 65)
  }

  @Test func theAnswerIsTheSameEachTimeAndWhatEachProjectSaysAlone() {
    let scratch = monorepo()
    let outcomes = Set(
      (0..<5).map { _ in scratch.cfgkit("validate", "--recursive", "--format", "json").stdout })
    #expect(outcomes.count == 1)
    let alone = scratch.cfgkit("-C", "apps/api", "validate").stdout
    #expect(alone.contains(".env:1:6: error: PORT is not a port"))
    #expect(scratch.cfgkit("validate", "--recursive").stdout.contains("fix: cfgkit -C apps/api set PORT"))
    let nested = scratch.cfgkit("-C", "apps", "validate", "--recursive")
    #expect(nested.stdout.contains("api/.env:1:6: error"))
    #expect(!nested.stdout.contains("tools"))
  }

  @Test func aFolderWithoutASchemaHasTheNearestOneAbove() {
    let scratch = Scratch([".env.schema": "PORT=1\n", "a/b/.env": "PROT=2\n"])
    let outcome = scratch.cfgkit("validate", "--recursive")
    #expect(outcome.stdout.contains("a/b/.env:1:1: error: PROT is not in .env.schema; did you mean PORT?"))
    #expect(outcome.stdout.contains("1 error in 1 of 2 projects"))
  }

  @Test func theEnvironmentsNameChoosesTheFilesOfEveryProject() {
    let scratch = Scratch(["a/.env.production": "API_TOKEN=changeme\n", "b/.env": "API_TOKEN=changeme\n"])
    #expect(scratch.cfgkit("validate", "--recursive").stdout.contains("in 1 of 1 project\n"))
    #expect(
      scratch.cfgkit("-e", "production", "validate", "--recursive").stdout.contains("in 2 of 2 projects\n"))
  }

  @Test func everyFormatSpeaksOfAllProjects() throws {
    let scratch = monorepo()
    let json = scratch.cfgkit("validate", "--recursive", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.stdoutBytes)) as? [String: Any])
    #expect(object["ok"] as? Bool == false)
    let projects = try #require(object["projects"] as? [[String: Any]])
    #expect(projects.map { $0["path"] as? String } == ["apps/api", "apps/web", "tools"])
    #expect(projects.map { $0["error"] as? Int } == [1, 0, 1])
    let sarif = scratch.cfgkit("validate", "--recursive", "--format", "sarif").stdout
    #expect(sarif.contains("apps/api/.env") && sarif.contains("tools/.env"))
    let github = scratch.cfgkit("validate", "--recursive", "--format", "github").stdout
    #expect(github.split(separator: "\n").count == 2)
    let junit = scratch.cfgkit("validate", "--recursive", "--format", "junit").stdout
    #expect(junit.contains("<testsuite name=\"apps/web\" tests=\"3\" failures=\"0\">"))
    #expect(junit.contains("<testsuites name=\"cfgkit\" tests=\"5\" failures=\"2\">"))
  }

  @Test func fixesAreMadeInEveryProject() {
    let scratch = Scratch(["a/.env": "A = 1\n", "b/.env": "B = 1\n", "c/.env": "C=1\n"])
    #expect(scratch.cfgkit("validate", "--recursive", "--fix", "--dry-run").stderr.contains("would fix"))
    #expect(scratch.read("a/.env") == "A = 1\n")
    #expect(scratch.cfgkit("validate", "--recursive", "--fix").status == 0)
    #expect([scratch.read("a/.env"), scratch.read("b/.env")] == ["A=1\n", "B=1\n"])
  }

  @Test func progressIsShownToPeopleOnlyAndLeavesNothingBehind() {
    let scratch = Scratch()
    for index in 0..<40 { scratch.write("p\(index)/.env", "A\(index)=\(index)\n") }
    #expect(scratch.cfgkit("validate", "--recursive").everything.contains("\r") == false)
    let terminal = PseudoTerminal(["validate", "--recursive"], in: scratch)
    #expect(terminal.finish() == 0)
    #expect(terminal.screen.contains("\r\u{1B}[Knote: 40 of 40 projects without"))
    #expect(terminal.screen.hasSuffix("there\r\nok: 40 projects valid\r\n"))
  }

  @Test func aProjectThatCannotBeReadDoesNotHideTheOthers() throws {
    let scratch = Scratch(["a/.env": "API_TOKEN=changeme\n", "b/.env": "A=1\n"])
    unlink(scratch.path + "/b/.env")
    mkfifo(scratch.path + "/b/.env", 0o600)
    let outcome = scratch.cfgkit("validate", "--recursive")
    #expect(outcome.status == 65)
    #expect(outcome.stdout.contains("a/.env:1:1: error"))
    #expect(outcome.stderr.contains("error: b: "))
    let json = scratch.cfgkit("validate", "--recursive", "--format", "json").stdout
    #expect(json.contains("\"failure\": {"))
  }

  @Test func flagsThatDoNotGoTogetherAre64AndAFolderWithNothingIs66() {
    let scratch = Scratch(["a/.env": "A=1\n"])
    for words in [
      ["--recursive", "--staged"], ["--staged", "--fix"], ["--recursive", "A"],
      ["--recursive", "-f", ".env"],
      ["--staged", "--schema", "x"],
    ] {
      #expect(scratch.cfgkit(arguments: ["validate"] + words).status == 64, "\(words)")
    }
    #expect(Scratch().cfgkit("validate", "--recursive").status == 66)
  }
}

extension SweepTests {
  private func repository(_ files: [String: String]) -> Scratch {
    let scratch = Scratch(files)
    scratch.git("init", "-q")
    return scratch
  }

  @Test func whatIsStagedIsCheckedAndNotWhatLiesOnDisk() {
    let scratch = repository([".env.schema": "# @type=port\nPORT=\n", ".env": "PORT=http\n"])
    scratch.git("add", "-f", ".env.schema", ".env")
    scratch.write(".env", "PORT=80\n")
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("validate", "--staged")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains(".env:1:6: error: PORT is not a port"))
    #expect(
      outcome.stdout.contains("1 error in 1 of 2 staged files")
        || outcome.stdout.contains("1 error in 1 of 1 staged file"))
    #expect(scratch.snapshot == before)
    scratch.git("add", "-f", ".env")
    scratch.write(".env", "PORT=http\n")
    #expect(outcome.stdout.contains("fix: cfgkit -f .env set PORT"))
    #expect(scratch.cfgkit("validate", "--staged").everything.isEmpty)
    #expect(scratch.cfgkit("validate").status == 1)
  }

  @Test func aSecretThatIsStagedIsRefusedAndThePrintedCommandTakesItOut() throws {
    for isBorn in [false, true] {
      let scratch = repository([".env": "API_TOKEN=\(Self.secret)\n", "a.txt": "x"])
      if isBorn {
        scratch.git("add", "a.txt")
        scratch.git("commit", "-qm", "x")
      }
      scratch.git("add", "-f", ".env")
      scratch.write(".env", "API_TOKEN=\(Self.secret)\nB=1\n")
      let outcome = scratch.cfgkit("validate", "--staged")
      #expect(outcome.status == 1)
      #expect(
        outcome.stdout.contains(".env: error: git tracks it: its secrets are in every clone [tracked-by-git]")
      )
      #expect(!outcome.everything.contains(Self.secret))
      let fix = try #require(outcome.stdout.firstMatch(of: #/fix: (git rm .*)/#)?.1)
      #expect(scratch.shell(String(fix)).status == 0)
      #expect(scratch.read(".env") == "API_TOKEN=\(Self.secret)\nB=1\n")
      #expect(scratch.cfgkit("validate", "--staged").status == 0)
    }
  }

  @Test func aCommitHoldsOneLayerSoNothingIsCalledMissingAndTheEnvironmentDoesNotCount() {
    let scratch = repository([
      ".env.schema": Self.schema + "\n# @public\nEXTRA=\n", "sub/.env.schema": "# @requierd\nA=\n",
      ".env.defaults": "", ".env.test": "MODE=zebra\nEXTRA=${HOST}\n",
    ])
    scratch.git("add", "-f", ".env.schema", ".env.test")
    let outcome = scratch.cfgkit("validate", "--staged", environment: ["MODE": "a"])
    #expect(outcome.status == 1)
    #expect(!outcome.stdout.contains("missing-required"))
    #expect(!outcome.stdout.contains("undefined-variable"))
    #expect(outcome.stdout.contains(".env.test:1:6: error: MODE"))
    scratch.git("rm", "-q", "-f", "--cached", ".env.test")
    #expect(scratch.cfgkit("validate", "--staged").status == 0)
    scratch.git("add", "sub/.env.schema")
    #expect(scratch.cfgkit("validate", "--staged").status == 78)
    #expect(scratch.cfgkit("-C", "sub", "validate", "--staged").stdout.contains("[schema-invalid]"))
  }

  @Test func aFileNamedForProductionIsCheckedForProduction() {
    let scratch = repository([
      ".env.schema":
        "# @defaultRequired=false\n# ---\n# @type=boolean # cfgkit: must-be=true when=production\nSECURE=\n",
      ".env.production": "SECURE=false\n", ".env.test": "SECURE=false\n",
    ])
    scratch.git("add", "-f", ".env.production", ".env.test", ".env.schema")
    let outcome = scratch.cfgkit("validate", "--staged")
    #expect(
      outcome.stdout.contains(".env.production:1:1: error: SECURE must be true in production [must-be]"))
    #expect(!outcome.stdout.contains(".env.test"))
  }

  @Test func whatWasCommittedBeforeAndIsNotStagedIsNotSpokenOf() {
    let scratch = repository([".env": "API_TOKEN=changeme\n", "a.txt": "x"])
    scratch.git("add", "-f", ".env")
    scratch.git("commit", "-qm", "x")
    scratch.git("add", "a.txt")
    #expect(scratch.cfgkit("validate", "--staged").everything.isEmpty)
    scratch.git("rm", "-q", "--cached", ".env")
    #expect(scratch.cfgkit("validate", "--staged").everything.isEmpty)
  }

  @Test func linksAreNotFollowedAndOutsideOfGitItIs66() {
    let scratch = repository(["real": "API_TOKEN=changeme\n"])
    symlink("real", scratch.path + "/.env")
    scratch.git("add", "-f", ".env")
    #expect(scratch.cfgkit("validate", "--staged").everything.isEmpty)
    let outside = Scratch([".env": "A=1\n"])
    #expect(outside.cfgkit("validate", "--staged").status == 66)
  }
}
