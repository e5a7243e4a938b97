package import CfgKit

/// Opens the store of an address, lends it, and closes it afterwards; throws `StoreError` for an address that is none.
package typealias StoreOpener =
  @Sendable (
    _ address: String, _ security: StoreSecurity, _ body: (any DocumentStore) async throws -> Void
  ) async throws -> Void
