import SystemPackage

/// A project as Python's tools see it: what it asks for, what is locked, what is installed.
struct PythonProject: Sendable {
  /// A version, and how it is known.
  struct Known: Sendable {
    /// The version.
    let version: PackageVersion
    /// Whether it is installed; else it is what a manifest or a lock file leads to.
    let isInstalled: Bool
  }

  /// What the manifests ask for.
  let requirements: [PythonRequirement]
  /// What is installed; nil without a virtual environment.
  let environment: PythonEnvironment?
  private let locked: [String: PackageVersion]

  /// Reads manifests and metadata.
  ///
  /// - Parameter locked: what the lock files say of Python's packages.
  init(
    in root: FilePath, locked: [String: PackageVersion] = [:], virtualEnvironment: String?
  ) {
    requirements = PythonManifest.requirements(in: root)
    self.locked = locked
    environment = PythonEnvironment(of: root, variable: virtualEnvironment)
  }

  /// The requirement of a package that names it for all, or nil.
  func requirement(of name: String) -> PythonRequirement? {
    let all = requirements.filter { $0.name == name }
    return all.first { !$0.isOptional } ?? all.first
  }

  /// Whether a manifest names a package.
  func names(_ name: String) -> Bool { requirement(of: name) != nil || locked[name] != nil }

  /// Whether more is installed than what every new environment has.
  var hasInstalledPackages: Bool {
    environment?.distributions.keys.contains { !["pip", "setuptools", "wheel"].contains($0) } ?? false
  }

  /// The version of a package: the installed one; only if nothing is installed the locked one, or the newest that the manifest
  /// allows of the releases that cfgkit knows. Nil if nobody knows.
  func version(of name: String) -> Known? {
    if hasInstalledPackages {
      return environment?.distributions[name].map { Known(version: $0.version, isInstalled: true) }
    }
    if let version = locked[name] { return Known(version: version, isInstalled: false) }
    guard let range = requirement(of: name)?.range else { return nil }
    let allowed = KnownRelease.allowed(by: range, of: name)
    // pip goes back to older releases until what they need can be had; if none fits, nothing is installed.
    let newest = allowed.last { $0.needs.allSatisfy(canHave) }
    let version = newest.map { range.pinned ?? $0.version } ?? (allowed.isEmpty ? range.pinned : nil)
    return version.map { Known(version: $0, isInstalled: false) }
  }

  /// The versions of a package that the manifest leaves to choose from, of those that cfgkit knows; nil for any.
  func candidates(of name: String) -> [PackageVersion]? {
    guard let range = requirement(of: name)?.range else { return nil }
    if let pinned = range.pinned { return [pinned] }
    let versions = KnownRelease.all(of: name).map(\.version).filter(range.contains)
    return versions.isEmpty ? nil : versions
  }

  private func canHave(_ name: String, _ floor: PackageVersion) -> Bool {
    candidates(of: name)?.contains { $0 >= floor } ?? true
  }

  /// Where a finding about a package belongs: its requirement, else the environment.
  func location(of name: String) -> Location? {
    requirement(of: name)?.location ?? environment.map { Location(path: ShownPath.of($0.folder)) }
  }
}
