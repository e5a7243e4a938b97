import SystemPackage

/// Keeps every other cfgkit from writing in a directory.
///
/// The directory is locked, never the file: a rename replaces the file, and with it the lock, while others still wait on the
/// old one. Where a directory cannot be locked (NFS), a file beside the target is, and stays there for good.
struct DirectoryLock {
  /// How long another writer is waited for.
  static let patience = Duration.seconds(10)

  /// The directory, or the file beside the target.
  private let file: OpenFile

  /// Takes the lock on a place's directory.
  ///
  /// - Throws: `StoreError.locked` if another holds it for longer than `patience`.
  init(on place: FilePlace) throws(StoreError) {
    do {
      try Self.take(place.directory, of: place.path)
      file = place.directory
    } catch {
      guard case .unsupported = error else { throw error.storeError(place.path) }
      file = try Self.lockFile(beside: place)
    }
  }

  /// Gives it back.
  func release() {
    SystemCalls.unlock(file.descriptor)
  }

  private enum Failure: Error {
    case store(StoreError)
    case unsupported(Errno)

    func storeError(_ path: FilePath) -> StoreError {
      switch self {
      case .store(let error): error
      case .unsupported(let errno): .inputOutput(path, errno, "locked")
      }
    }
  }

  private static func lockFile(beside place: FilePlace) throws(StoreError) -> OpenFile {
    let file: OpenFile
    do {
      file = try OpenFile(FilePath(place.name.string + ".cfgkit-lock"), for: .locking, in: place.directory)
    } catch {
      throw StoreError(creatingBeside: place.path, error)
    }
    do {
      try take(file, of: place.path)
      return file
    } catch {
      throw error.storeError(place.path)
    }
  }

  private static func take(_ file: OpenFile, of path: FilePath) throws(Failure) {
    let start = ContinuousClock.now
    var wait: UInt32 = 1
    while true {
      do {
        if try SystemCalls.tryLock(file.descriptor) { return }
      } catch {
        switch error {
        // What NFS, and file systems without locks, say of a directory.
        case .badFileDescriptor, .noLocks, .notSupported: throw .unsupported(error)
        default: throw .store(.inputOutput(path, error, "locked"))
        }
      }
      if ContinuousClock.now - start > patience { throw .store(.locked(path, after: patience)) }
      SystemCalls.pause(milliseconds: wait)
      // Uneven steps, so that waiting processes do not walk in step.
      wait = min(wait * 2, 16) + UInt32.random(in: 0...3)
    }
  }
}
