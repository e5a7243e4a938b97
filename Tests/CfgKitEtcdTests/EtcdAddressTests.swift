import CfgKit
import Testing

@testable import CfgKitEtcd

@Suite struct EtcdAddressTests {
  @Test func `servers, their ports and the place of the document are read`() throws {
    let address = try EtcdAddress(parsing: "etcd://a.example:2379,10.0.0.2,[::1]:99/shop/eu-1")
    #expect(address.endpoints.map(\.host) == ["a.example", "10.0.0.2", "::1"])
    #expect(address.endpoints.map(\.port) == [2379, 2379, 99])
    #expect(address.prefix == "shop/eu-1")
    #expect(address.description == "etcd://a.example:2379,10.0.0.2:2379,[::1]:99/shop/eu-1")
    #expect(try EtcdAddress(parsing: address.description) == address)
  }

  @Test(arguments: ["etcd://user:hunter2@h:2379/p", "etcd://hunter2@h/p", "etcd://h:2379,u:hunter2@i/p"])
  func `an address with a user or a password is 64, and not repeated`(text: String) {
    let error = #expect(throws: StoreError.self) { try EtcdAddress(parsing: text) }
    #expect(error?.exitCode == 64)
    #expect(error?.message.contains("--store-password-file") == true)
    #expect(error?.message.contains("hunter2") == false)
    #expect(error?.place.contains("hunter2") == false)
  }

  @Test(arguments: [
    "", "etcd", "http://h/p", "etcd://", "etcd://h", "etcd://h/", "etcd:///p", "etcd://h//p", "etcd://h/p/",
    "etcd://h/p?x=1",
    "etcd://h/../p", "etcd://h,/p", "etcd://h:0/p", "etcd://h:65536/p", "etcd://h:x/p", "etcd://h:/p",
    "etcd://h:1:2/p",
    "etcd://[::1/p", "etcd://[]/p", "etcd://[x]/p", "etcd://h h/p", "etcd://h/p p", "etcd://h/p#x",
    "etcd://h:+1/p",
    "etcd://h/ü", "ETCD://h/p",
  ]) func `what is no address is 64`(text: String) {
    let error = #expect(throws: StoreError.self) { try EtcdAddress(parsing: text) }
    #expect(error?.exitCode == 64)
  }

  @Test func `only a server on this machine is spoken to without TLS, unless that is asked for`() throws {
    func usesTLS(_ server: String, _ security: StoreSecurity = StoreSecurity()) throws -> Bool {
      security.usesTLS(to: try EtcdAddress(parsing: "etcd://\(server)/p").endpoints[0])
    }
    for server in ["localhost", "127.0.0.1", "127.8.9.1:1", "[::1]"] { #expect(try !usesTLS(server)) }
    for server in ["10.0.0.1", "127.0.0.1.example.org", "localhost.example", "[::2]", "127.x"] {
      #expect(try usesTLS(server))
      #expect(try !usesTLS(server, StoreSecurity(allowsPlaintext: true)))
    }
    #expect(try usesTLS("127.0.0.1", StoreSecurity(authorityFile: "ca.pem")))
  }
}
