import CfgKit

/// What `cfgkit rules` prints.
struct RulePage {
  private let rule: Rule
  private let style: Style

  init(_ rule: Rule, _ style: Style) {
    self.rule = rule
    self.style = style
  }

  /// The page of one rule.
  func answer(asJSON: Bool) -> String {
    if asJSON { return JSON.object([("schemaVersion", .integer(1))] + Self.fields(rule)).text }
    return """
      \(style(.strong, "\(rule.code)  \(rule.id)"))  \(Self.severities(rule))
      \(rule.summary)

      Why: \(rule.reason)
      Example:
      \(Self.indented(rule.example))
      Fix: \(rule.remedy)
      Since: cfgkit \(rule.since)
      Source: \(rule.source)

      """
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
  }

  /// All rules, one line each.
  static func list(asJSON: Bool) -> String {
    if asJSON {
      return JSON.object([
        ("schemaVersion", .integer(1)), ("rules", .array(Rule.all.map { .object(fields($0)) })),
      ]).text
    }
    return Table.text(Rule.all.map { [$0.code, $0.id, severities($0), $0.summary] })
  }

  private static func severities(_ rule: Rule) -> String {
    rule.severity == rule.productionSeverity
      ? rule.severity.rawValue
      : "\(rule.severity.rawValue), in production \(rule.productionSeverity.rawValue)"
  }

  private static func fields(_ rule: Rule) -> [(String, JSON)] {
    [
      ("code", .string(rule.code)), ("rule", .string(rule.id)), ("severity", .string(rule.severity.rawValue)),
      ("productionSeverity", .string(rule.productionSeverity.rawValue)), ("summary", .string(rule.summary)),
      ("why", .string(rule.reason)), ("example", .string(rule.example)), ("fix", .string(rule.remedy)),
      ("since", .string(rule.since)), ("source", .string(rule.source)),
    ]
  }
}
