#if os(Linux)
  import Foundation
  import Testing

  @testable import MemoryProbe

  /// A program that loads, validates, compares, edits and rotates secrets, and what of them is in its memory, by its own search of
  /// `/proc/self/mem` and in its core file.
  @Suite(.serialized) struct OwnMemoryTests {
    @Test func secretsAreNowhereInMemoryButInTheArenasAndTheEnvironmentBlock() throws {
      let project = try ProbedProject()
      let outcome = try project.probe(
        "search", needles: project.values + [project.variable], variable: project.variable)
      #expect(outcome.signal == 0, "\(outcome.errors)")
      try #require(outcome.lines.count == 4, "\(outcome.lines) \(outcome.errors)")
      #expect(outcome.lines[0].wholeMatch(of: #/held guarded=[1-9]\d+ environment=1 elsewhere=0/#) != nil)
      #expect(outcome.lines[1].wholeMatch(of: #/scrubbed guarded=[1-9]\d+ environment=0 elsewhere=0/#) != nil)
      #expect(outcome.lines[2] == "dropped guarded=0 environment=0 elsewhere=0")
      // The search finds what is there to be found.
      #expect(outcome.lines[3].contains(#/exposed guarded=0 environment=0 elsewhere=[1-9]/#))
    }

    /// What the kernel does with a core file; a pipe takes it to a program of the system's.
    private static let corePattern =
      (try? String(contentsOfFile: "/proc/sys/kernel/core_pattern", encoding: .utf8)) ?? "|"
    private static let writesCores = !corePattern.hasPrefix("|") && !corePattern.contains("/")

    @Test(
      .enabled(if: writesCores, "core files go to a program or to another folder here: core_pattern"),
      arguments: [("core", false), ("core-exposed", true)])
    func secretsAreInACoreFileOnlyIfTheApplicationCopiedThem(_ command: String, _ isFound: Bool) throws {
      let project = try ProbedProject()
      let outcome = try project.probe(command, variable: "0123456789abcdef", limits: "ulimit -c unlimited;")
      #expect(outcome.signal == SIGABRT, "\(outcome.errors)")
      try #require(outcome.lines == ["held"], "\(outcome.errors)")
      let core = try #require(
        try FileManager.default.contentsOfDirectory(atPath: project.folder.path).first {
          $0.hasPrefix("core")
        }, "no core file was written")
      let memory = try Data(contentsOf: project.folder.appending(path: core))
      #expect(memory.count > 1_000_000)
      let newKey = try project.writtenValue(of: "SECRET_KEY")
      #expect(newKey.count == 64)
      let forms = (project.values + [newKey]).flatMap { value in
        Needle(masked: value.utf8.map { $0 ^ Needle.mask }).patterns.map { Data($0.map { $0 ^ Needle.mask }) }
      }
      #expect(forms.contains { memory.range(of: $0) != nil } == isFound)
    }

    @Test func aProcessThatForbidsCoreDumpsLeavesNoFile() throws {
      let project = try ProbedProject()
      let outcome = try project.probe("forbidden-core", limits: "ulimit -c unlimited;")
      #expect(outcome.signal == SIGABRT)
      #expect(outcome.errors.isEmpty)
      let files = try FileManager.default.contentsOfDirectory(atPath: project.folder.path).sorted()
      #expect(files == ["invalid", "valid"])
    }

    @Test func twentyThousandSecretsOf32BytesTakeLessThan200PagesAndFreedRoomIsUsedAgain() throws {
      let line = try #require(try ProbedProject().probe("arenas").lines.first)
      let match = try #require(line.wholeMatch(of: #/arenas=(\d+) pages=(\d+) intact=true again=(\d+)/#))
      let (arenas, pages, again) = try (
        #require(Int(match.1)), #require(Int(match.2)), #require(Int(match.3))
      )
      #expect(arenas <= 200 && pages <= 200, "\(line)")
      #expect(again <= arenas + 10, "\(line)")
    }

    @Test func aLockThatIsRefusedIsReportedAndNoFailure() throws {
      let project = try ProbedProject()
      // Whoever may lock without limit must first become somebody else.
      let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
      let outcome = try project.probe(
        "limits", through: ["prlimit", "--memlock=0:0"] + (geteuid() == 0 ? nobody : []))
      let line = try #require(outcome.lines.first, "\(outcome.errors)")
      #expect(line.wholeMatch(of: #/refused=[1-9]\d* warning=true bytes=25/#) != nil, "\(line)")
      #expect(try project.probe("limits").lines == ["refused=0 warning=false bytes=25"])
    }

    @Test func aReadBeyondAnArenaEndsTheProcess() throws {
      let outcome = try ProbedProject().probe("overread")
      #expect(outcome.signal == SIGSEGV)
      #expect(outcome.lines == ["last byte 0"])
    }
  }
#endif
