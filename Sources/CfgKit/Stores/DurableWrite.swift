import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// The one way in which cfgkit writes a file.
///
/// Signals are held back. The folder is locked, since a lock on the file would go with the file that is replaced. Private copies that a killed
/// process left are removed. The old file is read, and a private copy made beside it before any secret is; the copy is written, gets the old
/// file's owner, attributes and mode, and is synced. If the old file is still the one that was read, the copy is renamed over it, the
/// folder synced, and the file read back by its name.
///
/// A reader sees the old file or the new one, never a part. Whatever fails up to the rename leaves the old file as it was and no
/// copy of the new one; a process killed on the way leaves at most a private copy, which the next write removes.
struct DurableWrite {
  /// The file.
  let path: FilePath
  /// How many bytes are read at most.
  let limits: Limits
  /// Whether a file with several names loses all but this one.
  let breaksHardLinks: Bool
  /// The mode of a file that is new; nil if it must exist already.
  let modeIfAbsent: CInterop.Mode?
  /// Whether group and others lose what they may do with an old file.
  let makesPrivate: Bool

  /// Reads, lets `edit` change the document, and puts the result in place. Nothing is written if nothing changes.
  ///
  /// - Parameters:
  ///   - precondition: looks at the version before anything is made, and throws if it is the wrong one.
  ///   - edit: changes the document; called when the temporary file exists, so that no secret is made that could not be written.
  /// - Returns: what `edit` gave, and the version that is in place now.
  /// - Throws: `StoreError`, or what `precondition` or `edit` threw.
  func run<R>(
    if precondition: (DocumentVersion) throws -> Void = { _ in }, _ edit: (inout Document) throws -> R
  ) throws -> (R, DocumentVersion) {
    let place = try FilePlace(of: path)
    let lock = try DirectoryLock(on: place)
    defer { lock.release() }
    TemporaryFile.removeStale(beside: place)
    let written = try SignalHold.during { signals in try replace(place, signals, precondition, edit) }
    try confirm(written, at: place)
    return (written.result, written.version)
  }

  private struct Written<R> {
    let result: R
    let version: DocumentVersion
    /// The new file; nil if the old one was left as it is.
    let identity: Stat?
  }

  /// From reading the old file to the synced folder.
  private func replace<R>(
    _ place: FilePlace, _ signals: SignalHold, _ precondition: (DocumentVersion) throws -> Void,
    _ edit: (inout Document) throws -> R
  ) throws -> Written<R> {
    let old = try FileSnapshot(reading: place, limits: limits)
    let mode = try admit(old)
    try precondition(old?.version ?? .absent)
    let temporary = try TemporaryFile(beside: place, mode: old == nil ? mode : 0o600)
    let written: Written<R>
    do {
      var document = try old?.document ?? .guarded(limits: limits)
      let result = try edit(&document)
      let version = try version(of: document)
      if let old, version == old.version, mode == old.status.mode.permissionBits {
        temporary.discard()
        return Written(result: result, version: version, identity: nil)
      }
      try temporary.write(document)
      if let old {
        try temporary.takeAttributes(of: old, mode: mode)
      } else if mode == 0o600 {
        try temporary.makePrivate()
      }
      written = Written(result: result, version: version, identity: try temporary.finish())
      try expectUnchanged(old, at: place)
      if let signal = signals.waitingSignal { throw StoreError.interrupted(path, by: signal) }
      try temporary.takePlace()
    } catch {
      temporary.discard()
      throw error
    }
    try syncDirectory(of: place)
    return written
  }

  /// Whether the old file may be replaced; gives the mode of the new one.
  private func admit(_ old: FileSnapshot?) throws(StoreError) -> CInterop.Mode {
    guard let old else {
      guard let modeIfAbsent else { throw .notFound(path) }
      return modeIfAbsent
    }
    if old.status.linkCount > 1, !breaksHardLinks { throw .hardLink(path, old.status.linkCount) }
    return makesPrivate ? old.status.mode.permissionBits & 0o600 : old.status.mode.permissionBits
  }

  /// Whether the old file is still the one that was read. A writer that ignores the lock can still slip in between this and the rename.
  private func expectUnchanged(_ old: FileSnapshot?, at place: FilePlace) throws(StoreError) {
    let now = try place.status()
    guard let old else {
      if now != nil { throw .changed(path) }
      return
    }
    guard let now, now.isSameFile(as: old.status), now.size == old.status.size,
      now.modified == old.status.modified, now.statusChanged == old.status.statusChanged
    else { throw .changed(path) }
  }

  /// Syncs the folder, so that the rename lasts.
  private func syncDirectory(of place: FilePlace) throws(StoreError) {
    do {
      try SystemCalls.sync(place.directory.descriptor)
    } catch {
      // Some file systems have no such thing as a directory's data.
      if error == .invalidArgument || error == .notSupported { return }
      throw .unconfirmed(path, "the disk did not confirm it (\(error))")
    }
  }

  /// Reads the file back by its name.
  private func confirm<R>(_ written: Written<R>, at place: FilePlace) throws(StoreError) {
    guard let identity = written.identity else { return }
    let found: FileSnapshot?
    do { found = try FileSnapshot(reading: place, limits: .unbounded) } catch {
      throw .unconfirmed(path, "it could not be read back")
    }
    guard let found, found.status.isSameFile(as: identity), found.version == written.version else {
      throw .unconfirmed(path, "what is there now differs from it")
    }
  }

  private func version(of document: Document) throws(StoreError) -> DocumentVersion {
    do { return try DocumentVersion(of: document) } catch { throw .memory(path, error) }
  }
}

extension Limits {
  /// For reading back what was just written.
  fileprivate static var unbounded: Limits {
    var limits = Limits.standard
    limits.fileBytes = .max - 1
    return limits
  }
}
