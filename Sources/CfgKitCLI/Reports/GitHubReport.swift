import CfgKit

/// Findings as annotations of GitHub Actions: workflow commands on stdout.
enum GitHubReport {
  /// One line a finding.
  static func text(_ findings: [Finding], fallbackPath: String) -> String {
    findings.map { finding in
      let location = finding.location ?? Location(path: fallbackPath)
      var properties = ["file=\(property(location.path))"]
      if let line = location.line { properties.append("line=\(line)") }
      if let column = location.column { properties.append("col=\(column)") }
      if let endLine = location.endLine { properties.append("endLine=\(endLine)") }
      if let endColumn = location.endColumn { properties.append("endColumn=\(max(1, endColumn - 1))") }
      properties.append("title=\(property(finding.rule.id))")
      let fix = finding.fix.map { "; fix: \($0.summary)" } ?? ""
      return
        "::\(command(finding.severity)) \(properties.joined(separator: ","))::\(message(finding.message + fix))\n"
    }.joined()
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "notice"
    }
  }

  private static func message(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined()
  }
}
