/// What `doctor` found: all that `validate` finds, and what lies around.
package struct Diagnosis: Sendable {
  /// A program or package with its version.
  package struct Version: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The version.
    package let version: String
  }

  /// The findings, in order, and what was read.
  package let report: Report
  /// What runs here: the virtual environment's Python, the framework.
  package let versions: [Version]
  /// What the services said; nil if they were not asked.
  package let services: [ServiceAnswer]?

  /// Whether services are all that failed (exit code 69).
  package func failsOnlyInServices(from level: Severity) -> Bool {
    let isService = { (finding: Finding) in finding.rule == .serviceUnreachable || finding.rule == .serviceTLS
    }
    return services != nil && report.findings.contains(where: isService)
      && !report.findings.contains { $0.severity >= level && !isService($0) }
  }
}

extension Project {
  /// Checks everything that `validate` checks, and what lies around. Changes nothing.
  package func examine(
    _ options: ValidationOptions = ValidationOptions(), surroundings: Surroundings? = nil
  ) -> Diagnosis {
    let surroundings = surroundings ?? Surroundings(of: self)
    let detected = RulePack.all.filter { !$0.packages.isDisjoint(with: surroundings.packages) }.map(\.name)
    var options = options
    options.rulePacks += detected
    let report = Validator(self, options).report(with: surroundings)
    return Diagnosis(report: report, versions: Self.versions(surroundings), services: surroundings.services)
  }

  private static func versions(_ surroundings: Surroundings) -> [Diagnosis.Version] {
    guard let environment = surroundings.python.environment else { return [] }
    let python = environment.version.map { Diagnosis.Version(name: "Python", version: $0.text) }
    let shown = ["flask", "flask-session", "werkzeug", "django", "fastapi"].compactMap {
      environment.distributions[$0]
    }
    return [python].compactMap(\.self)
      + shown.map { Diagnosis.Version(name: $0.name, version: $0.version.text) }
  }
}
