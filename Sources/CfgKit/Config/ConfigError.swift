/// Everything that keeps an application from starting, at once: locations, reasons and fixes, and no value.
public struct ConfigError: Error, Sendable {
  /// What kind of failure it is.
  @nonexhaustive
  public enum Code: Sendable, Hashable {
    /// The sources could not be read.
    case unreadable(ProjectError.Code)
    /// The sources were read, and `findings` holds what is wrong.
    case invalid
    /// A read asked for a key or a type that the configuration does not have.
    case read
  }

  /// The kind.
  public let code: Code
  /// What validation found, warnings too; empty unless `code` is `.invalid`.
  public let findings: [Finding]
  /// The key of a failed read; else nil.
  public let key: String?
  /// Where the value of a failed read came from; nil if there is none.
  public let origin: Origin?
  private let message: String
  /// Whether an older configuration is at work, and stays.
  private var isOfReload = false
  /// The errors as text and all findings as JSON, made while the files were at hand.
  private let report: (text: String, json: JSON)?

  init(_ error: ProjectError) {
    self.init(.unreadable(error.code), error.message)
  }

  init(_ report: Report, of project: Project) {
    let errors = report.findings.filter { $0.severity == .error }
    let text = FindingText(files: project.files)
    let fallbackPath = project.files.last?.shownPath ?? project.triedPaths.first ?? ".env"
    self.init(
      .invalid, counted(errors.count, "error"),
      findings: report.findings,
      report: (
        errors.map { text.text($0) }.joined(),
        JSONReport.json(report, failOn: .error, fallbackPath: fallbackPath)
      ))
  }

  package init(reading key: String, _ reason: String, at origin: Origin? = nil) {
    self.init(
      .read, "\(key) \(reason)" + (origin.map { " (\($0))" } ?? ""), key: key, origin: origin)
  }

  private init(
    _ code: Code, _ message: String, findings: [Finding] = [], key: String? = nil, origin: Origin? = nil,
    report: (text: String, json: JSON)? = nil
  ) {
    self.code = code
    self.message = message
    self.findings = findings
    self.key = key
    self.origin = origin
    self.report = report
  }

  /// The same failure of files that were to replace those of a configuration at work, which stays.
  package var ofReload: ConfigError {
    var error = self
    error.isOfReload = true
    return error
  }

  /// What validation found as JSON, the report of `cfgkit validate --format json` that `schemas/report.schema.json` of the repository
  /// describes; for any other failure `{"schemaVersion":1,"error":{…}}`.
  public var json: String {
    if let report { return report.json.text }
    let word: String
    switch code {
    case .unreadable(let code): word = code.rawValue
    case .invalid: word = "invalid"
    case .read: word = "read"
    }
    return JSONReport.json(code: word, message: message).text
  }
}

extension ConfigError: CustomStringConvertible {
  /// The report that a person can act on, many lines without a value; the last says how many errors there are.
  public var description: String { (report?.text ?? "") + outcome + message }

  private var outcome: String {
    if isOfReload { return "not reloaded, the values from before stay in use: " }
    return code == .invalid ? "not started: " : ""
  }
}
