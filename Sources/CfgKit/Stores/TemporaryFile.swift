import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// The file that will take the target's place: private, in the same directory, gone if anything fails.
struct TemporaryFile {
  private static let infix = ".cfgkit-"
  private static let digitCount = 16
  private static let longestName = 255

  private let place: FilePlace
  private let name: FilePath
  private let file: OpenFile

  /// Creates it, readable by nobody else; a new file that is no secret may be made with a wider `mode`.
  init(beside place: FilePlace, mode: CInterop.Mode) throws(StoreError) {
    self.place = place
    let suffix: String
    do { suffix = try OperationID().description } catch { throw .memory(place.path, error) }
    name = FilePath(Self.prefix(of: place.name) + suffix)
    do {
      file = try OpenFile(name, for: .creating, in: place.directory, mode: mode)
    } catch {
      throw StoreError(creatingBeside: place.path, error)
    }
  }

  /// Writes a document's bytes.
  func write(_ document: Document) throws(StoreError) {
    do {
      try document.withBytes { (bytes: borrowing RawSpan) throws(Errno) -> Void in
        try SystemCalls.write(bytes, to: file.descriptor)
      }
    } catch {
      throw .inputOutput(place.path, error, "written")
    }
  }

  /// Gives it owner, access control list and extended attributes of the old file, and a mode no wider than its own, in an order
  /// that never lets more people read it than before.
  func takeAttributes(of old: FileSnapshot, mode: CInterop.Mode) throws(StoreError) {
    do {
      let own = try file.descriptor.stat()
      if own.userID != old.status.userID || own.groupID != old.status.groupID {
        try SystemCalls.setOwner(file.descriptor, old.status.userID, old.status.groupID)
      }
    } catch {
      throw error == .notPermitted
        ? .foreignOwner(place.path) : .inputOutput(place.path, error, "given its owner")
    }
    do {
      try FileAttributes.copy(from: old.file.descriptor, to: file.descriptor)
      // Where there is an access control list, the group's bits are its mask: none take away what it gives.
      try SystemCalls.setMode(file.descriptor, mode)
    } catch {
      throw error == .notPermitted || error == .permissionDenied
        ? .unreplaceable(place.path, error) : .inputOutput(place.path, error, "given its attributes")
    }
  }

  /// Makes a new file private whatever the umask.
  func makePrivate() throws(StoreError) {
    do {
      try SystemCalls.setMode(file.descriptor, 0o600)
    } catch {
      throw .inputOutput(place.path, error, "given its mode")
    }
  }

  /// Puts it on the disk and closes it; gives what identifies it. An error is final: after one, the system may have dropped
  /// what it did not write.
  func finish() throws(StoreError) -> Stat {
    do {
      let identity = try file.descriptor.stat()
      try SystemCalls.sync(file.descriptor)
      try file.close()
      return identity
    } catch {
      throw .inputOutput(place.path, error, "written to the disk")
    }
  }

  /// Takes the target's place.
  func takePlace() throws(StoreError) {
    do {
      try SystemCalls.rename(name, to: place.name, in: place.directory.descriptor)
    } catch {
      throw StoreError(replacing: place.path, error)
    }
  }

  /// Removes it; if that fails, empties it.
  func discard() { Self.discard(name, in: place) }

  /// Removes what an interrupted run left. To be called under the lock, when none is in use.
  static func removeStale(beside place: FilePlace) {
    let prefix = prefix(of: place.name)
    // A directory that cannot be listed is no reason not to write.
    let names = (try? SystemCalls.entries(in: place.directory.descriptor).map(\.name)) ?? []
    for text in names where isStale(text, prefix) {
      let name = FilePath(text)
      let status = try? Stat(name, relativeTo: place.directory.descriptor, flags: .symlinkNoFollow)
      guard let status, status.type == .regular, status.userID == SystemCalls.user, status.linkCount == 1
      else {
        continue
      }
      discard(name, in: place)
    }
  }

  private static func discard(_ name: FilePath, in place: FilePlace) {
    do {
      try SystemCalls.remove(name, in: place.directory.descriptor)
    } catch {
      if error != .noSuchFileOrDirectory { _ = try? OpenFile(name, for: .emptying, in: place.directory) }
    }
  }

  private static func isStale(_ name: String, _ prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    return OperationID(parsing: String(name.dropFirst(prefix.count))) != nil
  }

  /// Begins with the target's name, so that the rules which keep `.env*` out of git cover it.
  private static func prefix(of name: FilePath) -> String {
    String(decoding: name.string.utf8.prefix(longestName - infix.utf8.count - digitCount), as: UTF8.self)
      + infix
  }
}

extension FileMode {
  /// Read, write, execute and the three special bits, without the type.
  var permissionBits: CInterop.Mode { rawValue & 0o7777 }
}
