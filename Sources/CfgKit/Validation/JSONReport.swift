import CfgKitDotEnv

/// Findings as programs read them: JSON as `schemas/report.schema.json` describes it.
package struct JSONReport {
  /// What the report is about, beside its findings.
  package struct Subject {
    let environment: String
    let phase: String?
    let isOK: Bool
    let sources: [JSON]
    let fixableCount: Int
    let extra: [(String, JSON)]

    /// A subject of these facts; `phase` is nil where there is none, `extra` what a verb adds of its own.
    package init(
      environment: String, phase: String?, isOK: Bool, sources: [JSON], fixableCount: Int,
      extra: [(String, JSON)] = []
    ) {
      self.environment = environment
      self.phase = phase
      self.isOK = isOK
      self.sources = sources
      self.fixableCount = fixableCount
      self.extra = extra
    }
  }

  /// The report of a validation, ok if nothing weighs as much as `failOn` and everything could be read (`isWhole`).
  package static func json(
    _ report: Report, failOn: Severity, fallbackPath: String, extra: [(String, JSON)] = [],
    isWhole: Bool = true
  ) -> JSON {
    let files = report.sources.filter(\.isDocument).map { source in
      JSON.object([
        ("kind", .string(source.kind)), ("path", .string(source.path ?? fallbackPath)),
        ("keys", .integer(source.keyCount)),
      ])
    }
    return json(
      report.findings,
      about: Subject(
        environment: report.environmentName, phase: report.phase.rawValue,
        isOK: isWhole && !report.findings.contains { $0.severity >= failOn }, sources: files,
        fixableCount: report.fixableCount, extra: extra), fallbackPath: fallbackPath)
  }

  /// A failure to report at all: `{"schemaVersion":1,"error":{"code":"…","message":"…"}}`.
  package static func json(code: String, message: String) -> JSON {
    .object([
      ("schemaVersion", .integer(1)),
      ("error", .object([("code", .string(code)), ("message", .string(message))])),
    ])
  }

  /// The whole object.
  package static func json(_ findings: [Finding], about subject: Subject, fallbackPath: String) -> JSON {
    func count(_ severity: Severity) -> JSON { .integer(findings.count { $0.severity == severity }) }
    var fields: [(String, JSON)] = [
      ("schemaVersion", .integer(1)),
      ("tool", .object([("name", .string("cfgkit")), ("version", .string(Release.version))])),
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
    return .object(fields + subject.extra)
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
    if !finding.disagreements.isEmpty {
      fields.append(("disagreements", .array(finding.disagreements.map(json))))
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

  private static func json(_ disagreement: Disagreement) -> JSON {
    .object([
      ("construct", .string(disagreement.construct.rawValue)),
      ("reading", .string(disagreement.effect.rawValue)),
      ("dialects", .array(disagreement.dialects.map { .string($0.rawValue) })),
    ])
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
