public import CfgKitDotEnv

/// One thing that a rule found. It has no place to put a value: that is how values are kept out of reports.
public struct Finding: Sendable, Hashable {
  /// Another place that explains the finding.
  public struct Related: Sendable, Hashable {
    /// Where to look.
    public let location: Location
    /// Why, in a few words.
    public let message: String
  }

  /// The rule that found it.
  public let rule: Rule
  /// How much it weighs here: the rule's severity, as the environment and the options change it.
  public let severity: Severity
  /// The key it is about, or nil.
  public let key: String?
  /// One sentence, subject first, without a full stop: rule text, keys, places, the schema's allowed values, versions.
  public let message: String
  /// Where it is, or nil for the process environment and for what is nowhere.
  public let location: Location?
  /// Other places that explain it.
  public let related: [Related]
  /// What which other readers make of a spelling, in fixed words; only `ambiguous-value` has any.
  public let disagreements: [Disagreement]
  /// A line under the excerpt that says what the schema asks for, or nil.
  public let note: String?
  /// The way out, or nil.
  public let fix: Fix?

  package init(
    _ rule: Rule, severity: Severity? = nil, key: String? = nil, _ message: String,
    at location: Location? = nil,
    related: [Related] = [], disagreements: [Disagreement] = [], note: String? = nil, fix: Fix? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.key = key
    self.message = message
    self.location = location
    self.related = related
    self.disagreements = disagreements
    self.note = note
    self.fix = fix
  }

  /// The same finding with the rule's own words in the place of a message that names the key.
  var withoutName: Finding {
    let place = location?.line.map { "on line \($0): " } ?? ""
    return Finding(rule, severity: severity, place + rule.summary, at: location, related: related)
  }

  /// The same finding with another way out.
  func mended(by fix: Fix) -> Finding {
    Finding(
      rule, severity: severity, key: key, message, at: location, related: related,
      disagreements: disagreements, note: note, fix: fix)
  }

  /// The same finding with another weight.
  package func weighing(_ severity: Severity) -> Finding {
    Finding(
      rule, severity: severity, key: key, message, at: location, related: related,
      disagreements: disagreements, note: note, fix: fix)
  }
}

extension Finding: Comparable {
  /// By path, line, column, code, key; what has no place comes last. The order of every report.
  public static func < (left: Finding, right: Finding) -> Bool {
    switch (left.location, right.location) {
    case (let first?, let second?) where first != second: return first < second
    case (_?, nil): return true
    case (nil, _?): return false
    default: break
    }
    return (left.rule.number, left.key ?? "", left.message) < (
      right.rule.number, right.key ?? "", right.message
    )
  }
}
