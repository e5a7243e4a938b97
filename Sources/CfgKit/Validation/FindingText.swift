import CfgKitDotEnv

/// Findings as people read them: `path:line:col: severity: message [rule]`, an excerpt, the way out.
///
/// An excerpt ends at `=` with a fixed mask; there is no place for a value.
package struct FindingText: Sendable {
  /// What a piece of the text is, not how it looks.
  package enum Role: Sendable {
    case error, warning, info, fix, strong, faint
  }

  private let paint: @Sendable (Role, String) -> String
  private let documents: [String: Document]

  /// Excerpts come from the project's files; the schema needs none.
  ///
  /// - Parameter paint: gives a piece of text the look of its role.
  package init(
    files: [SourceFile] = [], paint: @escaping @Sendable (Role, String) -> String = { _, text in text }
  ) {
    self.paint = paint
    documents = Dictionary(files.map { ($0.shownPath, $0.document) }) { _, last in last }
  }

  /// All findings, with an empty line between two.
  package func text(_ findings: [Finding]) -> String {
    findings.map(text).joined(separator: "\n")
  }

  /// One finding, with a line end.
  package func text(_ finding: Finding) -> String {
    var text = finding.location.map { paint(.strong, Printable.text($0.description)) + ": " } ?? ""
    text += paint(role(finding.severity), finding.severity.rawValue) + ": "
    text += Printable.text(finding.message) + " " + paint(.faint, "[\(finding.rule.id)]") + "\n"
    return text + details(of: finding, indent: "   ")
  }

  /// What stands below the first line: the excerpt or the note, other places, the way out.
  ///
  /// - Parameter isOffered: whether the verb has `--fix`, so that safe fixes are marked. Where it has none, what is called a fix is a
  ///   command to copy, and anything else is to be done by hand.
  package func details(of finding: Finding, indent: String, isOffered: Bool = true) -> String {
    var text = excerpt(finding, indent: indent)
    // A place in the schema is already in the note, or the same for every finding of the key.
    for related in finding.related where related.location.path == finding.location?.path {
      text += indent + paint(.faint, "\(Printable.text(related.location.description)): ")
      text += Printable.text(related.message) + "\n"
    }
    if let fix = finding.fix {
      let (label, words) = isOffered ? ("fix:", fix.summary) : wayOut(fix)
      text += indent + paint(.fix, label) + " " + Printable.text(words)
      text += (fix.isSafe && isOffered ? " (safe, --fix)" : "") + "\n"
    }
    return text
  }

  private func wayOut(_ fix: Fix) -> (label: String, words: String) {
    switch fix.kind {
    case .command: ("fix:", fix.summary)
    case .edit: fix.isSafe ? ("fix:", "cfgkit validate --fix") : ("by hand:", fix.summary)
    case .manual: ("by hand:", fix.summary)
    }
  }

  private func role(_ severity: Severity) -> Role {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }

  /// The entry's line up to its `=` and a fixed mask. Only for an entry of the finding's own key: a line that is none may be a
  /// pasted secret.
  private func excerpt(_ finding: Finding, indent: String) -> String {
    guard let key = finding.key, let location = finding.location, let line = location.line,
      let document = documents[location.path], let entry = document.entry(onLine: line),
      document.key(of: entry) == key
    else {
      return (finding.note ?? "").split(separator: "\n").map { indent + Printable.text(String($0)) + "\n" }
        .joined()
    }
    let keyStart = document.position(at: entry.keyRange.lowerBound).column
    let lead = String(repeating: " ", count: keyStart - 1)
    let shown = (entry.isExported ? "export " : "") + key + "="
    let left =
      entry.isExported && keyStart > "export ".utf8.count ? String(lead.dropLast("export ".utf8.count)) : lead
    let number = String(line)
    let margin = String(repeating: " ", count: number.utf8.count)
    let keyEnd = keyStart + key.utf8.count
    let column = location.column ?? keyStart
    let isInValue = column > keyEnd
    let offset = isInValue ? left.utf8.count + shown.utf8.count : column - 1
    let width = isInValue ? Self.maskWidth : max(1, (location.endColumn ?? keyEnd) - column)
    var text = indent + paint(.faint, "\(number) |") + " \(left)\(shown)\(Self.mask)\n"
    text += indent + paint(.faint, "\(margin) |") + " " + String(repeating: " ", count: offset)
    text += paint(role(finding.severity), String(repeating: "^", count: width))
    guard let note = finding.note else { return text + "\n" }
    if !note.contains("\n") { return text + " " + Printable.text(note) + "\n" }
    return text + "\n"
      + note.split(separator: "\n").map { indent + Printable.text(String($0)) + "\n" }.joined()
  }

  private static let maskWidth = 8
  private static let mask = String(repeating: "•", count: maskWidth)
}

/// `1 key`, `2 keys`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
