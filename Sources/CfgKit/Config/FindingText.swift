/// Findings as plain text, for a log or a terminal without colour.
package enum FindingText {
  /// `path:line:column: severity: message [rule]`, then the way out.
  package static func plain(_ finding: Finding) -> String {
    var lines = [
      (finding.location.map { "\($0): " } ?? "")
        + "\(finding.severity.rawValue): \(finding.message) [\(finding.rule.id)]"
    ]
    if let note = finding.note { lines.append("   \(note)") }
    if let fix = finding.fix { lines.append("   fix: \(fix.summary)") }
    return lines.joined(separator: "\n")
  }
}
