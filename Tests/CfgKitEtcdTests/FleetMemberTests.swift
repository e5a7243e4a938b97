#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import StoreContract
  import SystemPackage
  import Testing

  @testable import CfgKitEtcd

  /// An application as a member in this process, with real servers of etcd and the rotation that waits for it.
  @Suite(
    .serialized, .timeLimit(.minutes(4)),
    .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct FleetMemberTests {
    private static let shared = Task { try await EtcdCluster() }
    private static let key = Key("SECRET_KEY", .secret(strength: 128), "Signs.")
      .generated(.hex(32)).rotates(fallback: "SECRET_KEY_FALLBACKS", grace: .zero)
    private static let schema = Schema { key }

    private struct Gone: Error {}

    /// A store whose leases are short, and a host whose schema says the same as `schema`.
    private static func with(
      _ cluster: EtcdCluster? = nil, pragmas: String = "",
      _ body: (FleetHost, NetworkStore, Project.Options) async throws -> Void
    ) async throws {
      let cluster = if let cluster { cluster } else { try await shared.value }
      let host = try await FleetHost(cluster, pragmas: pragmas)
      let options = Project.Options(directory: FilePath(host.folder.path), environment: .made([:]))
      try await EtcdStore.with(host.address, leaseLife: .seconds(2)) { store in
        try await body(host, NetworkStore(store), options)
      }
    }

    @Test func `it is on the roster with what it serves with, and leaves it at the end`() async throws {
      try await Self.with { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { member in
          let snapshot = try #require(member.snapshot)
          #expect(snapshot.config[Self.key].exposedText() == FleetHost.secret)
          #expect(snapshot.isInForce)
          try await host.untilServing("app-1")
          let said = try #require(try await host.roster().first?.acknowledgement?.rings["SECRET_KEY"])
          #expect(said.signing != nil)
        }
        #expect(try await host.roster().isEmpty)
      }
    }

    @Test func `a rotation waits for it, and each step is served with before the next is taken`() async throws
    {
      try await Self.with { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { member in
          try await host.untilServing("app-1")
          let process = try host.rotate("rotate", "wait=60")
          var keys: [String] = []
          while process.isRunning {
            let ring = try #require(member.snapshot).config.keyRing(Self.key)
            let signs = ring.current.exposedText()
            // Whatever was signed with before is accepted as long as it is there.
            #expect(ring.accepted.contains { $0.exposedText() == signs })
            if keys.last != signs { keys.append(signs) }
            try await Task.sleep(for: .milliseconds(5))
          }
          #expect(process.terminationStatus == 0, "\(host.log)")
          try await host.until("it signs with the new key") {
            member.snapshot?.config[Self.key].exposedText() != FleetHost.secret
          }
          let ring = try #require(member.snapshot).config.keyRing(Self.key)
          #expect(ring.accepted.contains { $0.exposedText() == FleetHost.secret })
        }
      }
    }

    @Test func `a promotion refuses while it does not have the prepared document`() async throws {
      try await Self.with { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { member in
          try await host.untilServing("app-1")
          let prepare = try host.rotate("prepare")
          prepare.waitUntilExit()
          try await host.until("it accepts both") {
            member.snapshot?.config.keyRing(Self.key).accepted.count == 2
          }
          // What is not valid is not taken, and said; the rotation sees that it is behind.
          try await EtcdStore.with(host.address) { etcd in
            try await etcd.update(as: OperationID()) {
              try $0.set("SECRET_KEY_FALLBACKS", to: "changeme-4711")
            }
          }
          try await host.until("it says why") { member.refusal != nil }
          #expect("\(member.refusal!)".hasPrefix("\(store.name):"), "\(member.refusal!)")
          #expect(!"\(member.refusal!)".contains("4711"))
          #expect(member.snapshot?.config.keyRing(Self.key).accepted.count == 2)
        }
      }
    }

    @Test func `a document that is not valid keeps it from starting, and nobody is on the roster`()
      async throws
    {
      try await Self.with { host, store, options in
        try await EtcdStore.with(host.address) { etcd in
          try await etcd.update(as: OperationID()) { try $0.set("SECRET_KEY", to: "changeme-4711") }
        }
        let error = await #expect(throws: ConfigError.self) {
          try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { _ in }
        }
        #expect("\(error!)".contains("\(store.name):1:1: error: SECRET_KEY"), "\(error!)")
        #expect(try await host.roster().isEmpty)
      }
    }

    @Test func `a name that is none and a store without members are refused`() async throws {
      try await Self.with { host, store, options in
        let file = FilePath(host.folder.path).appending("stored.env")
        try "SECRET_KEY=\(FleetHost.secret)\n".write(toFile: file.string, atomically: true, encoding: .utf8)
        for (store, name) in [(store, "a/b"), (NetworkStore(FileStore(file)), "app-1")] {
          let error = await #expect(throws: StoreError.self) {
            try await FleetMember.with(Self.schema, options, of: store, named: name) { _ in }
          }
          #expect(error?.code == .address)
        }
        #expect(try await host.roster().isEmpty)
      }
    }

    @Test func `it leaves the roster when its task is cancelled, and when its work fails`() async throws {
      try await Self.with { host, store, options in
        let serving = Task {
          try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { _ in
            try await Task.sleep(for: .seconds(600))
          }
        }
        try await host.untilServing("app-1")
        serving.cancel()
        await #expect(throws: CancellationError.self) { try await serving.value }
        #expect(try await host.roster().isEmpty)
        await #expect(throws: Gone.self) {
          try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { _ in throw Gone() }
        }
        #expect(try await host.roster().isEmpty)
      }
    }

    @Test
    func `an outage longer than the lease leaves it serving and silent, and it says what it has after it`()
      async throws
    {
      let cluster = try await EtcdCluster()
      try await Self.with(cluster) { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { member in
          try await host.untilServing("app-1")
          cluster.kill(0)
          try await Task.sleep(for: .seconds(4))
          #expect(member.snapshot != nil)
          try cluster.start(0)
          try await cluster.expectAnswer()
          try await host.untilServing("app-1")
          #expect(member.snapshot?.isInForce == true)
        }
      }
    }

    @Test func `with a state it starts while the store is away, unless its place was given back`()
      async throws
    {
      let cluster = try await EtcdCluster()
      try await Self.with(cluster) { host, store, options in
        let state = FilePath(host.folder.path).appending("state")
        func serve(_ body: (FleetMember) async throws -> Void) async throws {
          try await FleetMember.with(Self.schema, options, of: store, named: "app-1", state: state, body)
        }
        try await serve { member in
          try await host.untilServing("app-1")
          cluster.kill(0)
        }
        let kept = try Data(contentsOf: host.folder.appendingPathComponent("state/app-1.sealed"))
        #expect(kept.range(of: Data(FleetHost.secret.utf8)) == nil)
        try await serve { member in
          let snapshot = try #require(member.snapshot)
          #expect(snapshot.config[Self.key].exposedText() == FleetHost.secret)
          let second = await #expect(throws: StoreError.self) { try await serve { _ in } }
          #expect(second?.code == .locked)
          try cluster.start(0)
          try await cluster.expectAnswer()
          try await host.untilServing("app-1")
        }
        #expect(try await host.roster().isEmpty)
        cluster.kill(0)
        let error = await #expect(throws: StoreError.self) { try await serve { _ in } }
        #expect(error?.code == .unreachable, "\(String(describing: error))")
      }
    }

    @Test func `a state that cannot be kept is said before anything is joined`() async throws {
      try await Self.with { host, store, options in
        let file = FilePath(host.folder.path).appending("file")
        try "".write(toFile: file.string, atomically: true, encoding: .utf8)
        let error = await #expect(throws: StoreError.self) {
          try await FleetMember.with(
            Self.schema, options, of: store, named: "app-1", state: file.appending("state")
          ) { _ in }
        }
        #expect(error.map { "\($0)".contains(file.string) } == true, "\(String(describing: error))")
        #expect(try await host.roster().isEmpty)
      }
    }

    @Test func `with forget-after it stops serving in time, and what was begun before is not sent`()
      async throws
    {
      let cluster = try await EtcdCluster()
      let key = Key("SECRET_KEY", .secret(strength: 128), "Signs.")
        .generated(.hex(32)).rotates(fallback: "SECRET_KEY_FALLBACKS", grace: .zero, forgetAfter: .seconds(9))
      try await Self.with(cluster) { host, store, options in
        try await FleetMember.with(Schema { key }, options, of: store, named: "app-1") { member in
          try await host.untilServing("app-1")
          let begun = try #require(member.snapshot)
          cluster.kill(0)
          try await host.until("it stops", within: 10) { member.snapshot == nil }
          #expect(!begun.isInForce)
          try cluster.start(0)
          try await cluster.expectAnswer()
          try await host.until("it serves again") { member.snapshot?.isInForce == true }
          #expect(!begun.isInForce)
        }
      }
    }

    @Test func `somebody who was taken off the roster serves again only with a new place`() async throws {
      try await Self.with { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { member in
          try await host.untilServing("app-1")
          let cluster = try await Self.shared.value
          try cluster.control("del", "\(host.address.prefix)/member/app-1")
          let key = "\(host.address.prefix)/ack/app-1"
          let said = try cluster.control("get", key, "-w", "fields")
          let lease = try #require(said.split(separator: "\n").first { $0.hasPrefix("\"Lease\"") })
          let number = try #require(Int(lease.split(separator: " ").last ?? ""))
          try cluster.control("lease", "revoke", String(number, radix: 16))
          try await host.until("it has a new place") {
            try await host.roster().first?.acknowledgement?.revision != nil
          }
          #expect(member.snapshot != nil)
        }
      }
    }

    @Test func `two of a name: the second waits for a lease and gives up`() async throws {
      try await Self.with { host, store, options in
        try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { _ in
          let second = await #expect(throws: StoreError.self) {
            try await FleetMember.with(Self.schema, options, of: store, named: "app-1") { _ in }
          }
          #expect(second?.code == .locked)
          let count = try await host.roster().count
          #expect(count == 1)
        }
      }
    }
  }
#endif
