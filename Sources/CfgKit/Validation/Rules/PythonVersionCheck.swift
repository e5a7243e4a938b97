/// Whether the environment's Python is new enough for what is installed, or for what is asked for.
struct PythonVersionCheck: MachineCheck {
  let rules: [Rule] = [.runtimeTooOld]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let python = examined.python
    guard let environment = python.environment, let version = environment.version else { return [] }
    if python.hasInstalledPackages {
      return environment.distributions.sorted { $0.key < $1.key }.compactMap { name, distribution in
        guard !distribution.pythonRange.contains(version) else { return nil }
        return finding(
          "\(distribution.name) \(distribution.version)", "Python \(distribution.pythonRange)", version,
          python.location(of: name))
      }
    }
    return python.requirements.compactMap { requirement in
      let releases = KnownRelease.allowed(by: requirement.range, of: requirement.name)
      guard let first = releases.first, releases.allSatisfy({ $0.python > version }),
        let floor = releases.map(\.python).min()
      else { return nil }
      return finding(
        "\(requirement.writtenName) \(first.version)", "Python \(floor)", version, requirement.location)
    }
  }

  private func finding(
    _ package: String, _ wanted: String, _ version: PackageVersion, _ location: Location?
  ) -> Finding {
    Finding(
      .runtimeTooOld, "\(package) needs \(wanted), here is \(version)", at: location,
      fix: .manual("make the virtual environment anew with a Python that is new enough"))
  }
}

extension Rule {
  static let runtimeTooOld = Rule(
    "runtime-too-old", 804, "a Python that is too old for a package",
    why: "pip finds no version, or takes an old one that lacks what the application needs.",
    example: "pyvenv.cfg: version = 3.8.20     requirements.txt: Flask>=3.1",
    fix: "Make the virtual environment anew: python3.12 -m venv .venv.",
    source: "PyPA core metadata (Requires-Python)")
}
