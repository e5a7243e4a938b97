import SystemPackage

extension EnvironmentBlock {
  /// The virtual environment that is active: `VIRTUAL_ENV`, else the first on `PATH` whose `bin` is there; nil if there is none.
  var virtualEnvironment: String? {
    if let named = text("VIRTUAL_ENV"), !named.isEmpty { return named }
    return (text("PATH") ?? "").split(separator: ":").lazy
      .map { FilePath(String($0)).removingLastComponent() }
      .first { (try? ProjectSearch.exists($0.appending("pyvenv.cfg"))) == true }?.string
  }
}

/// What is installed in a project's virtual environment, read from metadata (core metadata, PEP 566); no interpreter is started.
struct PythonEnvironment: Sendable {
  /// An installed package.
  struct Distribution: Sendable {
    /// The name as the package writes it.
    let name: String
    /// Its version.
    let version: PackageVersion
    /// What it needs.
    let requirements: [PythonRequirement]
    /// The versions of Python it runs on.
    let pythonRange: VersionRange
  }

  /// Its folder.
  let folder: FilePath
  /// The interpreter's version, from `pyvenv.cfg`; nil if that does not say.
  let version: PackageVersion?
  /// What is installed, by normalised name.
  let distributions: [String: Distribution]

  /// The environment of `$VIRTUAL_ENV`, else `.venv` or `venv` in the project; nil if there is none.
  init?(of root: FilePath, variable: String?) {
    let named = variable.flatMap { $0.isEmpty ? nil : FilePath($0) }
    let places = [named, root.appending(".venv"), root.appending("venv")].compactMap(\.self)
    guard
      let (folder, text) = places.lazy.compactMap({ place in
        ProjectFile.text(at: place.appending("pyvenv.cfg")).map { (place, $0) }
      }).first
    else { return nil }
    self.folder = folder
    version = Self.interpreter(text)
    var found: [String: Distribution] = [:]
    for site in Self.sitePackages(in: folder) {
      for name in FolderListing.names(in: site) where name.hasSuffix(".dist-info") {
        let text = ProjectFile.text(at: site.appending(name).appending("METADATA"))
        guard let distribution = text.flatMap(Self.distribution) else { continue }
        found[PackageName.normalised(distribution.name)] = distribution
      }
    }
    distributions = found
  }

  private static func interpreter(_ text: String) -> PackageVersion? {
    for line in ProjectFile.lines(of: text) {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 2, parts[0] == "version" || parts[0] == "version_info" else { continue }
      // `3.12.3.final.0` is how virtualenv writes it.
      return PackageVersion(parts[1].split(separator: ".").prefix(3).joined(separator: "."))
    }
    return nil
  }

  private static func sitePackages(in folder: FilePath) -> [FilePath] {
    let library = folder.appending("lib")
    let versions = FolderListing.names(in: library).filter { $0.hasPrefix("python") }
    return versions.map { library.appending($0).appending("site-packages") }
      + [folder.appending("Lib").appending("site-packages")]
  }

  /// The head of a METADATA file; its text may be long and says nothing.
  static func distribution(_ text: String) -> Distribution? {
    var (name, version): (String?, PackageVersion?)
    var requirements: [PythonRequirement] = []
    var python = VersionRange.any
    for line in ProjectFile.lines(of: text) {
      if line.isEmpty { break }
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1].drop { $0.isWhitespace }
      switch parts[0].lowercased() {
      case "name": name = String(value)
      case "version": version = PackageVersion(value)
      case "requires-dist": if let requirement = PythonRequirement(value) { requirements.append(requirement) }
      case "requires-python": python = VersionRange(value) ?? .any
      default: break
      }
    }
    guard let name, let version else { return nil }
    return Distribution(name: name, version: version, requirements: requirements, pythonRange: python)
  }
}
