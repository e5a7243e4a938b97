import CfgKit

/// Findings as programs read them: the JSON of cli.md §5, fields in that order.
struct JSONReport {
  /// What the report is about, beside its findings.
  struct Subject {
    let environment: String
    let phase: String?
    let isOK: Bool
    let sources: [JSON]
    let fixableCount: Int
  }

  /// The whole object; `extra` stands at its end.
  static func json(
    _ findings: [Finding], about subject: Subject, extra: [(String, JSON)] = [], fallbackPath: String
  ) -> JSON {
    func count(_ severity: Severity) -> JSON { .integer(findings.count { $0.severity == severity }) }
    var fields: [(String, JSON)] = [
      ("schemaVersion", .integer(1)),
      ("tool", .object([("name", .string("cfgkit")), ("version", .string(CfgKitCommand.version))])),
      ("environment", .string(subject.environment)),
    ]
    if let phase = subject.phase { fields.append(("phase", .string(phase))) }
    fields += [
      ("ok", .bool(subject.isOK)),
      ("sources", .array(subject.sources)),
      (
        "summary",
        .object([
          ("error", count(.error)), ("warning", count(.warning)), ("info", count(.info)),
          ("fixable", .integer(subject.fixableCount)),
        ])
      ),
      ("findings", .array(findings.map { json($0, fallbackPath: fallbackPath) })),
    ]
    return .object(fields + extra)
  }

  private static func json(_ finding: Finding, fallbackPath: String) -> JSON {
    var fields: [(String, JSON)] = [
      ("rule", .string(finding.rule.id)), ("code", .string(finding.rule.code)),
      ("severity", .string(finding.severity.rawValue)),
    ]
    if let key = finding.key { fields.append(("key", .string(key))) }
    fields += [
      ("message", .string(finding.message)),
      ("location", .object(fieldsOf(finding.location ?? Location(path: fallbackPath)))),
    ]
    if !finding.related.isEmpty {
      fields.append(
        (
          "related",
          .array(finding.related.map { .object(fieldsOf($0.location) + [("message", .string($0.message))]) })
        )
      )
    }
    if let fix = finding.fix { fields.append(("fix", json(fix))) }
    fields.append(("help", .string("cfgkit rules \(finding.rule.code)")))
    return .object(fields)
  }

  private static func fieldsOf(_ location: Location) -> [(String, JSON)] {
    let numbers = [
      ("line", location.line), ("column", location.column), ("endLine", location.endLine),
      ("endColumn", location.endColumn),
    ]
    return [("path", .string(location.path))]
      + numbers.compactMap { name, number in number.map { (name, .integer($0)) } }
  }

  private static func json(_ fix: Fix) -> JSON {
    switch fix.kind {
    case .command(let arguments):
      .object([
        ("kind", .string("command")), ("safe", .bool(fix.isSafe)),
        ("argv", .array(arguments.map { .string($0) })),
      ])
    case .edit(let edits):
      .object([
        ("kind", .string("edit")), ("safe", .bool(fix.isSafe)),
        (
          "edits",
          .array(
            edits.map { .object([("location", .object(fieldsOf($0.location))), ("text", .string($0.text))]) })
        ),
      ])
    case .manual:
      .object([("kind", .string("manual")), ("safe", .bool(fix.isSafe)), ("text", .string(fix.summary))])
    }
  }
}
