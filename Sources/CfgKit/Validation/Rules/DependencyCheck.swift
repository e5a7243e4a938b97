/// Whether installed packages have what they need: the metadata of each against what is installed.
struct DependencyCheck: MachineCheck {
  let rules: [Rule] = [.dependencyConflict, .dependencyMissing]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let judged = examined.checked.packs.map(\.judgedPackages)
    return Self.needs(in: examined.python).compactMap { need in
      // What a pack judges by what really breaks is not judged by metadata too.
      let isJudged = judged.contains { $0.isSuperset(of: [need.name, need.requirement.name]) }
      return isJudged && need.installed != nil ? nil : need.finding
    }
  }

  /// What an installed package needs, and what is there instead.
  struct Need {
    let distribution: PythonEnvironment.Distribution
    let requirement: PythonRequirement
    /// Nil if it is not installed.
    let installed: PackageVersion?
    fileprivate let location: Location?

    /// The name of the package that needs it.
    var name: String { PackageName.normalised(distribution.name) }

    /// The finding that says so.
    var finding: Finding {
      let subject = "\(distribution.name) \(distribution.version) needs \(requirement.writtenName)"
      let fix = Fix.command("pip", "install", requirement.writtenName + requirement.range.text)
      guard let installed else {
        return Finding(.dependencyMissing, "\(subject), which is not installed", at: location, fix: fix)
      }
      return Finding(
        .dependencyConflict, "\(subject) \(requirement.range), here is \(installed)", at: location, fix: fix)
    }
  }

  /// The needs that are not met, by the names of the packages.
  static func needs(in python: PythonProject) -> [Need] {
    guard let environment = python.environment else { return [] }
    return environment.distributions.sorted { $0.key < $1.key }.flatMap { name, distribution in
      distribution.requirements.filter { $0.applies(to: environment.version) }.compactMap {
        requirement -> Need? in
        let installed = environment.distributions[requirement.name]?.version
        if let installed, requirement.range.contains(installed) { return nil }
        return Need(
          distribution: distribution, requirement: requirement, installed: installed,
          location: python.location(of: requirement.name) ?? python.location(of: name))
      }
    }
  }
}

extension Rule {
  static let dependencyConflict = Rule(
    "dependency-conflict", 801, "two packages that do not work together",
    why:
      "The application fails at start, at the first request or at the first login, with an error that names neither.",
    example: "Flask==3.1.0\nWerkzeug==3.0.6",
    fix: "Install the version that the finding names, and drop the pin that keeps it out.",
    source: "PyPA core metadata (Requires-Dist); the packages themselves, see the rules of the pack")
  static let dependencyMissing = Rule(
    "dependency-missing", 802, "a package that is needed and not installed",
    why: "The application fails when it is imported, or at the first request that needs it.",
    example: "SESSION_TYPE=redis     # and no package redis",
    fix: "pip install it, and add it to the manifest.", source: "PyPA core metadata (Requires-Dist)")
}
