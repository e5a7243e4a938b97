import CfgKit
import CfgKitSecrets

/// What `doctor` prints: a word, what was found, the way out; then what was left out, and a count (cli.md §4).
struct DoctorReport {
  private let diagnosis: Diagnosis
  private let project: Project
  private let findingText: FindingText
  private let style: Style
  private let isQuiet: Bool

  init(_ diagnosis: Diagnosis, of project: Project, _ console: Console) {
    self.diagnosis = diagnosis
    self.project = project
    style = console.style
    isQuiet = console.isQuiet
    findingText = FindingText(style: console.style, files: project.files)
  }

  /// The lines, each with an end.
  var text: String {
    let findings = diagnosis.report.findings.sorted { $0.severity > $1.severity }
    var text = findings.filter { !isQuiet || $0.severity == .error }.map(lines).joined()
    if !isQuiet { text = versions + reachable + text + skipped }
    return text + summary + "\n"
  }

  private func lines(_ finding: Finding) -> String {
    let (word, role): (String, Style.Role) =
      switch finding.severity {
      case .error: ("FAIL", .error)
      case .warning: ("warn", .warning)
      case .info: ("note", .info)
      }
    return style(role, word) + "  " + subject(finding) + " " + style(.faint, "[\(finding.rule.id)]") + "\n"
      + findingText.details(of: finding, indent: "        ", offersFix: false)
  }

  /// The message behind its place, unless it names that place itself.
  private func subject(_ finding: Finding) -> String {
    let message = Printable.text(finding.message)
    guard let location = finding.location, !finding.message.contains(location.path) else { return message }
    return style(.strong, Printable.text(location.description)) + ": " + message
  }

  /// The services that are there.
  private var reachable: String {
    (diagnosis.services ?? []).map { answer in
      guard case .reachable(let milliseconds) = answer.outcome else { return "" }
      let place = "\(answer.address.key): \(answer.address.host):\(answer.address.port)"
      return style(.fix, "ok  ") + "  " + Printable.text(place) + " answers, \(milliseconds) ms\n"
    }.joined()
  }

  private var versions: String {
    let known = diagnosis.versions.map { "\($0.name) \($0.version)" }
    let own = ["cfgkit \(CfgKitCommand.version)", "libsodium \(Sodium.version)"]
    return style(.fix, "ok  ") + "  " + Printable.text((own + known).joined(separator: ", ")) + "\n"
  }

  private var skipped: String {
    if diagnosis.services != nil { return "" }
    let count = project.serviceAddresses.count
    return count == 0
      ? "" : style(.faint, "skip") + "  \(counted(count, "URL")) not contacted; add --online\n"
  }

  private var summary: String {
    let counts = [(Severity.error, "failure"), (.warning, "warning"), (.info, "note")].compactMap {
      severity, noun in
      let count = diagnosis.report.count(severity)
      return count == 0 ? nil : counted(count, noun)
    }
    return counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")
  }
}
