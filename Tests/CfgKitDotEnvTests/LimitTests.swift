import Testing

@testable import CfgKitDotEnv

/// Exactly at a limit is read, one more is refused at its `$`.
@Suite struct LimitTests {
  private func errors(_ text: String, _ limits: Limits) -> [String] {
    Document(Array(text.utf8), limits: limits).read(.strict, environment: CaseEnvironment()).diagnostics
      .filter { $0.severity == .error }.map { "\(ConformanceCase.Place($0))" }
  }

  @Test func aFileIsReadUpToItsLimit() {
    #expect(errors("A=1\n", Limits(fileBytes: 4)) == [])
    #expect(errors("A=1\n", Limits(fileBytes: 3)) == ["file-too-large 1:1"])
    #expect(errors("\u{0}\n\u{0}\n", Limits(fileBytes: 3)) == ["file-too-large 1:1"])
  }

  @Test(arguments: [
    ("B=12\nA=${B}${B}\n", 4, "value-too-large 2:7"), ("B=12\nA=xx${B}\n", 4, "value-too-large 2:5"),
    ("B=12\nA=${B}xx\n", 4, "value-too-large 2:3"), ("A=${U:-1234}\n", 4, "value-too-large 1:3"),
    ("A=${CK_HOST}\n", 12, "value-too-large 1:3"), ("B=1\nA=\"${B}\\n\"\n", 2, "value-too-large 2:4"),
    ("A=1234${CK_EMPTY}\n", 4, "value-too-large 1:7"), ("A=${U:+x}1234\n", 4, "value-too-large 1:3"),
    ("B=12\nA=${U:-${B}${B}}\n", 4, "value-too-large 2:12"),
  ])
  func anExpandedValueMayReachItsLimit(text: String, size: Int, error: String) {
    #expect(errors(text, Limits(valueBytes: size)) == [])
    #expect(errors(text, Limits(valueBytes: size - 1)) == [error])
    #expect(errors(text, Limits(totalValueBytes: size)) == [])
    #expect(errors(text, Limits(totalValueBytes: size - 1)) == [error])
  }

  @Test func onlyExpandedValuesCount() {
    let text = "A=12345678\nB='12345678'\nC=\"1234567\\n\"\nD=\"1\r\n2\"\nE=${CK_EMPTY}\n"
    #expect(errors(text, Limits(valueBytes: 1, totalValueBytes: 1)) == [])
  }

  @Test func allExpandedValuesTogetherMayReachTheirLimit() {
    let text = "B=12\nA=${B}\nC=${B}\nD=${B}\n"
    #expect(errors(text, Limits(totalValueBytes: 6)) == [])
    #expect(errors(text, Limits(totalValueBytes: 5)) == ["value-too-large 4:3"])
  }

  @Test func expansionsNestUpToTheirLimit() {
    func nested(_ levels: Int) -> String {
      "A=" + String(repeating: "${U:-", count: levels) + "x" + String(repeating: "}", count: levels) + "\n"
    }
    #expect(errors(nested(16), .standard) == [])
    #expect(errors(nested(17), .standard) == ["expansion-too-deep 1:83"])
    #expect(errors(nested(1), Limits(nesting: 1)) == [])
    #expect(errors(nested(1), Limits(nesting: 0)) == ["expansion-too-deep 1:3"])
    // An unused word is only searched for its end.
    #expect(errors("A=${CK_HOST:-${U:-x}}\n", Limits(nesting: 1)) == [])
  }
}
