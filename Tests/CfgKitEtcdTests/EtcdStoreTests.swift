#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import AsyncHTTPClient
  import Foundation
  import NIOCore
  import StoreContract
  import Testing

  @testable import CfgKitEtcd

  /// One real server.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct EtcdStoreTests {
    private static let shared = Task { try await EtcdCluster() }

    private func withStore<R>(
      _ address: EtcdAddress? = nil, _ body: (EtcdStore) async throws -> R
    ) async throws -> R {
      guard let address else {
        return try await EtcdStore.with(Self.shared.value.address()) { try await body($0) }
      }
      return try await EtcdStore.with(address) { try await body($0) }
    }

    private func text(of store: EtcdStore) async throws -> String {
      String(decoding: try await store.load().0.bytes, as: UTF8.self)
    }

    @Test(arguments: StorePromise.all) func `one server keeps`(promise: StorePromise) async throws {
      try await withStore { store in try await promise.hold(of: store) }
    }

    @Test(arguments: MemberPromise.all) func `one server keeps of members`(promise: MemberPromise)
      async throws
    {
      try await EtcdStore.with(Self.shared.value.address(), leaseLife: .seconds(4)) { store in
        try await promise.hold(of: store)
      }
    }

    @Test func `a reply to a claim that is lost is no other holder`() async throws {
      for path in ["/v3/kv/txn", "/v3/lease/grant"] {
        let proxy = try await Self.shared.value.proxy(path, 1, "cut")
        try await withStore(proxy.address()) { store in
          let claim = MemberClaim(MemberName("web-1")!, holder: try OperationID())
          guard case .joined(let place, _) = try await store.join(claim) else {
            Issue.record("held against itself")
            return
          }
          #expect(try await store.acknowledge(Acknowledgement(revision: 1, time: .now), as: place).isDone)
        }
        withExtendedLifetime(proxy) {}
      }
    }

    @Test func `a document above 1 MiB is 65, and one of 1 MiB is kept`() async throws {
      try await withStore { store in
        let most = Document(Array(repeating: UInt8(ascii: "#"), count: EtcdLimits.documentBytes))
        _ = try await store.replace(most, ifVersion: .absent, operation: OperationID())
        let kept = try await store.load().0
        #expect(kept.byteCount == 1 << 20)
        let more = Document(Array(repeating: UInt8(ascii: "#"), count: EtcdLimits.documentBytes + 1))
        let error = await #expect(throws: StoreError.self) {
          try await store.replace(more, ifVersion: .absent, operation: OperationID())
        }
        #expect(error?.exitCode == 65)
      }
    }

    @Test(arguments: ["cut", "half", "garbage", "slow", "500", "drop"])
    func `a reply to a change that is spoiled is resolved, and the change is made once`(how: String)
      async throws
    {
      let proxy = try await Self.shared.value.proxy("/v3/kv/txn", 2, how)
      try await withStore(proxy.address()) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        #expect(try await text(of: store) == "A=1\n")
        try await store.update(as: OperationID()) { try $0.set("B", to: "1") }
        #expect(try await text(of: store) == "A=1\nB=1\n")
        let changes = try await Self.shared.value.control("get", "\(store.prefix)/document", "-w", "fields")
        #expect(changes.contains("\"Version\" : 2"))
      }
      withExtendedLifetime(proxy) {}
    }

    @Test func `a reply that never comes leaves the change unknown: 76`() async throws {
      let proxy = try await Self.shared.value.proxy("/v3/kv/txn", 1_000, "cut")
      try await withStore(proxy.address()) { store in
        let error = await #expect(throws: StoreError.self) {
          try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        }
        #expect(error?.exitCode == 76)
        // It was made, and the next run finds it.
        let found = try await text(of: store)
        #expect(found == "A=1\n")
      }
      withExtendedLifetime(proxy) {}
    }

    @Test(arguments: ["cut", "half", "garbage", "500", "429"])
    func `an answer to a question that is spoiled is 69, and without effect`(how: String) async throws {
      let proxy = try await Self.shared.value.proxy("/v3/kv/range", 1, how)
      try await withStore(proxy.address()) { store in
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.exitCode == 69)
        let absent = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(absent?.exitCode == 66)
      }
      withExtendedLifetime(proxy) {}
    }

    @Test func `where nobody listens it is 69, and a list of servers is tried through`() async throws {
      let port = try await Self.shared.value.clientPorts[0]
      try await withStore(EtcdAddress(parsing: "etcd://127.0.0.1:1/p")) { store in
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.exitCode == 69)
        let change = await #expect(throws: StoreError.self) {
          try await store.replace(Document([]), ifVersion: .absent, operation: OperationID())
        }
        #expect(change?.exitCode == 69)
      }
      try await withStore(EtcdAddress(parsing: "etcd://127.0.0.1:1,127.0.0.1:\(port)/p\(UUID().uuidString)"))
      { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        #expect(try await text(of: store) == "A=1\n")
      }
    }

    @Test func `a document that was removed does not come back by an old request`() async throws {
      try await withStore { store in
        let operation = try OperationID()
        let document = Document(Array("A=1\n".utf8))
        let first = try await store.replace(document, ifVersion: .absent, operation: operation)
        try await Self.shared.value.control("del", "\(store.prefix)/document")
        let again = try await store.replace(document, ifVersion: .absent, operation: operation)
        #expect(again == first)
        let error = await #expect(throws: StoreError.self) { try await store.load() }
        #expect(error?.code == .notFound)
      }
    }

    @Test func `a watch tells of the end of a document, and of its return`() async throws {
      try await withStore { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
        var changes = store.watch(after: try await store.load().1).makeAsyncIterator()
        try await Self.shared.value.control("del", "\(store.prefix)/document")
        guard case .removed? = try await changes.next() else {
          Issue.record("not told of the end")
          return
        }
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "2") }
        guard case .document? = try await changes.next() else {
          Issue.record("not told of the return")
          return
        }
      }
    }

    @Test
    func `a watch from what was compacted is refused by etcd, and the newest document is told all the same`()
      async throws
    {
      try await withStore { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "0") }
        let first = try await store.load().1
        for number in 1..<5 { try await store.update(as: OperationID()) { try $0.set("A", to: "\(number)") } }
        let newest = try await store.load().1
        try await Self.shared.value.control("compact", "\(newest.revision ?? 0)")
        var refusal: WatchAnswer.Result?
        var lines = EtcdWatchLines()
        for try await part in try await store.openWatch(from: first.revision ?? 0) {
          refusal = try lines.add(part.readableBytesView).first { $0.canceled == true }
          if refusal != nil { break }
        }
        #expect(refusal?.compactRevision == "\(newest.revision ?? 0)")
        var changes = store.watch(after: first).makeAsyncIterator()
        guard case .document(let document, newest)? = try await changes.next() else {
          Issue.record("not told of the newest document")
          return
        }
        #expect(document.bytes == Array("A=4\n".utf8))
      }
    }
  }
#endif
