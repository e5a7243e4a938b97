public import CfgKitDotEnv
package import CfgKitSecrets
public import SystemPackage

/// A document in a file: the store that every project has.
///
/// Reading goes straight into guarded memory and never waits: not for the writer of a FIFO, not for a lock. Writing is atomic,
/// durable and one at a time for all of cfgkit; mode, owner, access control list and extended attributes of the old file are kept.
public struct FileStore: Sendable {
  /// The file.
  public let path: FilePath
  private let limits: Limits
  private let breaksHardLinks: Bool

  /// The store at `path`.
  ///
  /// - Parameters:
  ///   - path: where the file is, or will be.
  ///   - limits: larger files are refused without being read.
  ///   - breaksHardLinks: whether a file with several names may be replaced under this one; else it is refused.
  public init(_ path: FilePath, limits: Limits = .standard, breaksHardLinks: Bool = false) {
    self.path = path
    self.limits = limits
    self.breaksHardLinks = breaksHardLinks
  }

  /// Reads the document, through symbolic links.
  ///
  /// - Throws: `StoreError`; `.notFound` if there is no file.
  public func load() throws(StoreError) -> (Document, DocumentVersion) { try load(into: .guarded) }

  /// Reads the document into memory of a kind.
  func load(into room: FileBytes.Room) throws(StoreError) -> (Document, DocumentVersion) {
    let snapshot = try FileSnapshot(reading: path, limits: limits, into: room)
    return (snapshot.document, snapshot.version)
  }

  /// Reads standard input to its end.
  ///
  /// - Throws: `StoreError`
  public static func standardInput(limits: Limits = .standard) throws(StoreError) -> (
    Document, DocumentVersion
  ) {
    let storage = try FileBytes.read(.standardInput, "-", expecting: 0, limit: limits.fileBytes)
    let document = Document(storage, limits: limits)
    do { return (document, try DocumentVersion(of: document)) } catch { throw .memory("-", error) }
  }

  /// Reads, changes and replaces the document as one step that no other cfgkit can come between.
  ///
  /// Nothing is written if `edit` changes nothing or throws. `edit` is called once, when it is sure that a new file can be made, and
  /// must not wait for a person: others wait for the lock.
  ///
  /// - Parameters:
  ///   - createIfAbsent: whether a missing file counts as an empty document; else it is `.notFound`.
  ///   - mode: permission bits of a file that is new; 0600 is given whatever the umask, wider ones are narrowed by it.
  ///   - makesPrivate: whether group and others lose what they may do with an old file; that alone is a change.
  ///   - edit: changes the document.
  /// - Returns: what `edit` gave.
  /// - Throws: `StoreError`, or what `edit` threw.
  @discardableResult
  public func update<R>(
    createIfAbsent: Bool = false, mode: CInterop.Mode = 0o600, makesPrivate: Bool = false,
    _ edit: (inout Document) throws -> R
  ) throws -> R {
    try write(modeIfAbsent: createIfAbsent ? mode : nil, makesPrivate: makesPrivate).run(edit).0
  }

  private func write(modeIfAbsent: CInterop.Mode?, makesPrivate: Bool = false) -> DurableWrite {
    DurableWrite(
      path: path, limits: limits, breaksHardLinks: breaksHardLinks, modeIfAbsent: modeIfAbsent,
      makesPrivate: makesPrivate)
  }
}

extension FileStore: DocumentStore {
  /// The path, as people see it.
  package var name: String { ShownPath.of(path) }

  /// None: nobody has a lease on a file.
  package var capabilities: StoreCapabilities { [] }

  /// Puts `new` in the place of the file of version `version`. A file needs no operation to resolve: there are no lost replies, and
  /// one that is what it should become was written before.
  package func replace(
    _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
  ) throws(StoreError) -> Outcome {
    struct Conflict: Error { let version: DocumentVersion }
    do {
      let (_, committed) = try write(modeIfAbsent: version == .absent ? 0o600 : nil).run {
        found throws(Conflict) in
        if found != version { throw Conflict(version: found) }
      } _: { document in
        document = new
      }
      return .committed(committed)
    } catch let conflict as Conflict {
      return try conflict.version == self.version(of: new)
        ? .committed(conflict.version) : .conflict(conflict.version)
    } catch let error as StoreError {
      if error.code == .notFound, version != .absent { return .conflict(.absent) }
      throw error
    } catch {
      throw .inputOutput(path, .ioError, "replaced")
    }
  }

  /// Changes the file under its lock: nobody comes between, so there is no second attempt, and `edit` is called once it is sure that a
  /// new file can be made.
  package func update<R>(
    as operation: OperationID, createIfAbsent: Bool, attempts: Int, _ edit: (inout Document) throws -> R
  ) throws -> R {
    try update(createIfAbsent: createIfAbsent, edit)
  }

  /// Looks whenever the system tells of a change of the file, its folder or a link on the way, and every few seconds in any case.
  package func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    let hints = FileHints(every: .seconds(5), usesNotices: true)
    let path = ShownPath.absolute(path)
    return polled(after: version, at: hints.hints) { hints.follow([path]) }
  }

  private func version(of document: Document) throws(StoreError) -> DocumentVersion {
    do { return try DocumentVersion(of: document) } catch { throw .memory(path, error) }
  }
}
