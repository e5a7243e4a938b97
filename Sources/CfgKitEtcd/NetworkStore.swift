#if Etcd
  public import CfgKit

  /// A store on the network, whose document takes the place of a project's `.env` files.
  ///
  ///     try await NetworkStore.with("etcd://10.0.0.1:2379,10.0.0.2:2379/shop") { store in
  ///       let config = try await Config.load(App.schema, from: store)
  ///       …
  ///     }
  ///
  /// It is open as long as the closure runs: an application has its `main` in there.
  public struct NetworkStore: Sendable {
    /// The document.
    package let documents: any DocumentStore

    /// A store that somebody else opens and closes.
    package init(_ documents: any DocumentStore) {
      self.documents = documents
    }

    /// What messages call it: its address.
    public var name: String { documents.name }

    /// Opens the store of an address, lends it, and closes its connections afterwards. Nothing is asked of it yet.
    ///
    /// - Parameters:
    ///   - address: `etcd://HOST:PORT[,HOST:PORT]/PREFIX` or `aws-sm://REGION/NAME`. One with a user or a password in it is refused,
    ///     because addresses are shown and logged.
    ///   - security: who this is to the servers; AWS has ways of its own for that.
    ///   - body: gets the store, which nobody else can use after it.
    /// - Returns: what `body` gave.
    /// - Throws: `StoreError` for an address that is none and for files of certificates that cannot be read, or what `body` threw.
    @discardableResult
    public static func with<R>(
      _ address: String, _ security: StoreSecurity = StoreSecurity(),
      _ body: (NetworkStore) async throws -> R
    ) async throws -> R {
      guard address.hasPrefix("aws-sm:") else {
        return try await EtcdStore.with(EtcdAddress(parsing: address), security) { store in
          try await body(NetworkStore(store))
        }
      }
      let address = try AWSAddress(parsing: address)
      guard !security.namesSomebody else {
        throw StoreError.address(
          "AWS takes the access key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws/credentials; leave out --store-user, --store-ca, --store-cert and --store-key"
        )
      }
      return try await SecretsManagerStore.with(address) { store in try await body(NetworkStore(store)) }
    }
  }

  extension NetworkStore: CustomStringConvertible {
    /// The address.
    public var description: String { name }
  }
#endif
