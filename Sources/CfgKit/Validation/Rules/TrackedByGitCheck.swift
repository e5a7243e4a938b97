import SystemPackage

/// Whether git tracks a file with secrets.
struct TrackedByGitCheck: Check {
  let rules: [Rule] = [.trackedByGit]
  let facts = Facts.index

  func findings(in project: CheckedProject) -> [Finding] {
    // What is staged is tracked from now on, and may not be on disk any more.
    let isStaged = project.project.options.stage != nil
    return project.filesWithSecrets.compactMap { file, path in
      guard isStaged else { return Self.finding(path, file.shownPath, project.workTrees) }
      return Self.finding(file.shownPath, fix: .command("git", "rm", "-f", "--cached", file.shownPath))
    }
  }

  /// What there is to say of a file with secrets that lies in a work tree.
  static func finding(_ path: FilePath, _ shownPath: String, _ workTrees: GitWorkTrees) -> Finding? {
    let path = ShownPath.absolute(path)
    guard workTrees.around(path.removingLastComponent())?.tracks(path) == true else { return nil }
    return finding(shownPath, fix: .command("git", "rm", "--cached", shownPath))
  }

  private static func finding(_ shownPath: String, fix: Fix) -> Finding {
    Finding(
      .trackedByGit, "git tracks it: its secrets are in every clone", at: Location(path: shownPath), fix: fix)
  }
}

extension Rule {
  static let trackedByGit = Rule(
    "tracked-by-git", 403, "a file with secrets that git tracks",
    why: "Everyone who can read the repository has the secrets; an ignore rule does not change that.",
    example: "$ git ls-files\n.env\napp.py",
    fix: "git rm --cached FILE keeps the file and ends the tracking; then replace what was in it.",
    source: "gitignore(5), NOTES")
}
