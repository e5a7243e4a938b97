import CfgKit

/// Writes a report in the form that was asked for, and the line that sums it up.
struct ReportPrinter {
  private let console: Console
  private let format: String
  private let extra: [(String, JSON)]

  /// `extra` are fields that the JSON of one verb has beside those of all.
  init(_ console: Console, _ format: String?, extra: [(String, JSON)] = []) {
    self.console = console
    self.format = format ?? "text"
    self.extra = extra
  }

  /// Findings are the answer, so they go to stdout; a valid project says so on stderr, to people only.
  func print(_ report: Report, of project: Project, failOn: Severity) throws {
    let fallbackPath = project.files.last?.shownPath ?? project.triedPaths.first ?? ".env"
    switch format {
    case "json":
      try console.answer(
        JSONReport.json(report, failOn: failOn, fallbackPath: fallbackPath, extra: extra).text)
    case "sarif":
      try console.answer(SARIFReport.json(report.findings, fallbackPath: fallbackPath).text)
    case "github":
      try console.answer(GitHubReport.text(report.findings, fallbackPath: fallbackPath))
    case "junit":
      let keys = project.resolution.keys.map(project.shownName)
      try console.answer(
        JUnitReport.text(report.findings, keys: keys, failingFrom: failOn, fallbackPath: fallbackPath))
    default:
      try printText(report, of: project)
    }
  }

  private func printText(_ report: Report, of project: Project) throws {
    if !report.hasSchema {
      console.note("note: no .env.schema here; only syntax, secrets and files were checked")
    }
    let findings = console.isQuiet ? report.findings.filter { $0.severity == .error } : report.findings
    if findings.isEmpty {
      try console.answer("")
      if StandardStream.error.isTerminal || console.isVerbose {
        console.note("ok: \(counted(report.keyCount, "key")) valid (\(report.environmentName))")
      }
      return
    }
    let text = FindingText(style: console.style, files: project.files).text(findings)
    try console.answer(text + "\n" + ReportSummary.line(report) + "\n")
  }
}

/// `1 key`, `2 keys`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension ExitStatus {
  /// The status of a validation: an invalid schema or a file that is no `.env` before mere findings.
  init(_ report: Report, failOn: Severity) {
    if report.hasSchemaError {
      self = .invalidSchema
    } else if report.hasFileError {
      self = .unreadable
    } else {
      self = report.findings.contains { $0.severity >= failOn } ? .findings : .ok
    }
  }
}
