import SystemPackage

/// Whether copies of a `.env`, or private keys beside it, can be read by others, and whether others can replace the files.
struct StrayFileCheck: MachineCheck {
  let rules: [Rule] = [.fileMode]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let root = examined.surroundings.root
    let read = Set(examined.checked.project.files.map { ShownPath.absolute($0.path) })
    let found = examined.surroundings.names.compactMap { name -> Finding? in
      let path = root.appending(name)
      guard SecretFileName.isValueFile(name) || isPrivateKey(path, name),
        !read.contains(ShownPath.absolute(path)), let status = try? path.stat(), status.type == .regular,
        !status.permissions.isDisjoint(with: [.groupRead, .otherRead])
      else { return nil }
      let shown = ShownPath.of(path)
      return Finding(
        .fileMode, "\(shown) has mode 0\(octal(status.permissions)), others can read it",
        at: Location(path: shown), fix: .command("chmod", "600", shown))
    }
    return found + folder(examined)
  }

  /// Who may write to the folder can replace the file; the sticky bit keeps them from it.
  private func folder(_ examined: ExaminedProject) -> [Finding] {
    let root = examined.surroundings.root
    guard !examined.checked.filesWithSecrets.isEmpty, let permissions = try? root.stat().permissions,
      permissions.contains(.otherWrite), permissions.rawValue & 0o1000 == 0
    else { return [] }
    let shown = ShownPath.of(root)
    return [
      Finding(
        .fileMode, "\(shown) has mode 0\(octal(permissions)), others can replace the .env in it",
        at: Location(path: shown), fix: .command("chmod", "o-w", shown))
    ]
  }

  private func isPrivateKey(_ path: FilePath, _ name: String) -> Bool {
    guard name.hasSuffix(".pem") || name.hasSuffix(".key") else { return false }
    return ProjectFile.text(at: path)?.contains("PRIVATE KEY-----") == true
  }

  private func octal(_ permissions: FilePermissions) -> String {
    String(permissions.rawValue & 0o7777, radix: 8)
  }
}
