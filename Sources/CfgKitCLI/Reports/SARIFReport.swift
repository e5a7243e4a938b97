import CfgKit
import CfgKitDotEnv

/// Findings as SARIF 2.1.0, the format of code scanning services. It carries no snippet: that would upload the line.
enum SARIFReport {
  /// The log, with one run.
  static func json(_ findings: [Finding], fallbackPath: String) -> JSON {
    var rules: [Rule] = []
    for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
    rules.sort { $0.number < $1.number }
    return .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            (
              "tool",
              .object([
                (
                  "driver",
                  .object([
                    ("name", .string("cfgkit")), ("version", .string(CfgKitCommand.version)),
                    ("rules", .array(rules.map(json))),
                  ])
                )
              ])
            ),
            ("columnKind", .string("utf16CodeUnits")),
            ("results", .array(findings.map { json($0, rules: rules, fallbackPath: fallbackPath) })),
          ])
        ])
      ),
    ])
  }

  private static func json(_ rule: Rule) -> JSON {
    var properties: [(String, JSON)] = [("tags", .array([.string("configuration"), .string(rule.code)]))]
    // Rules of the second group are about secrets, and code scanning sorts them by this number (CVSS, high).
    if rule.number / 100 == 2 { properties.append(("security-severity", .string("8.0"))) }
    return .object([
      ("id", .string(rule.id)),
      ("shortDescription", .object([("text", .string(rule.summary))])),
      ("help", .object([("text", .string("\(rule.reason) \(rule.remedy)"))])),
      ("properties", .object(properties)),
    ])
  }

  private static func json(_ finding: Finding, rules: [Rule], fallbackPath: String) -> JSON {
    let location = finding.location ?? Location(path: fallbackPath)
    let place = finding.key ?? location.line.map(String.init) ?? ""
    return .object([
      ("ruleId", .string(finding.rule.id)),
      ("ruleIndex", .integer(rules.firstIndex(of: finding.rule) ?? 0)),
      ("level", .string(level(finding.severity))),
      ("message", .object([("text", .string(finding.message))])),
      ("locations", .array([json(location)])),
      (
        "partialFingerprints",
        .object([("cfgkit/v1", .string("\(finding.rule.id):\(location.path):\(place)"))])
      ),
    ])
  }

  private static func json(_ location: Location) -> JSON {
    var fields: [(String, JSON)] = [
      ("artifactLocation", .object([("uri", .string(uri(location.path)))]))
    ]
    let region = [
      ("startLine", location.line), ("startColumn", location.utf16Column), ("endLine", location.endLine),
      ("endColumn", location.utf16EndColumn),
    ].compactMap { name, number in number.map { (name, JSON.integer($0)) } }
    if !region.isEmpty { fields.append(("region", .object(region))) }
    return .object([("physicalLocation", .object(fields))])
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  /// The path as a URI reference (RFC 3986 §3.3).
  private static func uri(_ path: String) -> String {
    path.utf8.map { byte in
      if Octet.isName(byte) || "-.~/".utf8.contains(byte) { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
