import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `cfgkit fmt`, `validate --dialect` and the finding of `set`.
@Suite struct FormatTests {
  static let env = "# top\r\nA=\"plain\"   # why\r\nTOKEN = hunter2hunter2\r\nE=${A}\r\n"
  static let formatted = "# top\n# why\nA=plain\nTOKEN=hunter2hunter2\nE=${A}\n"

  @Test func fmtRewritesTheFileAndASecondTimeChangesNothing() {
    let scratch = Scratch([".env": Self.env])
    let first = scratch.cfgkit("fmt")
    #expect(first.status == 0)
    #expect(first.stdout.isEmpty)
    #expect(first.stderr.contains("formatted  .env, lines 2, 3"))
    #expect(scratch.read(".env") == Self.formatted)
    let before = scratch.snapshot
    #expect(scratch.cfgkit("fmt").stderr.contains("unchanged  .env"))
    #expect(scratch.snapshot == before)
  }

  @Test func checkChangesNothingAndSaysWhichLinesWould() {
    let scratch = Scratch([".env": Self.env])
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("fmt", "--check")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("would format  .env, lines 2, 3"))
    #expect(!outcome.everything.contains("hunter2"))
    #expect(scratch.snapshot == before)
    #expect(Scratch([".env": Self.formatted]).cfgkit("fmt", "--check").status == 0)
  }

  @Test func theAnswerForProgramsNamesFilesAndLines() throws {
    let outcome = Scratch([".env": Self.env]).cfgkit("fmt", "--check", "--format", "json")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [String: Any]
    let file = (json?["files"] as? [[String: Any]])?.first
    #expect(file?["path"] as? String == ".env")
    #expect(file?["changed"] as? Bool == true)
    #expect(file?["lines"] as? [Int] == [2, 3])
    #expect(file?["unportableLines"] as? [Int] == [4])
  }

  @Test func aFileInErrorIsLeftAloneAndCompatTakesTheCompatibleReading() {
    let scratch = Scratch([".env": "A=a#b\nB=1\n"])
    let before = scratch.snapshot
    let refused = scratch.cfgkit("fmt")
    #expect(refused.status == 65)
    #expect(refused.stderr.contains("[hash-in-unquoted]"))
    #expect(refused.stderr.contains("--compat"))
    #expect(scratch.snapshot == before)
    #expect(scratch.cfgkit("fmt", "--compat").status == 0)
    #expect(scratch.read(".env") == "A='a#b'\nB=1\n")
    #expect(scratch.cfgkit("validate").status == 0)
  }

  @Test func standardInputIsAnsweredOnStandardOutput() {
    let outcome = Scratch().cfgkit("fmt", "-f", "-", stdin: Self.env)
    #expect(outcome.status == 0)
    #expect(outcome.stdout == Self.formatted)
    #expect(Scratch().cfgkit("fmt", "--check", "-f", "-", stdin: Self.env).status == 1)
  }

  @Test func aMissingFileAFolderAndAFileNobodyMayReadAreErrors() {
    #expect(Scratch().cfgkit("fmt").status == 66)
    #expect(Scratch([".env.schema": "A=\n"]).cfgkit("fmt").status == 66)
    let folder = Scratch([".env/x": ""])
    #expect(folder.cfgkit("fmt").status == 65)
    let closed = Scratch([".env": "A='x'\n"])
    chmod(closed.path, 0o755)
    chmod(closed.path + "/.env", 0)
    #expect(closed.cfgkit("fmt", asNobody: true).status == 77)
    let fixed = Scratch([".env": "A='x'\n"])
    chmod(fixed.path, 0o555)
    chmod(fixed.path + "/.env", 0o644)
    #expect(fixed.cfgkit("fmt", asNobody: true).status == 77)
    #expect(fixed.read(".env") == "A='x'\n")
  }

  @Test func validateNamesWhoReadsAnEntryOtherwise() {
    let scratch = Scratch([".env": "A=plain # why\nTOKEN='hunter2hunter2'\n"])
    #expect(!scratch.cfgkit("validate").everything.contains("ambiguous-value"))
    let outcome = scratch.cfgkit("validate", "--dialect", "docker,node", "--fail-on", "warning")
    #expect(outcome.status == 1)
    #expect(
      outcome.stdout.contains(
        ".env:1:3: warning: A is read otherwise elsewhere: a comment behind the value (comment in the value: docker) [ambiguous-value]"
      ))
    #expect(outcome.stdout.contains("quotes (kept: docker) [ambiguous-value]"))
    #expect(outcome.stdout.contains("fix: cfgkit fmt"))
    #expect(!outcome.everything.contains("hunter2"))
    #expect(!scratch.cfgkit("validate", "--dialect", "node").everything.contains("ambiguous-value"))
  }

  @Test func theSchemaCanNameTheReadersThatAProjectServes() {
    let schema = "# @defaultRequired=false # cfgkit: dialects=docker\n# ---\n\nA=\n"
    let scratch = Scratch([".env.schema": schema, ".env": "A='x'\n"])
    #expect(scratch.cfgkit("validate").stdout.contains("quotes (kept: docker) [ambiguous-value]"))
    let all = Scratch([".env.schema": schema.replacing("docker", with: "all"), ".env": "A='x'\n"])
    #expect(all.cfgkit("validate").stdout.contains("docker"))
    let wrong = Scratch([
      ".env.schema": schema.replacingOccurrences(of: "docker", with: "dokcer"), ".env": "A=x\n",
    ])
    let outcome = wrong.cfgkit("validate")
    #expect(outcome.status == 78)
    #expect(outcome.everything.contains("did you mean docker?"))
  }

  @Test func fixMendsTheWarningsOfTheSpellingAndKeepsEveryValue() {
    let env = "# top\r\nA = two words   # why\r\nexport B='x'#y\r\nC=a$1 b\r\nD=\"${B}\"\r\n"
    let scratch = Scratch([".env": env])
    let before = scratch.cfgkit("export", "--format", "json", "--no-environment").stdout
    let outcome = scratch.cfgkit("validate", "--fix")
    #expect(outcome.status == 0)
    #expect(!outcome.everything.contains("warning"))
    #expect(
      scratch.read(".env")
        == "# top\r\nA='two words'   # why\r\nexport B='x' #y\r\nC='a$1 b'\r\nD=\"${B}\"\r\n")
    #expect(scratch.cfgkit("export", "--format", "json", "--no-environment").stdout == before)
  }

  @Test func anUnknownReaderIsAUsageError() {
    let outcome = Scratch([".env": "A=1\n"]).cfgkit("validate", "--dialect", "python")
    #expect(outcome.status == 64)
  }

  @Test func setSaysWhoWillMisreadAValueThatNoSpellingCarries() {
    let scratch = Scratch([".env": ""])
    let outcome = scratch.cfgkit("set", "A", "--stdin", stdin: "it's \"so\"")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("[ambiguous-value]"))
    #expect(outcome.stderr.contains("these read it otherwise: motdotla, node, docker"))
    #expect(!outcome.everything.contains("it's"))
    #expect(scratch.cfgkit("get", "A").stdout == "it's \"so\"\n")
    #expect(!scratch.cfgkit("set", "B", "two words").stderr.contains("ambiguous"))
  }
}
