package import CfgKit

/// The stores that an address on a command line may name.
package enum NetworkStore {
  /// Opens the store of an address, lends it, and closes it afterwards.
  ///
  /// - Parameters:
  ///   - address: `etcd://HOST:PORT[,HOST:PORT]/PREFIX` or `aws-sm://REGION/NAME`.
  ///   - security: who this is to the servers; AWS has ways of its own for that.
  /// - Throws: `StoreError` for an address that is none, or what `body` threw.
  package static func with(
    _ address: String, _ security: StoreSecurity, _ body: (any DocumentStore) async throws -> Void
  ) async throws {
    let isAWS = address.hasPrefix("aws-sm:")
    #if Etcd
      if isAWS {
        let address = try AWSAddress(parsing: address)
        guard !security.namesSomebody else {
          throw StoreError.address(
            "AWS takes the access key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws/credentials; leave out --store-user, --store-ca, --store-cert and --store-key"
          )
        }
        try await SecretsManagerStore.with(address) { store in try await body(store) }
      } else {
        try await EtcdStore.with(EtcdAddress(parsing: address), security) { store in try await body(store) }
      }
    #else
      if isAWS { _ = try AWSAddress(parsing: address) } else { _ = try EtcdAddress(parsing: address) }
      throw StoreError(
        .unreachable, place: "cfgkit-fleet",
        "this cfgkit-fleet was built without what speaks to stores; from cfgkit's source: make install-fleet")
    #endif
  }
}
