import CfgKit

/// Findings as JUnit XML: a test case a key, a failure for each finding that counts.
enum JUnitReport {
  /// The document. `keys` are all keys of the schema and the files; findings without a key go to a case of their file.
  static func text(_ findings: [Finding], keys: [String], failingFrom level: Severity?, fallbackPath: String)
    -> String
  {
    let failures = findings.filter { finding in level.map { finding.severity >= $0 } ?? false }
    let byKey = Dictionary(grouping: failures.filter { $0.key != nil }) { $0.key ?? "" }
    let byFile = Dictionary(grouping: failures.filter { $0.key == nil }) { $0.location?.path ?? fallbackPath }
    var names = keys
    for key in byKey.keys.sorted() where !keys.contains(key) { names.append(key) }
    let cases =
      names.map { testCase($0, byKey[$0] ?? []) }
      + byFile.keys.sorted().map { testCase($0, byFile[$0] ?? []) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="cfgkit" tests="\(cases.count)" failures="\(failures.count)">
        <testsuite name="cfgkit" tests="\(cases.count)" failures="\(failures.count)">
      \(cases.joined())  </testsuite>
      </testsuites>

      """
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
