import CfgKitDotEnv
import SystemPackage

/// Reads the files of a project, through the store that also writes them or as git's index has them, and keeps in mind which bytes
/// each of them had.
final class SourceReader {
  /// What the next commit would hold; nil to read from disk.
  private let stage: GitStage?
  /// The version of each file that was asked for, by its absolute path; `.absent` for those that could not be read. None of a stage,
  /// which nobody follows.
  private(set) var versions: [FilePath: DocumentVersion] = [:]

  init(stage: GitStage? = nil) { self.stage = stage }

  /// The document at a path; `-` is standard input.
  func document(at path: FilePath) throws(ProjectError) -> (Document, shownPath: String) {
    try document(at: path, into: .guarded)
  }

  /// The schema at a path.
  func schema(at path: FilePath) throws(ProjectError) -> (Document, shownPath: String) {
    try document(at: path, into: .plain)
  }

  private func document(
    at path: FilePath, into room: FileBytes.Room
  ) throws(ProjectError) -> (Document, shownPath: String) {
    if let stage { return (try stage.document(at: ShownPath.absolute(path)), ShownPath.of(path)) }
    do {
      let (document, version) =
        path == "-" ? try FileStore.standardInput() : try FileStore(path).load(into: room)
      versions[ShownPath.absolute(path)] = version
      return (document, ShownPath.of(path))
    } catch {
      versions[ShownPath.absolute(path)] = .absent
      throw ProjectError(error)
    }
  }

  /// The document at a path, or nil if nothing is there.
  func documentIfPresent(at path: FilePath) throws(ProjectError) -> Document? {
    if let stage {
      return try stage.holds(ShownPath.absolute(path)) ? stage.document(at: ShownPath.absolute(path)) : nil
    }
    do {
      let (document, version) = try FileStore(path).load()
      versions[ShownPath.absolute(path)] = version
      return document
    } catch {
      versions[ShownPath.absolute(path)] = .absent
      if error.code == .notFound { return nil }
      throw ProjectError(error)
    }
  }

  /// A schema that another one imports; nil outside the repository, or if it cannot be read.
  func imported(
    _ target: String, beside path: FilePath, inside root: FilePath
  ) -> (document: Document, shownPath: String)? {
    let place = ShownPath.absolute(path).removingLastComponent().pushing(FilePath(target))
      .lexicallyNormalized()
    guard place.starts(with: root), let (document, shownPath) = try? schema(at: place) else {
      return nil
    }
    return (document, shownPath)
  }

  /// Whether something is there, a dangling link too.
  ///
  /// - Throws: `ProjectError` if the system cannot say.
  func exists(_ path: FilePath) throws(ProjectError) -> Bool {
    // Where the search ends is where git's folder lies, which no index holds.
    if let stage, path.lastComponent != ".git" { return stage.holds(ShownPath.absolute(path)) }
    return try ProjectSearch.exists(path)
  }
}

extension ProjectError {
  /// The store's error, by its exit code.
  init(_ error: StoreError) {
    switch error.exitCode {
    case 66: self.init(.notFound, error.message)
    case 65, 73: self.init(.notAFile, error.message)
    case 77: self.init(.unreadable, error.message)
    case 64: self.init(.usage, error.message)
    case 69, 75: self.init(.unavailable, error.message)
    case 70: self.init(.memory, error.message)
    default: self.init(.io, error.message)
    }
  }
}
