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

  /// Enough keys for a table of several parts, which is filled at the end, or at the first reference.
  @Test(arguments: [nil, 10_000, 35_000])
  func keysOfALargeFileAreFoundAndThoseThatComeAgainAreCounted(reference: Int?) throws {
    var lines = (0..<40_000).map { "K\($0 % 30_000)=v\($0)" }
    if let reference { lines.insert("R=${K5}", at: reference) }
    let document = Document(Array(lines.joined(separator: "\n").utf8))
    let reading = document.read(.strict)
    let values = try #require(reading.values)
    for key in 0..<30_000 {
      #expect(values["K\(key)"] == "v\(key < 10_000 ? key + 30_000 : key)")
    }
    #expect(reading.value(for: "K29999") == "v29999")
    #expect(reading.value(for: "K9999") == "v39999")
    #expect(reading.value(for: "K30000") == nil)
    #expect(reading.value(for: "R") == reference.map { $0 < 30_000 ? "v5" : "v30005" })
    #expect(reading.diagnostics.count + reading.uncountedDiagnostics == 10_000)
    let first = try #require(reading.diagnostics.first)
    let moved = reference.map { $0 < 30_000 ? 1 : 0 } ?? 0
    #expect(first.id == .duplicateKey && first.position == Position(line: 30_001 + moved, column: 1))
    #expect(first.related.map(\.position) == [Position(line: 1, column: 1)])
    #expect(reading.diagnostics.count { $0.fixIt == nil } == moved)
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
    #expect(document.values() == nil)
  }
}
