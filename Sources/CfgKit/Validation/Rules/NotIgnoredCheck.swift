import SystemPackage

/// Whether git would take a file with secrets along with the next `git add .`.
struct NotIgnoredCheck: Check {
  let rules: [Rule] = [.notIgnored]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    project.filesWithSecrets.compactMap { file, path in
      let path = ShownPath.absolute(path)
      guard let name = path.lastComponent?.string,
        let workTree = project.workTrees.around(path.removingLastComponent()), !workTree.ignores(path),
        !workTree.tracks(path)
      else { return nil }
      let ignoreFile = ShownPath.of(path.removingLastComponent().appending(".gitignore"))
      return Finding(
        .notIgnored, "git does not ignore it; the next commit may take its secrets along",
        at: Location(path: file.shownPath),
        fix: .shell("echo \(Fix.shellQuoted(name)) >> \(Fix.shellQuoted(ignoreFile))"))
    }
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
