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
    return Diagnosis(report: report, versions: Self.versions(surroundings))
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
