#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import SystemPackage
  import Testing

  @testable import CfgKitEtcd

  /// A document in etcd in the place of `.env`, as an application that imports the library has it.
  @Suite(
    .serialized, .timeLimit(.minutes(4)),
    .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct NetworkStoreTests {
    private enum App {
      static let port = Key("PORT", .port, default: 8080, "Where the server listens.")
      static let host = Key("HOST", .string, default: "here", "How it is called.")
      static let limit = Key("RATE_LIMIT", .int(min: 1), "Requests a minute.")
      static let sessionKey = Key("SESSION_KEY", .secret(strength: 128), "Signs session cookies.")
      static let schema = Schema {
        port
        host
        limit
        sessionKey
      }
    }

    private static let secret = FleetHost.secret
    private static let shared = Task { try await EtcdCluster() }

    /// Files that an application has beside the store.
    private static func folder(_ files: [String: String] = [:]) throws -> Project.Options {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "cfgkit-network-store-\(UUID().uuidString)")
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
      }
      return Project.Options(directory: FilePath(folder.path), environment: .made(["HOST": "there"]))
    }

    private static func put(_ text: String, at address: String) async throws {
      try await EtcdStore.with(EtcdAddress(parsing: address)) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { $0 = Document(Array(text.utf8)) }
      }
    }

    @Test func `the document is between defaults and environment, and the files are not read`() async throws {
      let url = try await Self.shared.value.url()
      let options = try Self.folder([".env": "PORT=1\nRATE_LIMIT=1\n"])
      try await Self.put("HOST=store\nRATE_LIMIT=5\nSESSION_KEY=\(Self.secret)\n", at: url)
      let config = try await NetworkStore.with(url) { store in
        try await Config.load(App.schema, options, from: store)
      }
      #expect(config[App.port] == 8080)
      #expect(config[App.host] == "there")
      #expect(config[App.limit] == 5)
      #expect("\(config)".contains("RATE_LIMIT from \(url):2"))
      #expect(!"\(config)".contains(Self.secret))
    }

    @Test func `one error lists all, names places in the store, and holds no value`() async throws {
      let url = try await Self.shared.value.url()
      let options = try Self.folder()
      try await Self.put("PORT=hundred\n\nSESSION_KEY=changeme-4711\n", at: url)
      let error = await #expect(throws: ConfigError.self) {
        try await NetworkStore.with(url) { store in
          _ = try await Config.load(App.schema, options, from: store)
        }
      }
      let text = "\(try #require(error))"
      #expect(text.contains("\(url):1:6: error: PORT"), "\(text)")
      #expect(text.contains("\(url):3:1: error: SESSION_KEY"), "\(text)")
      #expect(text.contains("looked in: environment, \(url)"), "\(text)")
      #expect(text.contains("fix: cfgkit --store \(url) -C \(options.directory) set RATE_LIMIT"), "\(text)")
      #expect(text.hasSuffix("not started: 3 errors"), "\(text)")
      #expect(!text.contains("4711") && !text.contains("hundred"))
    }

    @Test func `the schema may be the file that lies there`() async throws {
      let url = try await Self.shared.value.url()
      let options = try Self.folder([
        ".env.schema": "# @defaultRequired=true\n# ---\n# @type=port\nPORT=8000\n# @type=string\nNAME=\n"
      ])
      try await Self.put("NAME=shop\n", at: url)
      let config = try await NetworkStore.with(url) { store in try await Config.load(options, from: store) }
      #expect(try config.required("NAME", as: String.self) == "shop")
      #expect(try config.required("PORT", as: Int.self) == 8000)
    }

    @Test func `a store without a document holds nothing, and one that is away is named`() async throws {
      let url = try await Self.shared.value.url()
      let options = try Self.folder()
      let missing = await #expect(throws: ConfigError.self) {
        try await NetworkStore.with(url) { _ = try await Config.load(App.schema, options, from: $0) }
      }
      #expect(missing?.code == .invalid)
      let errors = missing?.findings.filter { $0.severity == .error } ?? []
      #expect(errors.map(\.rule.id) == ["file-missing", "missing-required", "missing-required"])
      let away = await #expect(throws: ConfigError.self) {
        try await NetworkStore.with("etcd://127.0.0.1:1/shop") {
          _ = try await Config.load(App.schema, options, from: $0)
        }
      }
      #expect(away?.code == .unreadable(.unavailable))
      #expect("\(away!)".hasPrefix("etcd://127.0.0.1:1/shop cannot be used now: "))
    }

    @Test func `an address with a password is refused and not repeated, and so are files beside a store`()
      async throws
    {
      let refused = await #expect(throws: StoreError.self) {
        try await NetworkStore.with("etcd://root:hunter2@127.0.0.1:2379/shop") { _ in }
      }
      #expect(refused?.code == .address)
      #expect(!"\(refused!)".contains("hunter2"))
      var options = try Self.folder([".env": ""])
      options.files = [".env"]
      let both = await #expect(throws: ConfigError.self) {
        try await NetworkStore.with("etcd://127.0.0.1:1/shop") {
          _ = try await Config.load(App.schema, options, from: $0)
        }
      }
      #expect(both?.code == .unreadable(.usage))
    }

    @Test func `a user signs in with a password, and nobody else reads anything`() async throws {
      let cluster = try await EtcdCluster()
      try cluster.control("user", "add", "root:root-password")
      try cluster.control("user", "grant-role", "root", "root")
      try cluster.control("auth", "enable")
      let options = try Self.folder()
      func code(_ security: StoreSecurity) async throws -> ConfigError.Code? {
        let error = await #expect(throws: ConfigError.self) {
          try await NetworkStore.with(cluster.url(), security) {
            _ = try await Config.load(App.schema, options, from: $0)
          }
        }
        #expect(!"\(error!)".contains("password-4711"))
        return error?.code
      }
      func user(_ password: String) throws -> StoreSecurity {
        StoreSecurity(signIn: .init(user: "root", password: try Secret(copying: password)))
      }
      // It was read, and held nothing.
      #expect(try await code(user("root-password")) == .invalid)
      #expect(try await code(user("password-4711")) == .unreadable(.unreadable))
      #expect(try await code(StoreSecurity()) == .unreadable(.unreadable))
    }

    @Test
    func `a change in the store comes as a checked configuration, and an invalid one keeps the old`()
      async throws
    {
      let url = try await Self.shared.value.url()
      let options = try Self.folder()
      func text(_ limit: String) -> String { "RATE_LIMIT=\(limit)\nSESSION_KEY=\(Self.secret)\n" }
      try await Self.put(text("1"), at: url)
      try await NetworkStore.with(url) { store in
        let watcher = try ConfigWatcher(await Config.load(App.schema, options, from: store))
        var configs = watcher.makeAsyncIterator()
        var refusals = watcher.refusals.makeAsyncIterator()
        #expect(await configs.next()?[App.limit] == 1)
        try await Self.put(text("2"), at: url)
        #expect(await configs.next()?[App.limit] == 2)
        try await Self.put(text("many-4711"), at: url)
        let refusal = try #require(await refusals.next())
        #expect("\(refusal)".contains("\(url):1:12: error: RATE_LIMIT"), "\(refusal)")
        #expect("\(refusal)".hasSuffix("not reloaded, the values from before stay in use: 1 error"))
        #expect(!"\(refusal)".contains("4711"))
        #expect(watcher.current[App.limit] == 2)
        try await Self.put(text("3"), at: url)
        #expect(await configs.next()?[App.limit] == 3)
        #expect(watcher.refusal == nil)
      }
    }

    @Test func `an outage of the store changes nothing, and what changed meanwhile comes after it`()
      async throws
    {
      let cluster = try await EtcdCluster()
      let url = cluster.url()
      func text(_ limit: Int) -> String { "RATE_LIMIT=\(limit)\nSESSION_KEY=\(Self.secret)\n" }
      try await Self.put(text(1), at: url)
      let options = try Self.folder()
      try await NetworkStore.with(url) { store in
        let watcher = try ConfigWatcher(await Config.load(App.schema, options, from: store))
        var configs = watcher.makeAsyncIterator()
        #expect(await configs.next()?[App.limit] == 1)
        cluster.kill(0)
        try await Task.sleep(for: .seconds(2))
        #expect(watcher.current[App.limit] == 1)
        #expect(watcher.refusal == nil)
        try cluster.start(0)
        try await cluster.expectAnswer()
        try await Self.put(text(2), at: url)
        #expect(await configs.next()?[App.limit] == 2)
      }
    }
  }
#endif
