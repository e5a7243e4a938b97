/// Whether a file lies there that this run does not read.
struct FileNotReadCheck: Check {
  let rules: [Rule] = [.fileNotRead]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    project.project.unreadFiles.map(ShownPath.of).map { path in
      Finding(
        .fileNotRead, "is not read; it counts only with --env NAME", at: Location(path: path),
        fix: .manual("name the environment: --env development; or the file: -f"))
    }
  }
}

extension Rule {
  static let fileNotRead = Rule(
    "file-not-read", 407, .info, "a .env.local that is not read",
    why: "Without --env the only file is .env, so that a personal file cannot change what is checked.",
    example: "$ ls -a\n.env  .env.local  .env.schema",
    fix: "Use --env NAME, which reads .env, .env.NAME, .env.local and .env.NAME.local.",
    source: "cfgkit: without --env the only file is .env")
}
