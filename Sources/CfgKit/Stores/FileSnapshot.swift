import CfgKitDotEnv
import SystemPackage

/// The bytes of a file and what the system said about it while they were read. The file stays open.
struct FileSnapshot {
  /// The document.
  let document: Document
  /// Its version.
  let version: DocumentVersion
  /// Type, mode, owner and times at the moment it was opened.
  let status: Stat
  /// The file itself, whatever has its name by now.
  let file: OpenFile

  /// Reads a file, following links.
  init(reading path: FilePath, limits: Limits, into room: FileBytes.Room = .guarded) throws(StoreError) {
    // Looked at before it is opened: opening a device can do things.
    let status: Stat
    do {
      status = try Stat(path)
    } catch {
      if error == .noSuchFileOrDirectory, (try? Stat(path, followTargetSymlink: false)) != nil {
        throw .dangling(path)
      }
      throw StoreError(opening: path, error)
    }
    guard status.type == .regular else { throw .notAFile(path, status.type) }
    let file: OpenFile
    do {
      file = try OpenFile(path, for: .reading)
    } catch {
      throw StoreError(opening: path, error)
    }
    try self.init(reading: file, path, limits, room)
  }

  /// Reads the file at a place; nil if there is none.
  init?(reading place: FilePlace, limits: Limits) throws(StoreError) {
    guard let status = try place.status() else { return nil }
    guard status.type == .regular else { throw .notAFile(place.path, status.type) }
    let file: OpenFile
    do {
      file = try OpenFile(place.name, for: .readingNoLink, in: place.directory)
    } catch {
      // It was no link a moment ago.
      if error == .tooManySymbolicLinkLevels || error == .noSuchFileOrDirectory { throw .changed(place.path) }
      throw StoreError(opening: place.path, error)
    }
    try self.init(reading: file, place.path, limits, .guarded)
  }

  private init(
    reading file: OpenFile, _ path: FilePath, _ limits: Limits, _ room: FileBytes.Room
  ) throws(StoreError) {
    do {
      status = try file.descriptor.stat()
    } catch {
      throw StoreError(opening: path, error)
    }
    guard status.type == .regular else { throw .notAFile(path, status.type) }
    guard status.size <= Int64(limits.fileBytes) else { throw .tooLarge(path, limit: limits.fileBytes) }
    let storage = try FileBytes.read(
      file.descriptor, path, expecting: Int(status.size), limit: limits.fileBytes, into: room)
    document = Document(storage, limits: limits)
    do { version = try DocumentVersion(of: document) } catch { throw .memory(path, error) }
    self.file = file
  }
}
