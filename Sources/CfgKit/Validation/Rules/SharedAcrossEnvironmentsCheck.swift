import CfgKitDotEnv
import SystemPackage

/// Whether a secret that must be distinct stands in the file of another environment as well.
struct SharedAcrossEnvironmentsCheck: Check {
  let rules: [Rule] = [.sharedSecret]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    let keys = project.declaredKeys.filter { $0.declaration?.isDistinct == true && !$0.isMissing }
    guard !keys.isEmpty, project.project.options.readsFiles, project.project.options.stored == nil
    else { return [] }
    return others(project.project).flatMap { file in
      keys.compactMap { key in finding(key, in: file) }
    }
  }

  private func finding(_ key: Resolution.ResolvedKey, in file: SourceFile) -> Finding? {
    guard let winner = key.winner, case .file = winner.origin,
      let entry = file.lastEntry(for: key.key), file.reading.hasValue(entry),
      let value = file.reading.withValue(of: entry, { try? LayerValue(copying: $0, isSensitive: true) })
        ?? nil,
      (try? winner.value.matches(value)) == true
    else { return nil }
    return Finding(
      .sharedSecret, key: key.key, "\(key.key) is the same secret in \(file.shownPath)",
      at: winner.origin.location,
      related: [Finding.Related(location: file.place(of: entry), message: "the other one")],
      fix: .command("cfgkit", "rotate-secret", key.key))
  }

  /// The files of other environments: `.env.NAME` in the project's folder, but no samples, no schema, no copies of editors.
  private func others(_ project: Project) -> [SourceFile] {
    let known = Set((project.files.compactMap(\.path) + project.plannedPaths).map(ShownPath.absolute))
    let endings = [
      ".schema", ".example", ".sample", ".template", ".dist", ".local", ".bak", ".swp", ".orig", "~",
    ]
    return FolderListing.names(in: project.root).compactMap { name in
      let path = ShownPath.absolute(project.root.appending(name))
      guard name.hasPrefix(".env."), !endings.contains(where: name.hasSuffix), !known.contains(path),
        let (document, _) = try? FileStore(path).load()
      else { return nil }
      return SourceFile(path, document, project.options, project.schema)
    }
  }
}
