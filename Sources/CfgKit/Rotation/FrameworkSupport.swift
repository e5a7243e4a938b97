/// From which version on a framework accepts old keys as a rotation needs it.
struct FrameworkSupport {
  /// What an older version does instead.
  struct Fault {
    /// The versions below this one do it.
    let below: PackageVersion
    let text: String
  }

  /// The rule pack that stands for the framework, which is its name on PyPI too.
  let pack: String
  /// Its name.
  let name: String
  /// What it is asked for.
  let cure: String
  /// The first that fits counts.
  let faults: [Fault]

  static let all = [
    FrameworkSupport(
      pack: "flask", name: "Flask", cure: "install Flask 3.1.1 or newer",
      faults: [
        Fault(
          below: "3.1.0",
          text:
            "ignores SECRET_KEY_FALLBACKS, so that everybody would be signed out although the old key is kept"
        ),
        Fault(
          below: "3.1.1",
          text: "signs with the last key of SECRET_KEY_FALLBACKS, an old one (CVE-2025-47278)"),
      ]),
    FrameworkSupport(
      pack: "django", name: "Django", cure: "install Django 4.1.8 or newer",
      faults: [
        Fault(
          below: "4.1.0",
          text:
            "has no SECRET_KEY_FALLBACKS, so that everybody would be signed out although the old key is kept"),
        Fault(
          below: "4.1.8",
          text: "leaves SECRET_KEY_FALLBACKS out of the session hash, so that everybody would be signed out"),
      ]),
  ]

  /// What a version does wrong; nil for one that does right.
  func fault(of version: PackageVersion) -> Fault? { faults.first { version < $0.below } }
}

extension Project {
  /// Refuses to keep an old key for a framework that would not accept it, or would sign with it.
  func expectSupport(of kind: RotationEvent.Kind, _ terms: RingFile.Terms) throws(RotationRefusal) {
    guard [.rotate, .prepare, .promote].contains(kind), terms.policy.fallbackKey != nil else { return }
    let frameworks = FrameworkSupport.all.filter { schema.rulePacks.contains($0.pack) }
    guard !frameworks.isEmpty else { return }
    let python = PythonProject(
      in: root, locked: LockedPackages(in: root).versions(of: .python),
      virtualEnvironment: options.environment.virtualEnvironment)
    for framework in frameworks {
      guard let version = python.version(of: framework.pack)?.version,
        let fault = framework.fault(of: version)
      else { continue }
      let place = python.location(of: framework.pack).map { " (\($0.lineDescription))" } ?? ""
      throw .frameworkTooOld(
        terms.name, "\(framework.name) \(version)\(place) \(fault.text)", framework.cure)
    }
  }
}
