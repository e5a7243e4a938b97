import Foundation
import Testing

/// The built binary's `doctor`.
@Suite struct DoctorTests {
  static let secret = ValueTests.secret
  static let schema =
    "# @defaultRequired=true # cfgkit: rules=flask\n# ---\n\n# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 rotate=180d\nSECRET_KEY=\n"

  private func repository(_ files: [String: String]) -> Scratch {
    let scratch = Scratch(files)
    rmdir(scratch.path + "/.git")
    scratch.git("init", "-q")
    return scratch
  }

  @Test func aHealthyProjectHasNothingAndChangesNothing() {
    let scratch = repository([
      ".env.schema": Self.schema, ".env": "SECRET_KEY=\(Self.secret)\n", ".gitignore": ".env\n",
    ])
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(outcome.stdout.hasPrefix("ok    cfgkit 0.1.0, libsodium "))
    #expect(outcome.stdout.hasSuffix("nothing found\n"))
    #expect(scratch.snapshot == before)
  }

  @Test func aSecretInHistoryIsAnErrorUntilItIsReplacedAsPrinted() {
    let scratch = repository([".env.schema": Self.schema, ".env": "SECRET_KEY=\(Self.secret)\n"])
    scratch.git("add", ".env")
    scratch.git("commit", "-qm", "settings")
    var outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("FAIL  .env is in git history, 1 commit [in-git-history]"))
    #expect(outcome.stdout.contains("fix: git rm --cached .env"))
    #expect(outcome.stdout.contains("fix: cfgkit rotate-secret SECRET_KEY --drop-previous\n"))
    scratch.git("rm", "-q", "--cached", ".env")
    scratch.write(".gitignore", ".env\n")
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--drop-previous", "--yes").status == 0)
    outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(outcome.stdout.contains("note  .env is in git history, 1 commit [in-git-history]"))
    #expect(!outcome.everything.contains(Self.secret))
  }

  @Test func theSeedIsNamedBeforeTheApplicationStarts() throws {
    let scratch = Scratch(Golden.doctorFiles)
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("cannot use a string pattern on a bytes-like object"))
    #expect(outcome.stdout.contains("fix: pip install 'Flask-Session>=0.8.0'"))
    #expect(outcome.stdout.contains("skip  1 URL not contacted; add --online"))
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
  func aFileThatBelongsToSomeoneElseIsFoundAndThePrintedCommandTakesItBack() throws {
    let scratch = repository([
      ".env.schema": Self.schema, ".env": "SECRET_KEY=\(Self.secret)\n", ".gitignore": ".env\n",
    ])
    chown(scratch.path + "/.env", 65534, 0)
    let outcome = scratch.cfgkit("doctor")
    #expect(
      outcome.stdout.contains("warn  .env belongs to user 65534, who can read and replace it [file-mode]"))
    #expect(scratch.cfgkit("-e", "production", "doctor").status == 1)
    let fix = try #require(outcome.stdout.firstMatch(of: #/fix: (chown .*)/#)?.1)
    #expect(scratch.shell(String(fix)).status == 0)
    #expect(!scratch.cfgkit("doctor").stdout.contains("[file-mode]"))
    // In a folder of the same user it is the application's own.
    chown(scratch.path + "/.env", 65534, 0)
    chown(scratch.path, 65534, 0)
    #expect(!scratch.cfgkit("doctor").stdout.contains("belongs to"))
  }

  @Test func theInitializerThatRailsNeedsIsPrintedWhole() {
    let scratch = Scratch([
      ".env.schema":
        "# @defaultRequired=false # cfgkit: rules=rails\n# ---\n# @sensitive\nSECRET_KEY_BASE_PREVIOUS=\n",
      ".env": "SECRET_KEY_BASE_PREVIOUS=\(Self.secret)\n",
    ])
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains("[rails/no-rotator]"))
    #expect(outcome.stdout.contains("        # config/initializers/previous_secrets.rb\n"))
    #expect(outcome.stdout.contains("          previous.each do |secret|\n"))
    #expect(outcome.stdout.contains("        by hand: add the file config/initializers/previous_secrets.rb"))
    scratch.write("config/initializers/previous_secrets.rb", "previous = ENV[\"SECRET_KEY_BASE_PREVIOUS\"]\n")
    #expect(!scratch.cfgkit("doctor").stdout.contains("[rails/no-rotator]"))
  }

  @Test func whatWasNotLookedAtIsSaid() {
    let scratch = repository(["requirements.txt": "requests\n", ".env": "A=1\n"])
    #expect(
      scratch.cfgkit("doctor").stdout.contains(
        "skip  installed packages; there is no .venv or venv here, and none is active"))
    scratch.write(".git/HEAD", "damaged\n")
    #expect(
      scratch.cfgkit("doctor").stdout.contains("skip  git's history; git cannot be started, or fails here"))
  }

  @Test func lockedVersionsOfEveryLanguageAreShown() {
    let scratch = Scratch([
      ".env": "A=1\n", "Gemfile.lock": "GEM\n  specs:\n    rails (7.1.3)\n",
      "package-lock.json": "{\"packages\": {\"node_modules/express\": {\"version\": \"4.18.2\"}}}",
      "poetry.lock": "[[package]]\nname = \"Flask\"\nversion = \"3.1.3\"\n",
    ])
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains("flask 3.1.3 (locked), rails 7.1.3 (locked), express 4.18.2 (locked)"))
  }

  @Test func theLevelOfFailureAndTheRulesCanBeChosen() {
    let scratch = Scratch(["=0.5.0": "", ".env": "A=b\n"])
    #expect(scratch.cfgkit("doctor").status == 0)
    #expect(scratch.cfgkit("doctor", "--fail-on", "warning").status == 1)
    #expect(scratch.cfgkit("doctor", "--fail-on", "warning", "--rule", "redirect-file=off").status == 0)
    #expect(scratch.cfgkit("doctor", "--rule", "CFG805=error").status == 1)
    #expect(scratch.cfgkit("doctor", "--yes").status == 64)
    #expect(scratch.cfgkit("doctor", "-q").stdout == "1 warning\n")
  }

  @Test func aSuppressionOfDoctorsRuleIsNotCalledUnusedByValidate() {
    let scratch = Scratch([
      ".env.schema": Self.schema,
      ".env": "# cfgkit: ignore=flask/fallbacks-version -- fixed in the image\nSECRET_KEY=\(Self.secret)\n",
    ])
    #expect(!scratch.cfgkit("validate").stdout.contains("unused-suppression"))
    #expect(scratch.cfgkit("doctor").stdout.contains("unused-suppression"))
  }

  @Test func staleSessionsAreRemovedOnlyWhenAsked() {
    let name = "2029240f6d1128be89ddc32729463129"
    let scratch = Scratch([
      ".env.schema": Self.schema, "flask_session/\(name)": "x", "flask_session/other": "x",
      ".env": "# cfgkit: rotated=2026-01-02\nSECRET_KEY=\(Self.secret)\nSESSION_TYPE=filesystem\n",
    ])
    var times = [timeval(tv_sec: 1_700_000_000, tv_usec: 0), timeval(tv_sec: 1_700_000_000, tv_usec: 0)]
    utimes(scratch.path + "/flask_session/\(name)", &times)
    let found = scratch.cfgkit("doctor").stdout
    #expect(found.contains("fix: cfgkit doctor --fix stale-sessions\n"))
    #expect(!found.contains("rm -r"))
    let refused = scratch.cfgkit("doctor", "--fix", "stale-sessions")
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("--yes"))
    #expect(scratch.read("flask_session/\(name)") == "x")
    let terminal = PseudoTerminal(["doctor", "--fix", "stale-sessions"], in: scratch)
    #expect(terminal.shows("[y/N]"))
    terminal.type("n\r")
    #expect(terminal.finish() == 2)
    #expect(scratch.read("flask_session/\(name)") == "x")
    #expect(scratch.cfgkit("doctor", "--fix", "stale-sessions", "--yes").status == 0)
    #expect(scratch.read("flask_session/\(name)") == nil)
    #expect(scratch.read("flask_session/other") == "x")
    #expect(scratch.cfgkit("doctor", "--fix", "stale-sessions", "--yes").stderr.contains("nothing to fix"))
  }

  @Test(arguments: [".", "..", "/", "sub/../.", "sub/link", "/home/somebody"])
  func aFolderThatHoldsMoreThanSessionsIsNeverRemovedWhole(folder: String) throws {
    let name = "2029240f6d1128be89ddc32729463129"
    let scratch = Scratch([
      "app/.env.schema": Self.schema, "app/sub/x": "x",
      "app/.env":
        "# cfgkit: rotated=2098-01-02\nSECRET_KEY=\(Self.secret)\nSESSION_TYPE=filesystem\nSESSION_FILE_DIR=\(folder)\n",
    ])
    symlink("../real", scratch.path + "/app/sub/link")
    for place in [name, "app/\(name)", "app/real/\(name)"] { scratch.write(place, "x") }
    let outcome = scratch.cfgkit("-C", "app", "doctor", environment: ["HOME": "/home/somebody"])
    #expect(!outcome.stdout.contains("rm -r"), "\(outcome.stdout)")
    guard folder != "/", folder != "/home/somebody" else { return }
    #expect(outcome.stdout.contains("fix: cfgkit -C app doctor --fix stale-sessions\n"), "\(outcome.stdout)")
    let fix = try #require(outcome.stdout.firstMatch(of: #/fix: (cfgkit .*stale-sessions)/#)?.1)
    #expect(scratch.shell("\(fix) --yes").status == 0)
    #expect(scratch.read("app/.env") != nil)
    #expect(!scratch.cfgkit("-C", "app", "doctor").stdout.contains("stale-sessions"))
  }

  @Test func aHomeOfNothingButSessionsIsNotRemoved() {
    let name = "2029240f6d1128be89ddc32729463129"
    let scratch = Scratch([
      ".env.schema": Self.schema, "home/\(name)": "x",
      ".env":
        "# cfgkit: rotated=2098-01-02\nSECRET_KEY=\(Self.secret)\nSESSION_TYPE=filesystem\nSESSION_FILE_DIR=home\n",
    ])
    #expect(scratch.cfgkit("doctor").stdout.contains("fix: rm -r home\n"))
    let outcome = scratch.cfgkit("doctor", environment: ["HOME": scratch.path + "/home"])
    #expect(!outcome.stdout.contains("rm -r"))
    #expect(outcome.stdout.contains("fix: cfgkit doctor --fix stale-sessions\n"))
  }

  @Test func aProjectWithoutASchemaIsToldWhatWasNotChecked() {
    let scratch = Scratch([".env": "A=1\n"])
    let note = "note: no .env.schema here; only syntax, secrets and files were checked\n"
    #expect(scratch.cfgkit("doctor").stderr == note)
    #expect(scratch.cfgkit("validate").stderr == note)
    #expect(scratch.cfgkit("doctor", "-q").stderr.isEmpty)
    #expect(scratch.cfgkit("doctor", "--format", "json").stderr.isEmpty)
    scratch.write(".env.schema", "A=\n")
    #expect(scratch.cfgkit("doctor").stderr.isEmpty)
  }

  @Test func aURLOfSeveralHostsIsListedAsNotContacted() {
    let scratch = Scratch([
      ".env.schema": "# @optional\nMONGO_URL=\n", ".env": "MONGO_URL=mongodb://u:p@a.invalid,b.invalid/x\n",
    ])
    let outcome = scratch.cfgkit("doctor", "--online")
    #expect(
      outcome.stdout.contains("skip  MONGO_URL not contacted; its URL names several hosts\n"),
      "\(outcome.stdout)")
    #expect(!outcome.everything.contains("a.invalid"))
    #expect(
      scratch.cfgkit("doctor", "--online", "--format", "json").stdout.contains(
        "\"reason\": \"MONGO_URL not contacted"))
  }
}
