import CfgKit

/// Findings as JUnit XML: a suite for each project, a test case for each key, a failure for each finding that counts.
enum JUnitReport {
  /// One project.
  struct Suite {
    /// Its name.
    let name: String
    /// All keys of its schema and its files.
    let keys: [String]
    /// What was found in it.
    let findings: [Finding]
  }

  /// The document. Findings without a key go to a case of their file.
  static func text(_ suites: [Suite], failingFrom level: Severity?, fallbackPath: String) -> String {
    let parts = suites.map { suite($0, failingFrom: level, fallbackPath: fallbackPath) }
    let counts = parts.reduce((0, 0)) { ($0.0 + $1.caseCount, $0.1 + $1.failureCount) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="cfgkit" tests="\(counts.0)" failures="\(counts.1)">
      \(parts.map(\.text).joined())</testsuites>

      """
  }

  private static func suite(_ suite: Suite, failingFrom level: Severity?, fallbackPath: String) -> (
    text: String, caseCount: Int, failureCount: Int
  ) {
    let failures = suite.findings.filter { finding in level.map { finding.severity >= $0 } ?? false }
    let byKey = Dictionary(grouping: failures.filter { $0.key != nil }) { $0.key ?? "" }
    let byFile = Dictionary(grouping: failures.filter { $0.key == nil }) { $0.location?.path ?? fallbackPath }
    let names = suite.keys + byKey.keys.sorted().filter { !suite.keys.contains($0) }
    let cases =
      names.map { testCase($0, byKey[$0] ?? []) }
      + byFile.keys.sorted().map { testCase($0, byFile[$0] ?? []) }
    let text = """
        <testsuite name="\(escaped(suite.name))" tests="\(cases.count)" failures="\(failures.count)">
      \(cases.joined())  </testsuite>

      """
    return (text, cases.count, failures.count)
  }

  private static func testCase(_ name: String, _ failures: [Finding]) -> String {
    let head = "    <testcase classname=\"cfgkit\" name=\"\(escaped(name))\""
    if failures.isEmpty { return head + "/>\n" }
    let body = failures.map { finding in
      let place = finding.location.map { "\($0): " } ?? ""
      let fix = finding.fix.map { "\nfix: \($0.summary)" } ?? ""
      return """
              <failure type="\(escaped(finding.rule.id))" message="\(escaped(finding.message))">\
        \(escaped(place + finding.message + fix))</failure>

        """
    }
    return head + ">\n" + body.joined() + "    </testcase>\n"
  }

  private static func escaped(_ text: String) -> String {
    Printable.text(text.replacing("\n", with: " \u{2014} ")).unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(scalar)
      }
    }.joined()
  }
}
