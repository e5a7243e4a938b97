/// What `doctor` found: all that `validate` finds, and what lies around.
package struct Diagnosis: Sendable {
  /// A program or package with its version.
  package struct Version: Sendable, Hashable {
    /// The name.
    package let name: String
    /// The version.
    package let version: String
    /// Whether a lock file names it, and nobody knows whether it is installed.
    package let isLocked: Bool

    package init(name: String, version: String, isLocked: Bool = false) {
      self.name = name
      self.version = version
      self.isLocked = isLocked
    }
  }

  /// Something that was not looked at.
  package struct Skip: Sendable, Hashable {
    /// A word for programs: `services`, `git-history`, `packages`.
    package let check: String
    /// What was left out, and why.
    package let reason: String
    /// How much, where that can be counted.
    package var count: Int?
  }

  /// The findings, in order, and what was read.
  package let report: Report
  /// What runs here: the virtual environment's Python, the framework.
  package let versions: [Version]
  /// What the services said; nil if they were not asked.
  package let services: [ServiceAnswer]?
  /// What was not looked at.
  package let skipped: [Skip]

  /// Whether services are all that failed (exit code 69).
  package func failsOnlyInServices(from level: Severity) -> Bool {
    let isService = { (finding: Finding) in ServiceCheck().rules.contains(finding.rule) }
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
    return Diagnosis(
      report: report, versions: Self.versions(surroundings), services: surroundings.services,
      skipped: skipped(surroundings))
  }

  private func skipped(_ surroundings: Surroundings) -> [Diagnosis.Skip] {
    var skipped: [Diagnosis.Skip] = []
    let urlCount = surroundings.services == nil ? serviceAddresses.count : 0
    if urlCount > 0 {
      let noun = urlCount == 1 ? "URL" : "URLs"
      skipped.append(
        .init(check: "services", reason: "\(urlCount) \(noun) not contacted; add --online", count: urlCount))
    }
    for key in keysWithSeveralHosts {
      skipped.append(
        .init(
          check: "services", reason: "\(shownName(of: key)) not contacted; its URL names several hosts",
          count: 1))
    }
    let clear = (surroundings.services ?? []).count { $0.login == .inClear }
    if clear > 0 {
      skipped.append(
        .init(
          check: "logins",
          reason:
            "\(clear) \(clear == 1 ? "login" : "logins") not tried; to another host a password would travel in clear",
          count: clear))
    }
    let unknown = (surroundings.services ?? []).count { $0.login == .unknownMethod }
    if unknown > 0 {
      skipped.append(
        .init(
          check: "logins",
          reason:
            "\(unknown) \(unknown == 1 ? "login" : "logins") not tried; the service asks for it in another way than a password or SCRAM-SHA-256",
          count: unknown))
    }
    if surroundings.history == nil, GitWorkTrees().around(ShownPath.absolute(root)) != nil {
      skipped.append(
        .init(check: "git-history", reason: "git's history; git cannot be started, or fails here"))
    }
    if surroundings.python.environment == nil, !surroundings.python.requirements.isEmpty {
      skipped.append(
        .init(
          check: "packages",
          reason: "installed packages; there is no .venv or venv here, and none is active"))
    }
    return skipped
  }

  private static func versions(_ surroundings: Surroundings) -> [Diagnosis.Version] {
    let environment = surroundings.python.environment
    let python = environment?.version.map { Diagnosis.Version(name: "Python", version: $0.text) }
    let installed = ["flask", "flask-session", "werkzeug", "django", "fastapi"].compactMap {
      environment?.distributions[$0]
    }
    let locked = shownLocked.flatMap { ecosystem, names in
      let versions = surroundings.locked.versions(of: ecosystem)
      return names.compactMap { name in
        versions[name].map { Diagnosis.Version(name: name, version: $0.text, isLocked: true) }
      }
    }
    return [python].compactMap(\.self)
      + installed.map { Diagnosis.Version(name: $0.name, version: $0.version.text) }
      + locked.filter { known in
        !installed.contains { PackageName.normalised($0.name) == known.name }
      }
  }

  private static let shownLocked: [(LockedPackages.Ecosystem, [String])] = [
    (.python, ["flask", "flask-session", "werkzeug", "django", "fastapi"]), (.ruby, ["rails"]),
    (.php, ["laravel/framework"]),
    (.node, ["express", "express-session", "next", "next-auth", "better-auth"]),
    (.swift, ["vapor", "hummingbird", "jwt-kit"]),
  ]
}
