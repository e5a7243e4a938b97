import SystemPackage

/// Whether git would take a file with secrets along with the next `git add .`.
struct NotIgnoredCheck: Check {
  let rules: [Rule] = [.notIgnored]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    project.filesWithSecrets.compactMap { file, path in
      Self.finding(path, file.shownPath, project.workTrees)
    }
  }

  /// What there is to say of a file with secrets that lies in a work tree.
  static func finding(_ path: FilePath, _ shownPath: String, _ workTrees: GitWorkTrees) -> Finding? {
    let path = ShownPath.absolute(path)
    let folder = path.removingLastComponent()
    guard let name = path.lastComponent?.string, let workTree = workTrees.around(folder),
      !workTree.ignores(path), !workTree.tracks(path)
    else { return nil }
    return Finding(
      .notIgnored, "git does not ignore it; the next commit may take its secrets along",
      at: Location(path: shownPath), fix: .line(name, appendedTo: folder.appending(".gitignore")))
  }
}

extension Rule {
  static let notIgnored = Rule(
    "not-ignored", 402, .warning, "a file with secrets that git does not ignore",
    why: "`git add .` takes it along, and what was pushed once is known for ever.",
    example: "a .env beside a .gitignore without a line .env",
    fix: "Add the name to .gitignore; cfgkit init writes a block that keeps the schema in.",
    source: "gitignore(5)")
}
