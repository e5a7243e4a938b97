/// A rule: its name, its code, how much it weighs, and the page that `cfgkit rules` prints.
public struct Rule: Sendable, Identifiable {
  /// The name, stable for ever: `placeholder-secret`, `flask/session-signer`.
  public let id: String
  /// The number behind `CFG`, stable for ever and never reused.
  public let number: Int
  /// How much a finding weighs outside production.
  public let severity: Severity
  /// How much it weighs in production.
  public let productionSeverity: Severity
  /// What it finds, in one line.
  public let summary: String
  /// Why that is a problem, in a few sentences.
  public let reason: String
  /// What to do about it, in a few sentences.
  public let remedy: String

  /// `CFG201`.
  public var code: String { "CFG\(number)" }

  /// A rule whose findings are errors everywhere.
  package init(_ id: String, _ number: Int, _ summary: String, why reason: String, fix remedy: String) {
    self.init(id, number, .error, summary, why: reason, fix: remedy)
  }

  package init(
    _ id: String, _ number: Int, _ severity: Severity, inProduction: Severity? = nil, _ summary: String,
    why reason: String, fix remedy: String
  ) {
    self.id = id
    self.number = number
    self.severity = severity
    self.productionSeverity = inProduction ?? severity
    self.summary = summary
    self.reason = reason
    self.remedy = remedy
  }
}

extension Rule: Hashable {
  /// Rules are the same when their names are.
  public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
