#if Etcd
  import EtcdServers

  @testable import CfgKitEtcd

  extension EtcdCluster {
    /// The address of a document of its own.
    func address(_ prefix: String? = nil) throws -> EtcdAddress {
      try EtcdAddress(parsing: prefix.map { url($0) } ?? url())
    }
  }

  extension SpoilingProxy {
    /// The address of a document of its own, through the proxy.
    func address() throws -> EtcdAddress { try EtcdAddress(parsing: url()) }
  }
#endif
