/// Whether what is installed is what the project asks for, and whether that can be installed at all.
struct ManifestCheck: MachineCheck {
  let rules: [Rule] = [.dependencyMissing, .notAsPinned, .dependencyConflict]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let python = examined.python
    guard let environment = python.environment, python.hasInstalledPackages else { return conflicts(python) }
    return python.requirements.filter { !$0.isOptional && $0.applies(to: environment.version) }
      .compactMap { finding($0, environment) }
  }

  private func finding(_ requirement: PythonRequirement, _ environment: PythonEnvironment) -> Finding? {
    let file = requirement.location?.path ?? "the manifest"
    guard let installed = environment.distributions[requirement.name] else {
      return Finding(
        .dependencyMissing, "\(file) asks for \(requirement.writtenName), which is not installed",
        at: requirement.location,
        fix: .command("pip", "install", requirement.writtenName + requirement.range.text))
    }
    guard !requirement.range.contains(installed.version) else { return nil }
    return Finding(
      .notAsPinned,
      "\(file) asks for \(requirement.writtenName) \(requirement.range), installed is \(installed.version)",
      at: requirement.location,
      fix: file.hasSuffix(".txt")
        ? .command("pip", "install", "-r", file) : .command("pip", "install", "."))
  }

  /// Requirements that exclude each other, by the releases that cfgkit knows: pip would find no answer.
  private func conflicts(_ python: PythonProject) -> [Finding] {
    KnownRelease.floors.compactMap { package, dependency in
      guard let asking = python.requirement(of: package), let other = python.requirement(of: dependency)
      else {
        return nil
      }
      let floors = KnownRelease.allowed(by: asking.range, of: package).compactMap { $0.needs[dependency] }
      guard let lowest = floors.min(), let candidates = python.candidates(of: dependency),
        candidates.allSatisfy({ $0 < lowest })
      else { return nil }
      return Finding(
        .dependencyConflict,
        "cannot be installed: \(asking.writtenName) \(asking.range) needs \(other.writtenName) >= \(lowest),"
          + " asked for is \(other.range)",
        at: other.location,
        related: asking.location.map { [.init(location: $0, message: "asks for it")] } ?? [],
        fix: .manual("write \(other.writtenName)>=\(lowest) in \(other.location?.path ?? "the manifest")"))
    }
  }
}

extension Rule {
  static let notAsPinned = Rule(
    "not-as-pinned", 803, .warning, "an installed version that the manifest does not allow",
    why: "What is tested here is not what is installed elsewhere.",
    example: "requirements.txt: Flask>=3.1.1     installed: Flask 3.0.3",
    fix: "Install again from the manifest.", source: "PEP 440")
}
