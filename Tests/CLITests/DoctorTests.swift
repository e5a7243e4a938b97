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
    #expect(
      outcome.stdout.contains("fix: replace what it held: cfgkit rotate-secret SECRET_KEY --drop-previous"))
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
    #expect(scratch.cfgkit("doctor").stdout.contains("fix: rm -r flask_session"))
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
}
