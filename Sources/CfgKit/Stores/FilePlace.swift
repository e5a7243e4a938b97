import SystemPackage

/// Where a file really is: its directory, held open, and its name there. What is written, is written beside it.
struct FilePlace {
  /// The real directory.
  let directory: OpenFile
  /// The name in it.
  let name: FilePath
  /// The path that the caller gave, for messages.
  let path: FilePath

  /// Follows symbolic links to a regular file of the link's own owner, never through the `..data` of a Kubernetes volume.
  ///
  /// - Throws: `StoreError`. A name that is not there is none, if no link led to it.
  init(of path: FilePath) throws(StoreError) {
    var current = path
    var linkOwners: [UserID] = []
    // As many as Linux follows.
    for _ in 0...40 {
      if current.components.contains("..data") { throw .kubernetesVolume(path) }
      guard let last = current.lastComponent, last.kind == .regular else { throw .notAFile(path, .directory) }
      let parent = current.removingLastComponent()
      let directory = try Self.open(parent.isEmpty ? "." : parent, of: path, isLinked: !linkOwners.isEmpty)
      let name = FilePath(last.string)
      guard let status = try Self.status(of: name, in: directory, of: path) else {
        if !linkOwners.isEmpty { throw .dangling(path) }
        self.init(directory: directory, name: name, path: path)
        return
      }
      guard status.type == .symbolicLink else {
        if linkOwners.contains(where: { $0 != status.userID }) { throw .foreignLink(path) }
        self.init(directory: directory, name: name, path: path)
        return
      }
      linkOwners.append(status.userID)
      do {
        // `..` after a link means the target's parent, so nothing is normalised here.
        current = parent.pushing(try SystemCalls.target(of: name, in: directory.descriptor))
      } catch {
        throw StoreError(opening: path, error)
      }
    }
    throw .linkLoop(path)
  }

  private init(directory: OpenFile, name: FilePath, path: FilePath) {
    self.directory = directory
    self.name = name
    self.path = path
  }

  /// What is at the name now, not followed; nil if nothing is.
  func status() throws(StoreError) -> Stat? {
    try Self.status(of: name, in: directory, of: path)
  }

  private static func status(
    of name: FilePath, in directory: OpenFile, of path: FilePath
  ) throws(StoreError) -> Stat? {
    do {
      return try Stat(name, relativeTo: directory.descriptor, flags: .symlinkNoFollow)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw StoreError(opening: path, error)
    }
  }

  private static func open(_ parent: FilePath, of path: FilePath, isLinked: Bool) throws(StoreError)
    -> OpenFile
  {
    do {
      return try OpenFile(parent, for: .directory)
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .notDirectory: throw isLinked ? .dangling(path) : .folderNotFound(path)
      case .permissionDenied, .notPermitted: throw .folderUnwritable(path, error)
      default: throw StoreError(opening: path, error)
      }
    }
  }
}
