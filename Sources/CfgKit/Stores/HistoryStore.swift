package import CfgKitDotEnv

/// A store that keeps old documents for a while.
package protocol HistoryStore: DocumentStore {
  /// The document as it stood at a version, or stands now.
  ///
  /// - Parameter version: nil for now.
  /// - Returns: nil if there was none, or the store does not keep it any more.
  /// - Throws: `StoreError`
  func past(at version: DocumentVersion?) async throws(StoreError) -> PastDocument?
}

/// A document of a store, as it was once.
package struct PastDocument: Sendable {
  /// The document.
  package let document: Document
  /// When it was written, by the clock of who wrote it; nil if that was no cfgkit.
  package let written: RotationTime?
  /// The version just before it, which may be that of something else in the store; nil if it was the first one.
  package let before: DocumentVersion?

  /// A document, when it was written and what came before.
  package init(_ document: Document, written: RotationTime?, before: DocumentVersion?) {
    self.document = document
    self.written = written
    self.before = before
  }
}
