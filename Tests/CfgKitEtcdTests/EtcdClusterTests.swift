#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import StoreContract
  import Synchronization
  import Testing

  @testable import CfgKitEtcd

  /// Servers that die, forget and ask who one is.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct EtcdClusterTests {
    @Test func `three servers keep every promise`() async throws {
      let cluster = try await EtcdCluster(3)
      for promise in StorePromise.all {
        try await EtcdStore.with(cluster.address()) { store in try await promise.hold(of: store) }
      }
    }

    @Test
    func
      `of 12 writers none loses a change while the leader is killed, and what was acknowledged is there once`()
      async throws
    {
      let cluster = try await EtcdCluster(3)
      let address = try cluster.address()
      try await EtcdStore.with(address) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("BEGIN", to: "1") }
      }
      let end = ContinuousClock.now + .seconds(12)
      let tally = Tally()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<12 {
          group.addTask {
            try await EtcdStore.with(address) { store in
              var round = 0
              while ContinuousClock.now < end {
                let key = "K_\(writer)_\(round)"
                do {
                  try await store.update(as: OperationID()) { try $0.set(key, to: "1") }
                  tally.add(key, isSure: true)
                } catch let error as StoreError {
                  if error.code == .unconfirmed { tally.add(key, isSure: false) }
                  #expect([.changed, .unreachable, .unconfirmed].contains(error.code), "\(error)")
                }
                round += 1
              }
            }
          }
        }
        group.addTask {
          try await Task.sleep(for: .seconds(3))
          let leader = try cluster.leader()
          cluster.kill(leader)
          try await Task.sleep(for: .seconds(4))
          try cluster.start(leader)
        }
        try await group.waitForAll()
      }
      let document = try await EtcdStore.with(address) { store in try await store.load().0 }
      let keys = document.entries.map { document.key(of: $0) }.filter { $0 != "BEGIN" }
      let (done, perhaps) = tally.keys
      #expect(done.count > 12, "they hardly wrote")
      #expect(done.subtracting(keys) == [], "changes that were acknowledged are lost")
      #expect(Set(keys).subtracting(done).subtracting(perhaps) == [], "changes that were refused are there")
      #expect(keys.count == Set(keys).count)
      // One change of the document a key, and the one that began it: the log is dense.
      let status = try cluster.control("get", "\(address.prefix)/document", "-w", "fields")
      #expect(status.contains("\"Version\" : \(keys.count + 1)\n"))
    }

    @Test func `in a minority nothing is read and nothing is written`() async throws {
      let cluster = try await EtcdCluster(3)
      let address = try cluster.address()
      try await EtcdStore.with(address) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        let version = try await store.load().1
        cluster.kill(1)
        cluster.kill(2)
        let reading = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(reading?.exitCode == 69)
        let writing = await #expect(throws: StoreError.self) {
          try await store.update(as: OperationID()) { try $0.set("A", to: "2") }
        }
        #expect(writing?.exitCode == 69)
        try cluster.start(1)
        try await cluster.expectAnswer()
        let kept = try await store.load().1
        #expect(kept == version)
      }
    }

    @Test
    func `a watch goes on through the death of its server, and says meanwhile that what it told is old`()
      async throws
    {
      let cluster = try await EtcdCluster()
      try await EtcdStore.with(cluster.address()) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        var changes = store.watch(after: try await store.load().1).makeAsyncIterator()
        try await Task.sleep(for: .seconds(1))
        cluster.kill(0)
        guard case .stale? = try await changes.next() else {
          Issue.record("not told of the outage")
          return
        }
        try cluster.start(0)
        try await cluster.expectAnswer()
        try await store.update(as: OperationID()) { try $0.set("A", to: "2") }
        guard case .document(let document, _)? = try await changes.next() else {
          Issue.record("not told of the change")
          return
        }
        #expect(document.bytes == Array("A=2\n".utf8))
      }
    }

    @Test func `an older state than one that was seen is refused`() async throws {
      let cluster = try await EtcdCluster()
      try await EtcdStore.with(cluster.address()) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        cluster.kill(0)
        try cluster.forget(0)
        try cluster.start(0)
        try await cluster.expectAnswer()
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.code == .outdated)
        #expect(error?.exitCode == 75)
      }
    }

    @Test func `etcd knows users by their passwords and lets them do what their roles say`() async throws {
      let cluster = try await EtcdCluster()
      let address = try cluster.address("shop")
      try cluster.control("user", "add", "root:root-password")
      try cluster.control("user", "grant-role", "root", "root")
      try cluster.control("role", "add", "host")
      try cluster.control("role", "grant-permission", "host", "read", "shop/document")
      try cluster.control("user", "add", "web:web-password")
      try cluster.control("user", "grant-role", "web", "host")
      try cluster.control("auth", "enable")
      func security(_ user: String, _ password: String) throws -> StoreSecurity {
        StoreSecurity(signIn: .init(user: user, password: try Secret(copying: password)))
      }
      func code(_ security: StoreSecurity, _ body: (EtcdStore) async throws -> Void) async throws -> Int32 {
        do {
          try await EtcdStore.with(address, security) { try await body($0) }
          return 0
        } catch let error as StoreError {
          for secret in ["root-password", "web-password", "wrong"] {
            #expect(!error.message.contains(secret))
          }
          return error.exitCode
        }
      }
      let (everything, host) = (try security("root", "root-password"), try security("web", "web-password"))
      let begun = try await code(everything) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { _ = try $0.set("A", to: "1") }
      }
      #expect(begun == 0)
      let changedByHost = try await code(host) { store in
        try await store.update(as: OperationID()) { _ = try $0.set("A", to: "2") }
      }
      #expect(changedByHost == 77)
      for (security, expected) in [
        (host, 0), (try security("web", "wrong"), 77), (try security("nobody", "wrong"), 77),
        (StoreSecurity(), 77),
      ] {
        let read = try await code(security) { _ = try await $0.load() }
        #expect(read == Int32(expected))
      }
      // A server that was started anew knows the old token no more; the store signs in again by itself.
      let again = try await code(host) { store in
        _ = try await store.load()
        cluster.kill(0)
        try cluster.start(0)
        for _ in 0..<50 {
          do {
            _ = try await store.load()
            return
          } catch let error as StoreError where error.code == .unreachable {
            try await Task.sleep(for: .milliseconds(200))
          }
        }
        _ = try await store.load()
      }
      #expect(again == 0)
    }

    @Test func `TLS works with the right certificates on both sides, and with no others`() async throws {
      let certificates = try Certificates()
      let cluster = try await EtcdCluster.secured(by: certificates)
      let right = StoreSecurity(
        authorityFile: certificates["ca.pem"], certificateFile: certificates["client.pem"],
        keyFile: certificates["client.key"])
      try await EtcdStore.with(cluster.address(), right) { store in
        var tries = 0
        while (try? await store.loadIfPresent()) == nil, tries < 100 {
          try await Task.sleep(for: .milliseconds(200))
          tries += 1
        }
        try await store.update(as: OperationID(), createIfAbsent: true) { _ = try $0.set("A", to: "1") }
        let found = try await store.load().0
        #expect(found.bytes == Array("A=1\n".utf8))
      }
      var stranger = right
      stranger.authorityFile = certificates["other.pem"]
      var nobody = right
      (nobody.certificateFile, nobody.keyFile) = (nil, nil)
      for security in [stranger, nobody, StoreSecurity()] {
        let error = await #expect(throws: StoreError.self) {
          try await EtcdStore.with(cluster.address(), security) { _ = try await $0.load() }
        }
        #expect(error?.exitCode == 69)
      }
      for (file, code) in [("none.pem", Int32(66)), ("server.key", 64)] {
        let error = await #expect(throws: StoreError.self) {
          try await EtcdStore.with(cluster.address(), StoreSecurity(authorityFile: certificates[file])) { _ in
          }
        }
        #expect(error?.exitCode == code)
        #expect(error?.message.contains("--store-ca") == true)
      }
      var half = right
      half.keyFile = nil
      let error = await #expect(throws: StoreError.self) {
        try await EtcdStore.with(cluster.address(), half) { _ in }
      }
      #expect(error?.exitCode == 64)
    }
  }

  /// Which changes were acknowledged, and which nobody knows of.
  private final class Tally: Sendable {
    private let found = Mutex((done: Set<String>(), perhaps: Set<String>()))

    var keys: (done: Set<String>, perhaps: Set<String>) { found.withLock { ($0.done, $0.perhaps) } }

    func add(_ key: String, isSure: Bool) {
      found.withLock { found in
        if isSure { _ = found.done.insert(key) } else { _ = found.perhaps.insert(key) }
      }
    }
  }
#endif
