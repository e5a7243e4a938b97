import Testing

@testable import CfgKitDotEnv

/// Each has to come through on a task's small stack. That its cost is linear, Tests/Frameworks/test_linear_work.py counts.
@Suite struct HostileInputTests {
  @Test(arguments: HostileInput.all.map(\.name))
  func theInputComesThrough(name: String) async throws {
    let input = try #require(HostileInput.all.first { $0.name == name }).bytes(1 << 20)
    let (kept, isWhole) = await Task.detached {
      let document = Document(input)
      let diagnostics =
        document.read(.strict).diagnostics.count + document.read(.compatible).diagnostics.count
      return (diagnostics, document.bytes == input)
    }.value
    #expect(kept <= 2_000)
    #expect(isWhole)
  }

  /// 1 M of each: what counts lines anew for each of them would not end.
  @Test(arguments: ["#\n", "?\n"])
  func aMillionLinesComeThroughOnATask(line: String) async {
    let input = Array(String(repeating: line, count: 1_000_000).utf8)
    let reading = await Task.detached { Document(input).read() }.value
    #expect(reading.diagnostics.count + reading.uncountedDiagnostics == (line == "?\n" ? 1_000_000 : 0))
  }

  @Test func ofOneKindAnEntryHasOneWarning() {
    let reading = Document(Array(("A=\"" + String(repeating: "\\q$1", count: 1_000) + "\"\n").utf8)).read(
      .compatible)
    #expect(reading.diagnostics.map(\.id) == [.unknownEscape, .literalDollar])
    #expect(reading.diagnostics.map(\.position.column) == [4, 6])
  }

  @Test func doublingLinesAreTooLarge() {
    let lines = (1...20).map { "A\($0)=${A\($0 - 1)}${A\($0 - 1)}" }
    let text = "A0=" + String(repeating: "x", count: 64) + "\n" + lines.joined(separator: "\n") + "\n"
    let reading = Document(Array(text.utf8)).read()
    #expect(reading.diagnostics.first { $0.severity == .error }?.id == .valueTooLarge)
    #expect(reading.values == nil)
  }

  @Test func aFileOverTheLimitIsNotRead() {
    let document = Document(Array("A=1\n".utf8), limits: Limits(fileBytes: 3))
    #expect(document.fileError?.id == .fileTooLarge)
    #expect(document.read().values == nil)
  }
}
