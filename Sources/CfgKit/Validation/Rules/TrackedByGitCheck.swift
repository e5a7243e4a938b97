import SystemPackage

/// Whether git tracks a file with secrets.
struct TrackedByGitCheck: Check {
  let rules: [Rule] = [.trackedByGit]
  let facts = Facts.index

  func findings(in project: CheckedProject) -> [Finding] {
    // What is staged is tracked from now on, and may not be on disk any more.
    let isStaged = project.project.options.stage != nil
    return project.filesWithSecrets.compactMap { file, path in
      let path = ShownPath.absolute(path)
      guard isStaged || project.workTrees.around(path.removingLastComponent())?.tracks(path) == true else {
        return nil
      }
      return Finding(
        .trackedByGit, "git tracks it: its secrets are in every clone", at: Location(path: file.shownPath),
        fix: isStaged
          ? .command("git", "rm", "-f", "--cached", file.shownPath)
          : .command("git", "rm", "--cached", file.shownPath))
    }
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
