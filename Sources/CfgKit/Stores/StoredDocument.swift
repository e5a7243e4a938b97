package import CfgKitDotEnv

/// What a store held when it was read, to take the place of the `.env` files of a project.
package struct StoredDocument: Sendable {
  /// The store.
  package let store: any DocumentStore
  /// The document; nil if there is none yet.
  package let document: Document?
  /// The options with which a command is about the same store, as the person gave them.
  package let flags: [String]

  /// A store that is not read yet: as if it held nothing.
  package init(unreadOf store: any DocumentStore, access: [String] = []) {
    self.store = store
    document = nil
    flags = ["--store", store.name] + access
  }

  /// Reads it.
  ///
  /// - Parameter access: options beside its address that say who this is to it; no secrets.
  /// - Throws: `StoreError`, but not for a document that is not there.
  package init(readFrom store: any DocumentStore, access: [String] = []) async throws(StoreError) {
    self.store = store
    flags = ["--store", store.name] + access
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
    options.stored = try await StoredDocument(
      readFrom: stored.store, access: Array(stored.flags.dropFirst(2)))
    return options
  }
}
