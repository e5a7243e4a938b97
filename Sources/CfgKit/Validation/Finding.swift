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
  public var rule: Rule { fields.rule }
  /// How much it weighs here: the rule's severity, as the environment and the options change it.
  public var severity: Severity { fields.severity }
  /// The key it is about, or nil.
  public var key: String? { fields.key }
  /// One sentence, subject first, without a full stop: rule text, keys, places, the schema's allowed values, versions.
  public var message: String { fields.message }
  /// Where it is, or nil for the process environment and for what is nowhere.
  public var location: Location? { fields.location }
  /// Other places that explain it.
  public var related: [Related] { fields.related }
  /// What which other readers make of a spelling, in fixed words; only `ambiguous-value` has any.
  public var disagreements: [Disagreement] { fields.disagreements }
  /// A line under the excerpt that says what the schema asks for, or nil.
  public var note: String? { fields.note }
  /// The way out, or nil.
  public var fix: Fix? { fields.fix }

  /// All of it. It is wide, and every check asks of every key whether there is one.
  @CopyOnWrite private var fields: Fields

  private struct Fields: Sendable, Hashable {
    let rule: Rule
    var severity: Severity
    var key: String?
    var message: String
    var location: Location?
    var related: [Related]
    var disagreements: [Disagreement]
    var note: String?
    var fix: Fix?
  }

  package init(
    _ rule: Rule, severity: Severity? = nil, key: String? = nil, _ message: String,
    at location: Location? = nil,
    related: [Related] = [], disagreements: [Disagreement] = [], note: String? = nil, fix: Fix? = nil
  ) {
    _fields = CopyOnWrite(
      Fields(
        rule: rule, severity: severity ?? rule.severity, key: key, message: message, location: location,
        related: related, disagreements: disagreements, note: note, fix: fix))
  }

  /// The same finding with the rule's own words in the place of a message that names the key.
  var withoutName: Finding {
    let place = location?.line.map { "on line \($0): " } ?? ""
    return Finding(rule, severity: severity, place + rule.summary, at: location, related: related)
  }

  /// The same finding with another way out.
  func mended(by fix: Fix) -> Finding {
    var finding = self
    finding.fields.fix = fix
    return finding
  }

  /// The same finding with another weight.
  package func weighing(_ severity: Severity) -> Finding {
    var finding = self
    finding.fields.severity = severity
    return finding
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
