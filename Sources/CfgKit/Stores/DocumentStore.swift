package import CfgKitDotEnv
package import CfgKitSecrets

/// Where a document lives.
///
/// A store is two calls: read the document with its version, and swap it for a new one if the version is still that. Every
/// change goes through the second, so two writers can never undo each other's work unseen. An implementation keeps three
/// promises: `replace` is atomic (a reader sees the old document or the new one), durable when it returns `committed`, and
/// repeating it with the same operation changes nothing.
package protocol DocumentStore: Sendable {
  /// The document as it stands, and its version.
  ///
  /// - Throws: `StoreError`; `.notFound` where there is none yet.
  func load() async throws(StoreError) -> (Document, DocumentVersion)

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
