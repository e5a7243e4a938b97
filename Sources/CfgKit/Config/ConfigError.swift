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

  init(_ error: ProjectError) {
    code = .unreadable(error.code)
    findings = []
    message = error.message
  }

  init(_ report: Report) {
    code = .invalid
    findings = report.findings
    let errors = report.count(.error)
    message = "not started: \(errors) \(errors == 1 ? "error" : "errors")"
  }

  init(reading key: String, _ reason: String, at origin: Origin? = nil) {
    code = .read
    findings = []
    message = "\(key) \(reason)" + (origin.map { " (\($0))" } ?? "")
  }
}

extension ConfigError: CustomStringConvertible {
  /// The report that a person can act on, many lines without a value; the last says how many errors there are.
  public var description: String {
    let errors = findings.filter { $0.severity == .error }
    return (errors.map { FindingText.plain($0) } + [message]).joined(separator: "\n")
  }
}
