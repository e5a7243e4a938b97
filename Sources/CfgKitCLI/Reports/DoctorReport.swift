import CfgKit
import CfgKitSecrets

/// What `doctor` prints: a word, what was found, the way out; then what was left out, and a count.
struct DoctorReport {
  private let diagnosis: Diagnosis
  private let findingText: FindingText
  private let style: Style
  private let isQuiet: Bool

  init(_ diagnosis: Diagnosis, of project: Project, _ console: Console) {
    self.diagnosis = diagnosis
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
      + findingText.details(of: finding, indent: "        ", isOffered: false)
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
      let login = answer.login == .accepted ? "; logged in" : ""
      return style(.fix, "ok  ") + "  " + Printable.text(place)
        + " answers, \(milliseconds) ms\(answer.address.requiresTLS ? ", TLS; its certificate was not checked" : "")\(login)\n"
    }.joined()
  }

  /// What the JSON has beside findings.
  var fields: [(String, JSON)] {
    let services = (diagnosis.services ?? []).map { answer in
      var fields: [(String, JSON)] = [
        ("key", .string(answer.address.key)), ("scheme", .string(answer.address.scheme)),
        ("host", .string(answer.address.host)), ("port", .integer(Int(answer.address.port))),
        ("tls", .bool(answer.address.requiresTLS)),
      ]
      if case .reachable(let milliseconds) = answer.outcome {
        fields += [("reachable", .bool(true)), ("milliseconds", .integer(milliseconds))]
      } else {
        fields.append(("reachable", .bool(false)))
      }
      fields.append(("outcome", .string(answer.outcome.word)))
      if let login = answer.login { fields.append(("login", .string(login.rawValue))) }
      return JSON.object(fields)
    }
    let skipped = diagnosis.skipped.map { skip in
      JSON.object(
        [("check", .string(skip.check)), ("reason", .string(skip.reason))]
          + (skip.count.map { [("count", .integer($0))] } ?? []))
    }
    return [
      (
        "versions",
        .array(allVersions.map { .object([("name", .string($0.name)), ("version", .string($0.version))]) })
      ),
      ("services", .array(services)), ("skipped", .array(skipped)),
    ]
  }

  private var allVersions: [Diagnosis.Version] {
    [
      Diagnosis.Version(name: "cfgkit", version: CfgKitCommand.version),
      Diagnosis.Version(name: "libsodium", version: Sodium.version),
    ] + diagnosis.versions
  }

  private var versions: String {
    let known = allVersions.map { "\($0.name) \($0.version)\($0.isLocked ? " (locked)" : "")" }
    return style(.fix, "ok  ") + "  " + Printable.text(known.joined(separator: ", ")) + "\n"
  }

  private var skipped: String {
    diagnosis.skipped.map { style(.faint, "skip") + "  \(Printable.text($0.reason))\n" }.joined()
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
