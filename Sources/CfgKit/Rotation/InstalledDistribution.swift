import CfgKitDotEnv
import SystemPackage

/// A Python package as a project has it: installed where the project runs, else pinned in its requirements.
struct InstalledDistribution {
  /// As it is written there.
  let name: String
  /// As it is written there: `3.1.0`.
  let version: String
  /// Where that was found, for messages.
  let place: String

  /// The numbers of the version, without what follows them: `3.1.0rc1` is 3, 1, 0.
  var release: [Int] {
    version.split(separator: ".").map { part in Int(part.prefix { $0.isNumber }) ?? 0 }
  }

  /// Looks in the active virtual environment, in the project's own, in the environments whose `bin` is on PATH, and in
  /// `requirements.txt`, in this order; nil if none of them says. Nothing is run.
  static func find(_ name: String, for project: Project) -> InstalledDistribution? {
    let environment = project.options.environment
    var prefixes = [environment.text("VIRTUAL_ENV")].compactMap(\.self).filter { !$0.isEmpty }.map {
      FilePath($0)
    }
    prefixes += [".venv", "venv", "env"].map { project.root.appending($0) }
    let path = environment.text("PATH") ?? ""
    prefixes += path.split(separator: ":").map { FilePath(String($0)).removingLastComponent() }
    for prefix in prefixes {
      if let found = installed(name, below: prefix.appending("lib")) { return found }
    }
    return pinned(name, in: project.root.appending("requirements.txt"))
  }

  /// From the name of a folder `Flask-3.1.0.dist-info` (PyPA: recording installed projects).
  private static func installed(_ name: String, below library: FilePath) -> InstalledDistribution? {
    for python in names(in: library) where python.hasPrefix("python3") {
      for packages in ["site-packages", "dist-packages"] {
        let folder = library.appending(python).appending(packages)
        for entry in names(in: folder) where entry.hasSuffix(".dist-info") {
          let parts = entry.dropLast(".dist-info".count).split(separator: "-")
          guard parts.count == 2, parts[0].lowercased() == name else { continue }
          return InstalledDistribution(
            name: String(parts[0]).capitalizedFirst, version: String(parts[1]),
            place: "in \(ShownPath.of(folder))")
        }
      }
    }
    return nil
  }

  private static func pinned(_ name: String, in path: FilePath) -> InstalledDistribution? {
    guard let (document, _) = try? FileStore(path).load() else { return nil }
    let text = String(decoding: document.bytes, as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.prefix { $0 != "#" && $0 != ";" && $0 != " " }.split(separator: "=")
      guard parts.count == 2, line.contains("=="), parts[0].lowercased() == name else { continue }
      return InstalledDistribution(
        name: String(parts[0]).capitalizedFirst, version: String(parts[1]),
        place: "pinned in \(ShownPath.of(path))")
    }
    return nil
  }

  private static func names(in folder: FilePath) -> [String] {
    guard let directory = try? OpenFile(folder, for: .directory) else { return [] }
    return ((try? SystemCalls.names(in: directory.descriptor)) ?? []).sorted()
  }
}

extension String {
  /// The way people write the name of a package that is stored in lower case.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
