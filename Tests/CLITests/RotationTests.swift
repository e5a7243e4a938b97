import Foundation
import Testing

@Suite struct RotationTests {
  /// A flask project with a fresh secret.
  static func project() -> Scratch {
    let scratch = Scratch()
    _ = scratch.cfgkit("init", "flask")
    return scratch
  }

  @Test func oneShotKeepsTheOldKeyAcceptedAndShowsNeither() throws {
    let scratch = Self.project()
    let old = try #require(scratch.value("SECRET_KEY"))
    let outcome = scratch.cfgkit("rotate-secret", "SECRET_KEY")
    #expect(outcome.status == 0, "\(outcome.everything)")
    let new = try #require(scratch.value("SECRET_KEY"))
    #expect(new != old)
    #expect(new.wholeMatch(of: #/[0-9a-f]{64}/#) != nil)
    #expect(scratch.value("SECRET_KEY_FALLBACKS") == old)
    #expect(outcome.stdout.hasPrefix("rotated SECRET_KEY in .env: 32 random bytes, hex\n  old key  "))
    #expect(outcome.stdout.contains("cfgkit rotate-secret SECRET_KEY --retire"))
    for secret in [old, new] { #expect(!outcome.everything.contains(secret)) }
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.mode(".env") == 0o600)
  }

  @Test func nothingButTheKeysAndTheirDatesChanges() throws {
    let scratch = Self.project()
    let before = try #require(scratch.read(".env"))
    _ = scratch.cfgkit("rotate-secret", "SECRET_KEY")
    let after = try #require(scratch.read(".env"))
    let isRing = { (line: Substring) in line.contains("SECRET_KEY") || line.hasPrefix("# cfgkit: rotated=") }
    #expect(
      before.split(separator: "\n").filter { !isRing($0) }
        == after.split(separator: "\n").filter { !isRing($0) })
  }

  @Test func aPlaceholderIsNotKeptAndThePrintedWayWorksWithoutATerminal() {
    let scratch = Self.project()
    let env = scratch.read(".env")!.replacing(
      #/\nSECRET_KEY=.*/#, with: "\nSECRET_KEY=your-secret-key-here-minimal-32-characters")
    scratch.write(".env", env)
    let refused = scratch.cfgkit("rotate-secret", "SECRET_KEY")
    #expect(refused.status == 64)
    #expect(refused.stderr.contains("cfgkit rotate-secret SECRET_KEY --drop-previous"))
    #expect(scratch.read(".env") == env)
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--drop-previous").status == 0)
    #expect(scratch.value("SECRET_KEY_FALLBACKS") == nil)
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test(arguments: ["", "SECRET_KEY=\n"]) func aMissingOrEmptySecretIsJustFilled(line: String) {
    let scratch = Scratch([".env.schema": ValueTests.schema, ".env": "MODE=a\n\(line)"])
    let outcome = scratch.cfgkit("rotate-secret", "SECRET_KEY")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(outcome.stdout.hasPrefix("filled SECRET_KEY in .env"))
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test func threeStepsChangeTheKeyForAFleetAndRepeatingOneChangesNothing() throws {
    let scratch = Self.project()
    let old = try #require(scratch.value("SECRET_KEY"))
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--promote").status == 64)
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--prepare").status == 0)
    #expect(scratch.value("SECRET_KEY") == old)
    let next = try #require(scratch.value("SECRET_KEY_FALLBACKS"))
    let prepared = scratch.read(".env")
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--prepare").status == 0)
    #expect(scratch.read(".env") == prepared)
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY").status == 64)
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--promote").status == 0)
    #expect(scratch.value("SECRET_KEY") == next)
    #expect(scratch.value("SECRET_KEY_FALLBACKS") == old)
    let early = scratch.cfgkit("rotate-secret", "SECRET_KEY", "--retire")
    #expect(early.status == 75)
    #expect(early.stderr.contains("--grace 0"))
    let retired = scratch.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0")
    #expect(retired.status == 0)
    #expect(retired.stdout.hasPrefix("retired 1 previous key of SECRET_KEY"))
    #expect(scratch.value("SECRET_KEY_FALLBACKS") == nil)
  }

  @Test func anIssuedKeyComesFromStdinAndAWeakOneIsRefused() {
    let scratch = Self.project()
    let before = scratch.snapshot
    let weak = scratch.cfgkit(
      "rotate-secret", "SECRET_KEY", "--stdin", stdin: "hunter2hunter2hunter2hunter2hunter2\n")
    #expect(weak.status == 1)
    #expect(!weak.everything.contains("hunter2"))
    #expect(scratch.snapshot == before)
    let issued = "d0f110a0b5d6c2b9bfbca9701425440947afb0375b38edf25d65e49f694121ad"
    let outcome = scratch.cfgkit("rotate-secret", "SECRET_KEY", "--stdin", stdin: issued + "\n")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(scratch.value("SECRET_KEY") == issued)
    #expect(!outcome.everything.contains(issued))
  }

  @Test func aDryRunChangesNothing() {
    let scratch = Self.project()
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("rotate-secret", "SECRET_KEY", "--dry-run")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("rotated SECRET_KEY"))
    #expect(scratch.snapshot == before)
  }

  @Test func aKeyThatTheEnvironmentHidesIsRefused() {
    let scratch = Self.project()
    let before = scratch.snapshot
    let outcome = scratch.cfgkit(
      "rotate-secret", "SECRET_KEY",
      environment: ["SECRET_KEY": "3f9c1a7e5b2d8f604c1e9a7b3d5f8e2c6a0b4d8f1e3c5a79"])
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("environment"))
    #expect(scratch.snapshot == before)
  }

  @Test func aCompromisedKeyNeedsAYesAndANoChangesNothing() throws {
    let scratch = Self.project()
    let before = scratch.snapshot
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--compromised").status == 64)
    let run = PseudoTerminal(["rotate-secret", "SECRET_KEY", "--compromised"], in: scratch)
    #expect(run.shows("[y/N]"))
    run.type("n\n")
    #expect(run.finish() == 2)
    #expect(scratch.snapshot == before)
    let old = try #require(scratch.value("SECRET_KEY"))
    #expect(scratch.cfgkit("rotate-secret", "SECRET_KEY", "--compromised", "--yes").status == 0)
    #expect(!scratch.read(".env")!.contains(old))
  }

  @Test func statusAndCheckSpeakOfDatesAndDueKeysAreFound() throws {
    let scratch = Self.project()
    let status = scratch.cfgkit("rotate-secret", "--status")
    #expect(status.status == 0)
    #expect(status.stdout.contains("SECRET_KEY"))
    #expect(scratch.cfgkit("rotate-secret", "--check").status == 0)
    #expect(scratch.cfgkit("rotate-secret", "--due").stdout == "no key is due\n")
    scratch.write(
      ".env", try #require(scratch.read(".env")).replacing(#/rotated=[0-9-]+/#, with: "rotated=2020-01-01"))
    let check = scratch.cfgkit("rotate-secret", "--check")
    #expect(check.status == 1)
    #expect(check.stdout.contains("[secret-expired]"))
    #expect(check.stdout.contains("fix: cfgkit rotate-secret SECRET_KEY"))
    let old = try #require(scratch.value("SECRET_KEY"))
    #expect(scratch.cfgkit("rotate-secret", "--due").status == 0)
    #expect(scratch.value("SECRET_KEY_FALLBACKS") == old)
    #expect(scratch.cfgkit("rotate-secret", "--check").status == 0)
  }

  @Test(arguments: [
    ["rotate-secret"], ["rotate-secret", "SECRET_KEY", "--prepare", "--promote"],
    ["rotate-secret", "SECRET_KEY", "--due"], ["rotate-secret", "SECRET_KEY", "--retire", "--stdin"],
    ["rotate-secret", "SECRET_KEY", "--drop-previous", "--keep-previous"],
    ["rotate-secret", "SECRET_KEY", "--prepare", "--drop-previous"],
    ["rotate-secret", "SECRET_KEY", "APP_ENV", "--stdin"],
    ["rotate-secret", "SECRET_KEY", "--grace", "soon"],
  ]) func flagsThatContradictEachOtherAre64(arguments: [String]) {
    let scratch = Self.project()
    let before = scratch.snapshot
    #expect(scratch.cfgkit(arguments: arguments).status == 64)
    #expect(scratch.snapshot == before)
  }
}
