import CfgKitDotEnv

/// How a project is validated.
public struct ValidationOptions: Sendable {
  /// What becomes of a rule's findings.
  public enum RuleSetting: Sendable, Hashable {
    case off
    case severity(Severity)
  }

  /// The keys to speak of; empty for all.
  public var keys: Set<String>
  /// The phase in which the values must exist.
  public var phase: KeyDeclaration.Phase
  /// Rule packs beside the schema's.
  public var rulePacks: [String]
  /// Other severities, by rule name.
  public var ruleSettings: [String: RuleSetting]
  /// What is looked at; a start needs the layers only.
  public var facts: Facts
  /// The work trees of git that were met, for several projects in one.
  package var workTrees = GitWorkTrees()

  /// All keys, all rules, to run.
  public init(
    keys: Set<String> = [], phase: KeyDeclaration.Phase = .run, rulePacks: [String] = [],
    ruleSettings: [String: RuleSetting] = [:], facts: Facts = .files
  ) {
    self.keys = keys
    self.phase = phase
    self.rulePacks = rulePacks
    self.ruleSettings = ruleSettings
    self.facts = facts
  }
}

extension Project {
  /// Checks everything at once; the findings are all there are, in the order of every report.
  public func validate(_ options: ValidationOptions = ValidationOptions()) -> Report {
    Validator(self, options).report()
  }
}

/// Runs the checks over a project, and weighs what they find.
struct Validator {
  private let checked: CheckedProject
  private let options: ValidationOptions

  init(_ project: Project, _ options: ValidationOptions) {
    let packs = RulePack.named(project.schema.rulePacks + options.rulePacks)
    checked = CheckedProject(
      project: project, phase: options.phase, packs: packs, workTrees: options.workTrees)
    self.options = options
  }

  /// Runs the checks; with surroundings those of `doctor` too.
  func report(with surroundings: Surroundings? = nil) -> Report {
    var found: [Finding] = []
    // One by one, for every load comes along here: no list of them is made unless it is asked for.
    func take(_ checks: [any Check]) {
      for check in checks where check.facts <= options.facts { found += check.findings(in: checked) }
    }
    take(CheckList.general)
    for pack in checked.packs { take(pack.checks) }
    var rules = { generalChecks.flatMap(\.rules) }
    if let surroundings {
      let examined = ExaminedProject(checked: checked, surroundings: surroundings)
      let machineChecks = CheckList.machine + checked.packs.flatMap(\.machineChecks)
      found += machineChecks.flatMap { $0.findings(in: examined) }
      found = found.map { finding in
        machineChecks.reduce(finding) { $1.refined($0, in: examined) }
      }
      rules = { generalChecks.flatMap(\.rules) + machineChecks.flatMap(\.rules) }
    }
    return report(found, by: rules)
  }

  private var generalChecks: [any Check] {
    (CheckList.general + checked.packs.flatMap(\.checks)).filter { $0.facts <= options.facts }
  }

  /// Weighs what the checks of these rules found.
  private func report(_ found: [Finding], by rules: () -> [Rule]) -> Report {
    let project = checked.project
    let suppressions = project.files.flatMap(Suppression.all)
    var findings = found
    if !suppressions.isEmpty {
      findings.removeAll { finding in suppressions.contains { $0.covers(finding) } }
      findings += UnusedSuppression.findings(suppressions, among: found, isChecked: Set(rules()).contains)
    }
    findings = findings.filter(isOfThisCommit).compactMap(weighed).map(shown)
    if !options.keys.isEmpty {
      findings.removeAll { finding in finding.key.map { !options.keys.contains($0) } ?? true }
    }
    return Report(project: project, phase: options.phase, findings: Set(findings).sorted())
  }

  /// Whether a finding is about what a commit holds, where that is what is checked. A commit holds one layer of several: what it
  /// lacks may be in another.
  private func isOfThisCommit(_ finding: Finding) -> Bool {
    guard checked.project.options.stage != nil else { return true }
    let isInFile = checked.project.files.contains { $0.shownPath == finding.location?.path }
    return SchemaCheck().rules.contains(finding.rule)
      || isInFile && !Self.rulesOfWhatIsMissing.contains(finding.rule.id)
  }

  private static let rulesOfWhatIsMissing: Set<String> = [
    "missing-required", "undefined-variable", "required-variable", "flask/signer-needs-secret",
    "flask/redis-url-missing",
  ]

  /// The finding without the name of its key, if that name may be a secret that was pasted to the left of `=`.
  private func shown(_ finding: Finding) -> Finding {
    guard let key = finding.key, checked.schema[key] == nil, !KeyName.isShowable(key) else { return finding }
    return finding.withoutName
  }

  /// The finding with the severity that it has here, or nil if its rule is off.
  private func weighed(_ finding: Finding) -> Finding? {
    switch options.ruleSettings[finding.rule.id] ?? options.ruleSettings[finding.rule.code] {
    case .off: return nil
    case .severity(let severity): return finding.weighing(severity)
    case nil: break
    }
    // A check that weighs a finding itself means it; else the environment decides.
    guard finding.severity == finding.rule.severity, checked.project.isProduction else { return finding }
    return finding.weighing(finding.rule.productionSeverity)
  }
}
