import SystemPackage

/// From which version on a framework accepts old keys as a rotation needs it (rotation.md §4).
struct FrameworkSupport {
  /// What an older version does instead.
  struct Fault {
    /// The versions below this one do it.
    let below: [Int]
    let text: String
  }

  /// The rule pack that stands for the framework.
  let pack: String
  /// Its name on PyPI.
  let distribution: String
  /// What it is asked for.
  let cure: String
  /// The first that fits counts.
  let faults: [Fault]

  static let all = [
    FrameworkSupport(
      pack: "flask", distribution: "flask", cure: "install Flask 3.1.1 or newer",
      faults: [
        Fault(
          below: [3, 1, 0],
          text:
            "ignores SECRET_KEY_FALLBACKS, so that everybody would be signed out although the old key is kept"
        ),
        Fault(
          below: [3, 1, 1],
          text: "signs with the last key of SECRET_KEY_FALLBACKS, an old one (CVE-2025-47278)"),
      ]),
    FrameworkSupport(
      pack: "django", distribution: "django", cure: "install Django 4.1.8 or newer",
      faults: [
        Fault(
          below: [4, 1, 0],
          text:
            "has no SECRET_KEY_FALLBACKS, so that everybody would be signed out although the old key is kept"),
        Fault(
          below: [4, 1, 8],
          text: "leaves SECRET_KEY_FALLBACKS out of the session hash, so that everybody would be signed out"),
      ]),
  ]

  /// What a version does wrong; nil for one that does right.
  func fault(of version: [Int]) -> Fault? {
    faults.first { version.lexicographicallyPrecedes($0.below) }
  }
}

extension Project {
  /// Refuses to keep an old key for a framework that would not accept it, or would sign with it.
  func expectSupport(of kind: RotationEvent.Kind, _ terms: RingFile.Terms) throws(RotationRefusal) {
    guard [.rotate, .prepare, .promote].contains(kind), terms.policy.fallbackKey != nil else { return }
    for framework in FrameworkSupport.all where schema.rulePacks.contains(framework.pack) {
      guard let found = InstalledDistribution.find(framework.distribution, for: self),
        let fault = framework.fault(of: found.release)
      else { continue }
      throw .frameworkTooOld(
        terms.name, "\(found.name) \(found.version) (\(found.place)) \(fault.text)", framework.cure)
    }
  }
}
