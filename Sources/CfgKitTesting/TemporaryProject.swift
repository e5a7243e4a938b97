import CfgKit
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A project of real files in a folder of its own, for the time of one test. It is a project by itself: nothing above its folder is looked at.
public struct TemporaryProject: Sendable {
  /// The folder.
  public let root: FilePath

  /// Makes the folder below `TMPDIR`, else `/tmp`, readable by this user only.
  ///
  /// - Throws: `Errno`
  init(_ files: [String: String]) throws {
    let parent = unsafe getenv("TMPDIR").map { unsafe FilePath(platformString: $0) } ?? "/tmp"
    var template = parent.appending("cfgkit-XXXXXX").string.utf8CString.map { $0 }
    guard unsafe mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    root = FilePath(platformString: template)
    do {
      // The search for a project goes up to the nearest repository.
      try makeFolder(root.appending(".git"))
      for (name, text) in files { try write(text, to: name) }
    } catch {
      remove()
      throw error
    }
  }

  /// Puts a file of this text in the place of the old one, in one step: whoever reads it meanwhile sees the old text or the new one. The
  /// folders in its name are made.
  ///
  /// - Parameters:
  ///   - text: what the file holds then.
  ///   - name: the file's name below `root`, such as `.env`.
  /// - Throws: `Errno`, `.invalidArgument` for a name that leads out of it.
  public func write(_ text: String, to name: String) throws {
    let inner = try Self.inner(name)
    let path = root.pushing(inner)
    var folder = root
    for part in inner.components.dropLast() {
      folder.append(part)
      try makeFolder(folder)
    }
    let draft = FilePath(path.string + ".draft")
    let file = try FileDescriptor.open(
      draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
    guard unsafe rename(draft.string, path.string) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Removes a file below `root`; one that is not there is removed already.
  ///
  /// - Throws: `Errno`, `.invalidArgument` for a name that leads out of it.
  public func remove(_ name: String) throws {
    guard unsafe unlink(root.pushing(try Self.inner(name)).string) == 0 || errno == ENOENT else {
      throw Errno(rawValue: errno)
    }
  }

  /// A name below `root`.
  ///
  /// - Throws: `Errno.invalidArgument` for one that leads out of it.
  private static func inner(_ name: String) throws(Errno) -> FilePath {
    let path = FilePath(name).lexicallyNormalized()
    guard path.isRelative, path.components.first != "..", !path.isEmpty else { throw .invalidArgument }
    return path
  }

  private func makeFolder(_ folder: FilePath) throws {
    guard unsafe mkdir(folder.string, 0o700) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
  }

  /// Removes the folder and all that is in it.
  func remove() { Self.remove(folder: root) }

  private static func remove(folder: FilePath) {
    for name in FolderListing.names(in: folder) {
      let path = folder.appending(name)
      if unsafe unlink(path.string) != 0 { remove(folder: path) }
    }
    _ = unsafe rmdir(folder.string)
  }
}
