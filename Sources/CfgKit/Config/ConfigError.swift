/// Everything that keeps an application from starting, at once: locations, reasons and fixes, and no value.
public struct ConfigError: Error, Sendable {
  /// What kind of failure it is.
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
  private let message: String
  /// The errors as text, made while the files were at hand.
  private let report: String

  init(_ error: ProjectError) {
    code = .unreadable(error.code)
    findings = []
    report = ""
    message = error.message
  }

  init(_ report: Report, of project: Project) {
    code = .invalid
    findings = report.findings
    let errors = report.findings.filter { $0.severity == .error }
    self.report = FindingText(files: project.files).text(errors)
    message = "not started: \(errors.count) \(errors.count == 1 ? "error" : "errors")"
  }

  package init(reading key: String, _ reason: String, at origin: Origin? = nil) {
    code = .read
    findings = []
    report = ""
    message = "\(key) \(reason)" + (origin.map { " (\($0))" } ?? "")
  }
}

extension ConfigError: CustomStringConvertible {
  /// The report that a person can act on, many lines without a value; the last says how many errors there are.
  public var description: String { report + message }
}
