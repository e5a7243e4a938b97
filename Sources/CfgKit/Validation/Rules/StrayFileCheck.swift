import SystemPackage

/// Whether value files that the project does not read, copies of a `.env`, or private keys beside it, can be read by others, by git
/// or by docker, and whether others own or can replace the files.
struct StrayFileCheck: MachineCheck {
  let rules: [Rule] = [.fileMode, .trackedByGit, .notIgnored, .inDockerContext]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let root = examined.surroundings.root
    let read = Set(examined.checked.project.files.compactMap(\.path).map(ShownPath.absolute))
    let strays = examined.surroundings.names.map(root.appending).filter { path in
      !read.contains(ShownPath.absolute(path)) && (try? path.stat())?.type == .regular
    }
    return strays.compactMap(mode) + copies(strays, examined)
      + examined.checked.filesWithSecrets.compactMap(owner) + folder(examined)
  }

  private func mode(_ path: FilePath) -> Finding? {
    let name = path.lastComponent?.string ?? ""
    guard SecretFileName.isValueFile(name) || isPrivateKey(path, name), let status = try? path.stat(),
      !status.permissions.isDisjoint(with: [.groupRead, .otherRead])
    else { return nil }
    let shown = ShownPath.of(path)
    return Finding(
      .fileMode, "\(shown) has mode 0\(octal(status.permissions)), others can read it",
      at: Location(path: shown), fix: .command("chmod", "600", shown))
  }

  /// What git and docker do with those that hold a secret.
  private func copies(_ strays: [FilePath], _ examined: ExaminedProject) -> [Finding] {
    let project = examined.checked.project
    let secret = strays.filter { path in
      guard SecretFileName.isValueFile(path.lastComponent?.string ?? "") else { return false }
      // What cannot be read may hold anything.
      guard let (document, _) = try? FileStore(path).load() else { return true }
      return !HeldSecrets(in: document, of: project).isEmpty
    }
    let inImages = DockerContextCheck.copies(of: secret, below: project.root)
    return secret.flatMap { path in
      [TrackedByGitCheck.finding, NotIgnoredCheck.finding].compactMap { find in
        find(path, ShownPath.of(path), examined.checked.workTrees)
      }
    } + inImages
  }

  /// Who owns the file can read and replace it. Root may own it, who runs this, and who owns the folder it lies in.
  private func owner(of file: SourceFile, at path: FilePath) -> Finding? {
    guard let status = try? path.stat(), let folder = try? Self.folder(of: path).stat() else {
      return nil
    }
    let trusted = [UserID(0), SystemCalls.user, folder.userID]
    guard !trusted.contains(status.userID) else { return nil }
    return Finding(
      .fileMode, "\(file.shownPath) belongs to user \(status.userID.rawValue), who can read and replace it",
      at: Location(path: file.shownPath), fix: .command("chown", "\(folder.userID.rawValue)", file.shownPath))
  }

  private static func folder(of path: FilePath) -> FilePath {
    ShownPath.absolute(path).removingLastComponent()
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
