package import SystemPackage

/// What lies around a project's layers: installed packages, source text, git's history, session stores. `doctor` alone looks there.
///
/// Nothing of the project is run, and nothing is changed.
package struct Surroundings: Sendable {
  /// The project's folder.
  package let root: FilePath
  /// What lies in it, by name.
  package let names: [String]
  /// The versions that lock files name, of any language.
  let locked: LockedPackages
  /// Python's manifests, lock files and the virtual environment.
  let python: PythonProject
  /// The Python files.
  let sources: [PythonSource]
  /// The JavaScript and TypeScript files.
  let scripts: [ScriptSource]
  /// The packages that any manifest names, of any language, and the modules that the source imports. What lock files name beside
  /// that was asked for by another package, and says nothing of this project.
  package let packages: Set<String>
  /// Git's history of the `.env` files; nil outside of git.
  let history: GitHistory?
  /// What the services of the project's URLs said; nil if they were not asked.
  package let services: [ServiceAnswer]?
  /// The moment, for ages.
  package let now: RotationTime

  /// Looks around.
  ///
  /// - Parameters:
  ///   - contactsServices: whether the services of URLs are asked whether they are there; nothing else uses a network.
  ///   - logsIn: whether it is also tried to log in to those on this machine.
  package init(
    of project: Project, contactsServices: Bool = false, logsIn: Bool = false, now: RotationTime = .now
  ) {
    root = project.root
    names = FolderListing.names(in: root)
    locked = LockedPackages(in: root)
    python = PythonProject(
      in: root, locked: locked.versions(of: .python),
      virtualEnvironment: project.options.environment.virtualEnvironment)
    sources = PythonSource.all(below: root)
    scripts = ScriptSource.all(in: root)
    packages = Set(python.requirements.map(\.name)).union(Framework.packages(in: root))
      .union(sources.flatMap(\.importedModules))
    history =
      GitWorkTrees().around(ShownPath.absolute(root)) == nil ? nil : GitHistory(of: project)
    services =
      contactsServices
      ? ServiceProbe.answers(of: project.serviceAddresses, logins: logsIn ? project.serviceLogins : [:]) : nil
    self.now = now
  }
}

/// Which names files with secrets have.
enum SecretFileName {
  private static let samples = [".schema", ".example", ".sample", ".template", ".dist", ".defaults"]

  /// `.env`, `.env.NAME`, and the copies that editors and people leave: `.env.bak`, `.env~`, `.env.swp`.
  static func isValueFile(_ name: String) -> Bool {
    let isEnvironment = name == ".env" || name.hasPrefix(".env.") || name == ".env~" || name == "..env.swp"
    return isEnvironment && !samples.contains(where: name.hasSuffix)
  }
}
