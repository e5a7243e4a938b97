import CfgKitDotEnv
package import SystemPackage

/// The folder in which Flask-Session keeps sessions as files.
package struct SessionFolder: Sendable {
  /// One session.
  package struct File: Sendable {
    /// Where it is.
    package let path: FilePath
    /// When it was written, in seconds since 1970.
    package let modified: Int
  }

  /// Where it is.
  package let path: FilePath
  /// How messages name it.
  package let shownPath: String
  /// The files that are sessions, by their names.
  package let files: [File]
  /// Those that are older than SECRET_KEY; nil if nobody wrote down when that was made.
  package let stale: [File]?
  /// Whether it can be removed as a whole: it holds sessions and nothing else, and neither the project nor anybody's home.
  let isOnlySessions: Bool

  /// Nil if sessions are not kept in files, or there are none.
  package init?(of project: Project) {
    let resolution = project.resolution
    guard resolution["SESSION_TYPE"]?.winner?.value.text == "filesystem" else { return nil }
    let named = resolution["SESSION_FILE_DIR"]?.winner?.value.text.flatMap { $0.isEmpty ? nil : $0 }
    let root = ShownPath.absolute(project.root)
    path = root.pushing(FilePath(named ?? "flask_session"))
    shownPath = ShownPath.of(path)
    let folder = path
    let names = FolderListing.names(in: path)
    files = names.filter(Self.isSession).compactMap { name in
      let file = folder.appending(name)
      guard let status = try? file.stat(followTargetSymlink: false), status.type == .regular else {
        return nil
      }
      return File(path: file, modified: status.modified.seconds)
    }
    if files.isEmpty { return nil }
    let plain = ShownPath.absolute(path)
    let isLink = (try? path.stat(followTargetSymlink: false))?.type != .directory
    let home = project.options.environment.text("HOME").map { ShownPath.absolute(FilePath($0)) }
    isOnlySessions =
      files.count == names.count && !isLink && !root.starts(with: plain) && home?.starts(with: plain) != true
    let rotated = (try? RotationOverview(of: ["SECRET_KEY"], in: project))?.rows.first?.rotated
    let all = files
    stale = rotated.map { moment in all.filter { $0.modified < moment.seconds } }
  }

  /// cachelib names a session's file by an MD5 of its id.
  private static func isSession(_ name: String) -> Bool {
    name.utf8.count == 32 && name.utf8.allSatisfy(Octet.isHexDigit)
  }
}
