package import CfgKitDotEnv

/// What a store held when it was read, to take the place of the `.env` files of a project.
package struct StoredDocument: Sendable {
  /// The store.
  package let store: any DocumentStore
  /// The document; nil if there is none yet.
  package let document: Document?
  /// Its version, as the store counts.
  let version: DocumentVersion

  /// A store that is not read yet: as if it held nothing.
  package init(unreadOf store: any DocumentStore) {
    self.init(store, nil, .absent)
  }

  /// What a store told of itself.
  init(_ store: any DocumentStore, _ document: Document?, _ version: DocumentVersion) {
    self.store = store
    self.document = document
    self.version = version
  }

  /// Reads it.
  ///
  /// - Throws: `StoreError`, but not for a document that is not there.
  package init(readFrom store: any DocumentStore) async throws(StoreError) {
    do {
      let (document, version) = try await store.load()
      self.init(store, document, version)
    } catch {
      guard error.code == .notFound else { throw error }
      self.init(unreadOf: store)
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
