package import CfgKitDotEnv

/// What a store held when it was read, to take the place of the `.env` files of a project.
package struct StoredDocument: Sendable {
  /// The store.
  package let store: any DocumentStore
  /// The document; nil if there is none yet.
  package let document: Document?
  /// Its version, as the store counts.
  let version: DocumentVersion
  /// Options beside its address that say who this is to it, as the person gave them; no secrets.
  private let access: [String]

  /// The options with which a command is about the same store.
  package var flags: [String] { ["--store", store.name] + access }

  /// A store that is not read yet: as if it held nothing.
  package init(unreadOf store: any DocumentStore, access: [String] = []) {
    self.init(store, nil, .absent, access: access)
  }

  /// What a store told of itself.
  init(
    _ store: any DocumentStore, _ document: Document?, _ version: DocumentVersion, access: [String] = []
  ) {
    self.store = store
    self.document = document
    self.version = version
    self.access = access
  }

  /// The same store as it is now.
  ///
  /// - Throws: as `init(readFrom:)`.
  package func refreshed() async throws(StoreError) -> StoredDocument {
    try await StoredDocument(readFrom: store, access: access)
  }

  /// Reads it.
  ///
  /// - Parameter access: options beside its address that say who this is to it; no secrets.
  /// - Throws: `StoreError`, but not for a document that is not there.
  package init(readFrom store: any DocumentStore, access: [String] = []) async throws(StoreError) {
    do {
      let (document, version) = try await store.load()
      self.init(store, document, version, access: access)
    } catch {
      guard error.code == .notFound else { throw error }
      self.init(unreadOf: store, access: access)
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
    options.stored = try await stored.refreshed()
    return options
  }
}
