import CfgKitDotEnv
import SystemPackage

/// Whether others may read a file that holds secrets.
struct FileModeCheck: Check {
  let rules: [Rule] = [.fileMode]

  func findings(in project: CheckedProject) -> [Finding] {
    project.project.files.compactMap { file in
      guard file.path != "-", let permissions = try? file.path.stat().permissions,
        !permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute]),
        holdsSecret(file, project)
      else { return nil }
      let octal = String(permissions.intersection(FilePermissions(rawValue: 0o7777)).rawValue, radix: 8)
      let who = permissions.isDisjoint(with: .otherReadWriteExecute) ? "its group" : "other users"
      let verb = permissions.isDisjoint(with: [.groupRead, .otherRead]) ? "use" : "read"
      return Finding(
        .fileMode, "mode 0\(octal), \(who) can \(verb) it", at: Location(path: file.shownPath),
        fix: .safeCommand("chmod", "600", file.shownPath))
    }
  }

  private func holdsSecret(_ file: SourceFile, _ project: CheckedProject) -> Bool {
    file.document.entries.contains { entry in
      project.resolution[file.document.key(of: entry)]?.isSensitive == true && !entry.valueRange.isEmpty
    }
  }
}

extension Rule {
  static let fileMode = Rule(
    "file-mode", 401, .warning, inProduction: .error, "a file with secrets that others may read",
    why: "Every account of the machine, and every process under it, has the secrets.",
    fix: "chmod 600 FILE; --fix does.")
}
