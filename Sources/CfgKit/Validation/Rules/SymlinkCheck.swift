import SystemPackage

/// Whether a file is a symbolic link.
struct SymlinkCheck: Check {
  let rules: [Rule] = [.symlink]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    project.project.files.compactMap { file in
      guard let path = file.path, let type = try? path.stat(followTargetSymlink: false).type,
        type == .symbolicLink
      else {
        return nil
      }
      return Finding(
        .symlink, "is a symbolic link; edits go to its target", at: Location(path: file.shownPath))
    }
  }
}

extension Rule {
  static let symlink = Rule(
    "symlink", 404, .info, "a .env that is a symbolic link",
    why: "What is edited here changes elsewhere too.",
    example: ".env -> ../shared/.env",
    fix: "Nothing, if that is meant.",
    source: "symlink(7)")
}
