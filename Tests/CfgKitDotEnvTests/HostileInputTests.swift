import Testing

@testable import CfgKitDotEnv

/// Inputs that made other readers quadratic, recursive or blind. Each has to come through on a task's small stack; how long the
/// doubled input takes is the benchmark's business.
@Suite struct HostileInputTests {
  static let megabyte = 1 << 20

  static let inputs: [(String, [UInt8])] = [
    ("spaces", Array(repeating: 0x20, count: megabyte)),
    ("newlines", Array(repeating: 0x0A, count: megabyte)),
    ("hashes", Array(repeating: UInt8(ascii: "#"), count: megabyte)),
    ("equals", Array(repeating: UInt8(ascii: "="), count: megabyte)),
    ("letters", Array(repeating: UInt8(ascii: "k"), count: megabyte)),
    ("dollars", Array("A=".utf8) + Array(repeating: UInt8(ascii: "$"), count: megabyte)),
    ("open quote", Array("A=\"".utf8) + Array(repeating: UInt8(ascii: "x"), count: megabyte)),
    ("backslashes", Array("A=\"".utf8) + Array(repeating: UInt8(ascii: "\\"), count: megabyte)),
    ("escaped quotes", Array(("A=\"" + String(repeating: "\\\"", count: megabyte / 2)).utf8)),
    ("blanks inside", Array(("A=x" + String(repeating: " ", count: 200_000) + "y").utf8)),
    ("blanks before equals", Array(("A" + String(repeating: " ", count: 200_000) + "=1").utf8)),
    ("blank hashes", Array(("A=" + String(repeating: " #", count: 100_000)).utf8)),
    ("exports", Array(String(repeating: "export ", count: 100_000).utf8)),
    ("open expansions", Array(("A=" + String(repeating: "${", count: 100_000)).utf8)),
    (
      "nested defaults",
      Array(("A=" + String(repeating: "${U:-", count: 2_000) + String(repeating: "}", count: 2_000)).utf8)
    ),
    ("open quotes on lines", Array(String(repeating: "K=\"x\n", count: 30_000).utf8)),
    ("one key", Array(String(repeating: "K=1\n", count: 100_000).utf8)),
    ("bad lines", Array(String(repeating: "?\n", count: 1_000_000).utf8)),
    ("comments", Array(String(repeating: "#\n", count: 1_000_000).utf8)),
  ]

  @Test(arguments: inputs.map(\.0))
  func theInputComesThrough(name: String) async throws {
    let input = try #require(Self.inputs.first { $0.0 == name }?.1)
    let kept = await Task.detached {
      let document = Document(input)
      return document.read(.strict).diagnostics.count + document.read(.compatible).diagnostics.count
    }.value
    #expect(kept <= 2_000)
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
