import Foundation
import Testing

/// What `doctor` says of secrets that git has, in its index or in its history.
@Suite struct CommittedSecretTests {
  static let old = "SECRET_KEY=\(ValueTests.secret)\n"
  static let schema =
    "# @defaultRequired=true\n# ---\n\n# @sensitive @type=string(minLength=32)"
    + " # cfgkit: strength=128 generate=hex:32 rotate=180d fallback=OLD_KEYS\nSECRET_KEY=\n\n"
    + "# @optional @sensitive # cfgkit: managed\nOLD_KEYS=\n\n# @optional\nPORT=\n"
  static let ignore = ".env*\n!.env.schema\n"

  private func repository(_ files: [String: String] = [".env": old]) -> Scratch {
    let scratch = Scratch(files.merging([".env.schema": Self.schema, ".gitignore": Self.ignore]) { $1 })
    rmdir(scratch.path + "/.git")
    scratch.git("init", "-q")
    return scratch
  }

  /// Commits files by force, and takes them out again, so that only the history has them.
  private func commit(_ names: String..., in scratch: Scratch, at moment: Date = Date() - 60) {
    for name in names { scratch.git("add", "-f", name) }
    scratch.git("commit", "-qm", "x", at: moment)
    for name in names { scratch.git("rm", "-q", "--cached", name) }
    scratch.git("commit", "-qm", "y", at: moment + 1)
  }

  static let open = "FAIL  .env is in git history, 2 commits [in-git-history]"
  static let over = "note  .env is in git history, 2 commits [in-git-history]"

  @Test func aSecretThatWasMadeJustBeforeTheCommitIsLive() {
    let scratch = repository([:])
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY").status == 0)
    #expect(scratch.read(".env")?.contains("rotated=") == true)
    commit(".env", in: scratch, at: Date())
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains(Self.open), "\(outcome.stdout)")
    #expect(outcome.stdout.contains("fix: cfgkit rotate-secret SECRET_KEY --drop-previous\n"))
  }

  @Test func whatIsWrittenInTheDateCannotHideASecretThatIsStillTheSame() {
    let scratch = repository([".env": "# cfgkit: rotated=2098-01-01T00:00:00Z\n" + Self.old])
    commit(".env", in: scratch)
    #expect(scratch.cfgkit("doctor").stdout.contains(Self.open))
  }

  @Test(arguments: [
    ("2026-02-03T10:00:00Z", "2026-02-03T10:00:01Z", true),
    ("2026-02-03T10:00:00Z", "2026-02-03T10:00:00Z", false),
    ("2026-02-03T10:00:00Z", "2026-02-03T09:59:59Z", false), ("2026-02-03T10:00:00Z", "2026-02-03", false),
    ("2026-02-03T10:00:00Z", "2026-02-04", true), ("2026-02-03T00:00:00Z", "2026-02-03", false),
    ("2026-02-03T10:00:00Z", "", false),
  ])
  func anotherValueIsNewerOnlyIfItWasMadeAfterTheLastCommitThatHeldOne(
    committed: String, rotated: String, isOver: Bool
  ) throws {
    let scratch = repository()
    commit(".env", in: scratch, at: try Date(committed, strategy: .iso8601))
    let note = rotated.isEmpty ? "" : "# cfgkit: rotated=\(rotated)\n"
    scratch.write(".env", note + "SECRET_KEY=\(RotationStepsTests.other)\n")
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains(isOver ? Self.over : Self.open), "\(outcome.stdout)")
  }

  @Test func aPreviousKeyThatIsStillAcceptedIsLive() {
    let scratch = repository()
    commit(".env", in: scratch)
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY").status == 0)
    #expect(scratch.cfgkit("doctor").stdout.contains(Self.open))
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0").status == 0)
    #expect(scratch.cfgkit("doctor").stdout.contains(Self.over))
  }

  @Test func aFileThatHeldNoSecretIsNotSpokenOf() {
    let scratch = repository([".env": Self.old, ".env.test": "PORT=1\n"])
    scratch.git("add", "-f", ".env.test")
    scratch.git("commit", "-qm", "x")
    let outcome = scratch.cfgkit("doctor")
    #expect(!outcome.stdout.contains("git"), "\(outcome.stdout)")
  }

  @Test func aBranchThatWasTakenBackBeforeItsMergeIsFound() {
    let scratch = repository()
    scratch.git("add", ".gitignore")
    scratch.git("commit", "-qm", "a")
    scratch.git("checkout", "-qb", "side")
    commit(".env", in: scratch)
    scratch.git("checkout", "-q", "-")
    scratch.git("commit", "-q", "--allow-empty", "-m", "b")
    scratch.git("merge", "-q", "--no-ff", "side", "-m", "c")
    scratch.git("branch", "-qD", "side")
    #expect(scratch.cfgkit("doctor").stdout.contains(Self.open))
  }

  @Test(arguments: [".env.bak", ".env~", ".env.production", "..env.swp"])
  func ofAFileThatIsNoLayerNobodyCanTellWhetherItsSecretsWereReplaced(name: String) {
    let scratch = repository([".env": "SECRET_KEY=\(RotationStepsTests.other)\n", name: Self.old])
    commit(name, in: scratch)
    unlink(scratch.path + "/" + name)
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("FAIL  \(name) is in git history, 2 commits"), "\(outcome.stdout)")
    #expect(outcome.stdout.contains("nobody can tell whether all that it held was replaced"))
    #expect(outcome.stdout.contains("by hand: replace every secret that \(name) held"))
    #expect(!outcome.stdout.contains("newer than that"))
  }

  @Test func aCopyThatHoldsALiveSecretNamesTheCommandThatReplacesIt() {
    let scratch = repository([".env": Self.old, ".env.bak": Self.old])
    commit(".env.bak", in: scratch)
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains("FAIL  .env.bak is in git history"))
    #expect(outcome.stdout.contains("fix: cfgkit rotate-secret SECRET_KEY --drop-previous\n"))
  }

  @Test(arguments: [".env.bak", ".env~", ".env.swp", ".env.production"])
  func aCopyWithASecretThatGitTracksOrDoesNotIgnoreIsFound(name: String) throws {
    let scratch = repository([".env": Self.old, name: Self.old])
    #expect(!scratch.cfgkit("doctor").stdout.contains("git"))
    scratch.write(".gitignore", ".env")
    var outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains("warn  \(name): git does not ignore it"), "\(outcome.stdout)")
    let fix = try #require(outcome.stdout.firstMatch(of: #/fix: (printf .*)/#)?.1)
    #expect(scratch.shell(String(fix)).status == 0)
    #expect(scratch.read(".gitignore") == ".env\n\(name)\n")
    scratch.git("add", "-f", name)
    outcome = scratch.cfgkit("doctor")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("FAIL  \(name): git tracks it"), "\(outcome.stdout)")
    let removal = try #require(outcome.stdout.firstMatch(of: #/fix: (git rm .*)/#)?.1)
    #expect(scratch.shell(String(removal)).status == 0)
    #expect(!scratch.cfgkit("doctor").stdout.contains("[tracked-by-git]"))
  }

  @Test func aCopyThatCannotBeReadCountsAsOneWithASecretAndOneWithoutDoesNot() {
    let scratch = repository()
    scratch.write(".env.swp", bytes: [0x62, 0x30, 0, 0xFF, 0xFE])
    scratch.write(".env.test", "PORT=1\nNAME=x\n")
    for name in [".env.example", ".env.sample", ".env.template"] { scratch.write(name, Self.old) }
    for name in [".env.swp", ".env.test", ".env.example", ".env.sample", ".env.template"] {
      scratch.git("add", "-f", name)
    }
    let outcome = scratch.cfgkit("doctor")
    let found = outcome.stdout.split(separator: "\n").filter { $0.contains("[tracked-by-git]") }
    #expect(found.count == 1 && found.first?.contains(".env.swp: ") == true, "\(outcome.stdout)")
  }

  @Test func aCopyWithASecretThatABuildTakesAlongIsFound() {
    let scratch = repository([
      ".env": Self.old, ".env.production": Self.old, "Dockerfile": "FROM a\nCOPY . /app\n",
      ".dockerignore": ".env\n",
    ])
    let outcome = scratch.cfgkit("doctor")
    #expect(outcome.stdout.contains("COPY . takes .env.production into the image"), "\(outcome.stdout)")
    #expect(outcome.stdout.contains("fix: echo .env.production >> .dockerignore\n"))
  }

  @Test(arguments: [
    ("node_modules", "node_modules\n.env\n"), ("node_modules\n", "node_modules\n.env\n"), ("", ".env\n"),
  ])
  func aPrintedAppendBeginsALineOfItsOwn(before: String, after: String) throws {
    let scratch = repository([
      ".env": Self.old, "Dockerfile": "FROM a\nCOPY . /app\n", ".dockerignore": before,
    ])
    scratch.write(".gitignore", before)
    let outcome = scratch.cfgkit("validate")
    let fixes = outcome.stdout.matches(of: #/fix: (.* >> .*)/#).map { String($0.1) }
    #expect(fixes.count == 2, "\(outcome.stdout)")
    for fix in fixes { #expect(scratch.shell(fix).status == 0) }
    #expect(scratch.read(".gitignore") == after)
    #expect(scratch.read(".dockerignore") == after)
    #expect(scratch.cfgkit("validate").status == 0)
  }
}
