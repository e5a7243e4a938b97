import CfgKit

/// Writes a report in the form that was asked for, and the line that sums it up.
struct ReportPrinter {
  private let console: Console
  private let format: String

  init(_ console: Console, _ format: String?) {
    self.console = console
    self.format = format ?? "text"
  }

  /// Findings are the answer, so they go to stdout; a valid project says so on stderr, to people only.
  ///
  /// - Parameter extra: what the JSON has beside.
  func print(
    _ report: Report, of project: Project, failOn: Severity, extra: [(String, JSON)] = []
  ) throws {
    let fallbackPath = project.files.last?.shownPath ?? project.triedPaths.first ?? ".env"
    if format == "text" { return try printText(report, of: project) }
    let keys = format == "junit" ? project.resolution.keys.map(project.shownName) : []
    let suite = JUnitReport.Suite(name: "cfgkit", keys: keys, findings: report.findings)
    try printData(report, [suite], failOn: failOn, fallbackPath: fallbackPath, extra: extra)
  }

  /// The same of several projects. What could not be read is said on stderr.
  func print(_ report: SweepReport, failOn: Severity) throws {
    for (name, failure) in report.failures {
      console.say(console.errorStyle(.error, "error:") + " \(Printable.text("\(name): \(failure.message)"))")
    }
    if format == "text" { return try printText(report) }
    let suites = report.outcomes.map {
      JUnitReport.Suite(name: $0.name, keys: $0.keys, findings: $0.report?.findings ?? [])
    }
    try printData(
      report.merged, suites, failOn: failOn, fallbackPath: ".env",
      extra: [("projects", report.projects)], isWhole: report.failures.isEmpty)
  }

  private func printData(
    _ report: Report, _ suites: [JUnitReport.Suite], failOn: Severity, fallbackPath: String,
    extra: [(String, JSON)] = [], isWhole: Bool = true
  ) throws {
    switch format {
    case "sarif": try console.answer(SARIFReport.json(report.findings, fallbackPath: fallbackPath).text)
    case "github": try console.answer(GitHubReport.text(report.findings, fallbackPath: fallbackPath))
    case "junit":
      try console.answer(JUnitReport.text(suites, failingFrom: failOn, fallbackPath: fallbackPath))
    default:
      let json = JSONReport.json(
        report, failOn: failOn, fallbackPath: fallbackPath, extra: extra, isWhole: isWhole)
      try console.answer(json.text)
    }
  }

  private func printText(_ report: SweepReport) throws {
    let bare = report.outcomes.count { $0.report?.hasSchema == false }
    if bare > 0 {
      console.note(
        "note: \(bare) of \(counted(report.outcomes.count, report.noun)) without .env.schema; only syntax, secrets and files"
          + " were checked there")
    }
    try console.answer(report.text)
    if report.merged.findings.isEmpty, report.failures.isEmpty,
      StandardStream.error.isTerminal || console.isVerbose
    {
      console.note("ok: \(counted(report.outcomes.count, report.noun)) valid")
    }
  }

  private func printText(_ report: Report, of project: Project) throws {
    console.noteMissingSchema(of: report)
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
