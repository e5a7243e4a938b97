package import CfgKitDotEnv
package import CfgKitSecrets

/// Where a document lives.
///
/// A store is two calls: read the document with its version, and swap it for a new one if the version is still that. Every
/// change goes through the second, so two writers can never undo each other's work unseen. An implementation keeps three
/// promises: `replace` is atomic (a reader sees the old document or the new one), durable when it returns `committed`, and
/// repeating it with the same operation changes nothing.
package protocol DocumentStore: Sendable {
  /// What messages call it: a path, or an address without a secret.
  var name: String { get }

  /// What it can do beside loading and replacing.
  var capabilities: StoreCapabilities { get }

  /// The document as it stands, and its version.
  ///
  /// - Throws: `StoreError`; `.notFound` where there is none yet.
  func load() async throws(StoreError) -> (Document, DocumentVersion)

  /// Refuses a document that is more than the store takes; asks nobody, so that a plan can tell.
  ///
  /// - Throws: `StoreError`, which `replace` throws too.
  func expectRoom(for document: Document) throws(StoreError)

  /// Puts `new` in the place of the document of version `version`.
  ///
  /// - Parameters:
  ///   - new: the whole document.
  ///   - version: what `load` gave, or `.absent` where there must be none yet.
  ///   - operation: names this change, so that a lost reply can be resolved by sending it again.
  /// - Throws: `StoreError`; then the old document is intact, unless the code is `.unconfirmed`.
  func replace(
    _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
  ) async throws(StoreError) -> Outcome

  /// Reads, changes and replaces the document; plans again on what somebody else wrote meanwhile.
  ///
  /// Nothing is written if `edit` changes nothing or throws. A reply that was lost is resolved before anything else, by sending the same
  /// request again: only one of the two can succeed.
  ///
  /// - Parameters:
  ///   - operation: names the change, however often it is tried.
  ///   - createIfAbsent: whether no document counts as an empty one; else it is `.notFound`.
  ///   - attempts: how many conflicts are taken before it gives up with `.changed`. A store that lets nobody in between has none.
  ///   - edit: changes the document; called again for each attempt.
  /// - Returns: what `edit` gave for the document that was written.
  /// - Throws: `StoreError`, or what `edit` threw. `.unconfirmed` says that nobody knows whether the change is in place.
  @discardableResult
  func update<R>(
    as operation: OperationID, createIfAbsent: Bool, attempts: Int, _ edit: (inout Document) throws -> R
  ) async throws -> R

  /// The documents that come after a version, each in one piece and the newest at least once; one that was replaced at once may be
  /// left out. It ends when the reader stops, or with what cannot pass: a place that may not be read. An outage passes.
  func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error>
}

extension DocumentStore {
  /// There is room for every document that can be read.
  package func expectRoom(for document: Document) throws(StoreError) {}
}

/// How an attempt to replace a document ended.
package enum Outcome: Sendable, Hashable {
  /// The new document is in place, durably.
  case committed(DocumentVersion)
  /// Somebody else was faster; nothing was written. The version is the one that stands now.
  case conflict(DocumentVersion)
  /// The reply was lost. Send the same request again to learn what happened.
  case unknown(OperationID)
}

/// What a store can do beside loading and replacing.
package struct StoreCapabilities: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// It tells of a change when it happens; others are asked every few seconds.
  package static let pushes = StoreCapabilities(rawValue: 1)
  /// It knows who is alive, so that a rotation can wait for everybody.
  package static let leases = StoreCapabilities(rawValue: 2)
  /// It keeps old documents for a while.
  package static let history = StoreCapabilities(rawValue: 4)
}

/// What a watch tells.
package enum StoreChange: Sendable {
  /// The document as it stands now.
  case document(Document, DocumentVersion)
  /// There is no document any more.
  case removed
  /// Changes were missed; the document that comes next is the newest again.
  case resync
  /// The store has not answered since that moment; what came last still counts.
  case stale(since: ContinuousClock.Instant)
}
