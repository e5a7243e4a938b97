import CfgKit

extension StoreSecurity {
  /// Whether a server is spoken to with TLS: always, but for this machine and where plain text was asked for. Whoever names
  /// certificates means TLS.
  func usesTLS(to endpoint: EtcdAddress.Endpoint) -> Bool {
    authorityFile != nil || certificateFile != nil || !(endpoint.isLoopback || allowsPlaintext)
  }
}
