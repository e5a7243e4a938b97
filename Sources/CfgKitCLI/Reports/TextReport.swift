import CfgKit
import CfgKitDotEnv

/// Findings as people read them: `path:line:col: severity: message [rule]`, an excerpt, the way out (cli.md §4, validate).
struct TextReport {
  private let style: Style
  private let documents: [String: Document]

  /// Excerpts come from the project's files; the schema needs none.
  init(style: Style, files: [SourceFile] = []) {
    self.style = style
    documents = Dictionary(files.map { ($0.shownPath, $0.document) }) { _, last in last }
  }

  /// All findings, with an empty line between two.
  func text(_ findings: [Finding]) -> String {
    findings.map(text).joined(separator: "\n")
  }

  /// One finding, with a line end.
  func text(_ finding: Finding) -> String {
    var text = finding.location.map { style(.strong, Printable.text($0.description)) + ": " } ?? ""
    text += style(role(finding.severity), finding.severity.rawValue) + ": "
    text += Printable.text(finding.message) + " " + style(.faint, "[\(finding.rule.id)]") + "\n"
    text += excerpt(finding)
    // A place in the schema is already in the note, or the same for every finding of the key.
    for related in finding.related where related.location.path == finding.location?.path {
      text +=
        "   " + style(.faint, "\(Printable.text(related.location.description)): ")
        + Printable.text(related.message)
      text += "\n"
    }
    if let fix = finding.fix {
      text += "   " + style(.fix, "fix:") + " " + Printable.text(fix.summary)
      text += (fix.isSafe ? " (safe, --fix)" : "") + "\n"
    }
    return text
  }

  private func role(_ severity: Severity) -> Style.Role {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }

  /// The entry's line up to its `=` and a fixed mask. Only for an entry of the finding's own key: a line that is none may be a
  /// pasted secret.
  private func excerpt(_ finding: Finding) -> String {
    guard let key = finding.key, let location = finding.location, let line = location.line,
      let document = documents[location.path],
      let entry = document.entries(for: key).first(where: { $0.lineNumber == line })
    else { return finding.note.map { "   \(Printable.text($0))\n" } ?? "" }
    let keyStart = document.position(at: entry.keyRange.lowerBound).column
    let indent = String(repeating: " ", count: keyStart - 1)
    let shown = (entry.isExported ? "export " : "") + key + "="
    let lead =
      entry.isExported && keyStart > "export ".count ? String(indent.dropLast("export ".count)) : indent
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let keyEnd = keyStart + key.utf8.count
    let column = location.column ?? keyStart
    let isInValue = column > keyEnd
    let offset = isInValue ? lead.count + shown.count : column - 1
    let width = isInValue ? mask.count : max(1, (location.endColumn ?? keyEnd) - column)
    var text = "   " + style(.faint, "\(number) |") + " \(lead)\(shown)\(mask)\n"
    text += "   " + style(.faint, "\(margin) |") + " " + String(repeating: " ", count: offset)
    text += style(role(finding.severity), String(repeating: "^", count: width))
    return text + (finding.note.map { " " + Printable.text($0) } ?? "") + "\n"
  }

  private var mask: String { "••••••••" }
}
