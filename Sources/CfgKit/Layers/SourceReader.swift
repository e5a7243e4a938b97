import CfgKitDotEnv
import SystemPackage

/// Reads the files of a project, through the store that also writes them.
enum SourceReader {
  /// The document at a path; `-` is standard input.
  static func document(at path: FilePath) throws(ProjectError) -> (Document, shownPath: String) {
    let shownPath = ShownPath.of(path)
    do {
      let (document, _) = path == "-" ? try FileStore.standardInput() : try FileStore(path).load()
      return (document, shownPath)
    } catch {
      throw ProjectError(error)
    }
  }

  /// A schema that another one imports; nil outside the repository, or if it cannot be read.
  static func imported(
    _ target: String, beside path: FilePath, inside root: FilePath
  ) -> (document: Document, shownPath: String)? {
    let place = ShownPath.absolute(path).removingLastComponent().pushing(FilePath(target))
      .lexicallyNormalized()
    guard place.starts(with: root), let (document, shownPath) = try? document(at: place) else {
      return nil
    }
    return (document, shownPath)
  }
}

extension ProjectError {
  /// The store's error, by its exit code.
  init(_ error: StoreError) {
    switch error.exitCode {
    case 66: self.init(.notFound, error.message)
    case 65, 73: self.init(.notAFile, error.message)
    case 77: self.init(.unreadable, error.message)
    default: self.init(.io, error.message)
    }
  }
}
