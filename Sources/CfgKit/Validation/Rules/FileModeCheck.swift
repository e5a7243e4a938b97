import SystemPackage

/// Whether others may read a file that holds secrets.
struct FileModeCheck: Check {
  let rules: [Rule] = [.fileMode]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    project.filesWithSecrets.compactMap { file, path in
      guard let permissions = try? path.stat().permissions,
        !permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute])
      else { return nil }
      let octal = String(permissions.intersection(FilePermissions(rawValue: 0o7777)).rawValue, radix: 8)
      let who = permissions.isDisjoint(with: .otherReadWriteExecute) ? "its group" : "other users"
      let verb = permissions.isDisjoint(with: [.groupRead, .otherRead]) ? "use" : "read"
      return Finding(
        .fileMode, "mode 0\(octal), \(who) can \(verb) it", at: Location(path: file.shownPath),
        fix: .safeCommand("chmod", "600", file.shownPath))
    }
  }
}

extension Rule {
  static let fileMode = Rule(
    "file-mode", 401, .warning, inProduction: .error, "a file with secrets that others may read",
    why: "Every account of the machine, and every process under it, has the secrets.",
    example: "$ ls -l .env\n-rw-r--r-- 1 app app 312 .env",
    fix: "chmod 600 FILE; --fix does.",
    source: "chmod(1)")
}
