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

  /// Nil if sessions are not kept in files, or there are none.
  package init?(of project: Project) {
    let resolution = project.resolution
    guard resolution["SESSION_TYPE"]?.winner?.value.text == "filesystem" else { return nil }
    let named = resolution["SESSION_FILE_DIR"]?.winner?.value.text.flatMap { $0.isEmpty ? nil : $0 }
    path = ShownPath.absolute(project.root).pushing(FilePath(named ?? "flask_session"))
    shownPath = ShownPath.of(path)
    let folder = path
    files = FolderListing.names(in: path).filter(Self.isSession).compactMap { name in
      let file = folder.appending(name)
      guard let status = try? file.stat(followTargetSymlink: false), status.type == .regular else {
        return nil
      }
      return File(path: file, modified: status.modified.seconds)
    }
    if files.isEmpty { return nil }
    let rotated = (try? RotationOverview(of: ["SECRET_KEY"], in: project))?.rows.first?.rotated
    let all = files
    stale = rotated.map { moment in all.filter { $0.modified < moment.seconds } }
  }

  /// cachelib names a session's file by an MD5 of its id.
  private static func isSession(_ name: String) -> Bool {
    name.utf8.count == 32 && name.utf8.allSatisfy(Octet.isHexDigit)
  }
}
