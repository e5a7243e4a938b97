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
  /// What it looks like where it is found; one line or a few.
  public let example: String
  /// What to do about it, in a few sentences.
  public let remedy: String
  /// The version of cfgkit that knew it first.
  public let since: String
  /// Where the fact comes from: a document of the program that breaks, or a page of cfgkit's own rules.
  public let source: String

  /// `CFG201`.
  public var code: String { "CFG\(number)" }

  /// A rule whose findings are errors everywhere.
  package init(
    _ id: String, _ number: Int, _ summary: String, why reason: String, example: String, fix remedy: String,
    source: String
  ) {
    self.init(id, number, .error, summary, why: reason, example: example, fix: remedy, source: source)
  }

  package init(
    _ id: String, _ number: Int, _ severity: Severity, inProduction: Severity? = nil, _ summary: String,
    why reason: String, example: String, fix remedy: String, source: String
  ) {
    self.id = id
    self.number = number
    self.severity = severity
    self.productionSeverity = inProduction ?? severity
    self.summary = summary
    self.reason = reason
    self.example = example
    self.remedy = remedy
    self.since = "0.1.0"
    self.source = source
  }
}

extension Rule: Hashable {
  /// Rules are the same when their names are.
  public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
