package import CfgKitDotEnv

/// What a store held when it was read, to take the place of the `.env` files of a project.
package struct StoredDocument: Sendable {
  /// The store.
  package let store: any DocumentStore
  /// The document; nil if there is none yet.
  package let document: Document?

  /// A store that is not read yet: as if it held nothing.
  package init(unreadOf store: any DocumentStore) {
    self.store = store
    document = nil
  }

  /// Reads it.
  ///
  /// - Throws: `StoreError`, but not for a document that is not there.
  package init(readFrom store: any DocumentStore) async throws(StoreError) {
    self.store = store
    do {
      document = try await store.load().0
    } catch {
      guard error.code == .notFound else { throw error }
      document = nil
    }
  }
}

extension Project.Options {
  /// The store, if it knows who serves with its document.
  package var members: (any MemberStore)? { stored?.store as? any MemberStore }

  /// The same with what the store holds now. Files are read at every load anyway.
  package func refreshed() async throws(StoreError) -> Project.Options {
    guard let stored else { return self }
    var options = self
    options.stored = try await StoredDocument(readFrom: stored.store)
    return options
  }
}
