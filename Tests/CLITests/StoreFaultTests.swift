#if Etcd
  import EtcdServers
  import Foundation
  import Testing

  /// Stores that are away, do not answer, ask who one is, or lose a server.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct StoreFaultTests {
    private static let shared = Task { try await EtcdCluster() }

    @Test func `a store that is away is 69, nothing is changed, and run does not start`() throws {
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      let store = ["CFGKIT_STORE": "etcd://127.0.0.1:9/shop"]
      let before = scratch.snapshot
      for verb in [["list"], ["set", "MODE", "a"], ["rotate-secret", "SECRET_KEY"], ["pull"], ["push"]] {
        let outcome = scratch.fleet(arguments: verb, environment: store)
        #expect(outcome.status == 69, "\(verb): \(outcome.everything)")
        #expect(outcome.stderr.contains("etcd://127.0.0.1:9/shop cannot be used now"))
      }
      let ran = scratch.fleet("run", "--", "echo", "started", environment: store)
      #expect(ran.status == 125 && ran.stdout.isEmpty)
      let json = scratch.fleet("list", "--format", "json", environment: store)
      #expect(json.stdout.contains("\"code\":\"unreachable\""))
      #expect(scratch.snapshot == before)
    }

    @Test func `a lost reply is resolved, and the change is made once`() async throws {
      let proxy = try await Self.shared.value.proxy("/v3/kv/txn requestPut", 2, "cut")
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      let store = ["CFGKIT_STORE": proxy.url()]
      #expect(scratch.fleet("push", environment: store).status == 0)
      let rotated = scratch.fleet("rotate-secret", "SECRET_KEY", "--no-members", environment: store)
      #expect(rotated.status == 0, "\(rotated.everything)")
      let history = scratch.fleet("history", environment: store).stdout
      #expect(history.split(separator: "\n").count == 2, "\(history)")
    }

    @Test func `a change that nobody confirms is 76, and names the way on`() async throws {
      let name = "test/\(UUID().uuidString)"
      let cluster = try await Self.shared.value
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      #expect(scratch.fleet("push", "--store", cluster.url(name)).status == 0)
      let proxy = try cluster.proxy("/v3/kv/txn requestPut", 100, "cut")
      let outcome = scratch.fleet("rotate-secret", "SECRET_KEY", "--prepare", "--store", proxy.url(name))
      #expect(outcome.status == 76, "\(outcome.everything)")
      #expect(outcome.stderr.contains("--resume"))
      let resumed = scratch.fleet(
        "rotate-secret", "SECRET_KEY", "--resume", "--no-members", "--store", cluster.url(name))
      #expect(resumed.status == 0 && resumed.stdout.hasPrefix("promoted SECRET_KEY"), "\(resumed.everything)")
    }

    @Test func `with three servers the verbs go on while the leader is killed`() async throws {
      let cluster = try await EtcdCluster(3)
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      let store = ["CFGKIT_STORE": cluster.url()]
      #expect(scratch.fleet("push", environment: store).status == 0)
      cluster.kill(try cluster.leader())
      var written = 0
      for round in 0..<12 {
        let outcome = scratch.fleet("set", "PORT", "\(9_000 + round)", environment: store)
        #expect([0, 69, 75, 76].contains(outcome.status), "\(outcome.everything)")
        if outcome.status == 0 { written = 9_000 + round }
        try await Task.sleep(for: .milliseconds(300))
      }
      #expect(written > 9_006)
      #expect(scratch.fleet("get", "PORT", environment: store).stdout == "\(written)\n")
    }

    @Test func `a password comes from a file or the environment, and is nowhere to be seen`() async throws {
      let cluster = try await EtcdCluster()
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      let store = ["CFGKIT_STORE": cluster.url("shop")]
      let password = "Vq7kTz2mWx9pLd4s"
      scratch.write("password", password + "\n")
      scratch.write("wrong", "nothing of the kind\n")
      try cluster.control("user", "add", "root:\(password)")
      try cluster.control("user", "grant-role", "root", "root")
      try cluster.control("auth", "enable")
      let file = ["--store-user", "root", "--store-password-file", "password"]
      let variables = store.merging(["CFGKIT_STORE_USER": "root", "CFGKIT_STORE_PASSWORD": password]) { $1 }
      let attempts: [(Outcome, Int32)] = [
        (scratch.fleet(arguments: ["push"] + file, environment: store), 0),
        (scratch.fleet("get", "MODE", environment: variables), 0),
        (
          scratch.fleet(
            "list", "-v",
            environment: store.merging([
              "CFGKIT_STORE_USER": "root", "CFGKIT_STORE_PASSWORD_FILE": "password",
            ]) { $1 }), 0
        ),
        (scratch.fleet("list", environment: store), 77),
        (scratch.fleet("list", "--store-user", "root", environment: store), 64),
        (
          scratch.fleet(
            "list", "--store-user", "root", "--store-password-file", "wrong", environment: store), 77
        ),
        (
          scratch.fleet(
            "list", "--store-user", "root", "--store-password-file", "none", environment: store), 66
        ),
        (scratch.fleet("run", "--", "env", environment: variables), 0),
        (scratch.fleet("run", "--", "cat", "/proc/self/cmdline", environment: variables), 0),
      ]
      for (outcome, status) in attempts {
        #expect(outcome.status == status, "\(outcome.everything)")
        #expect(!outcome.everything.contains(password))
      }
    }

    @Test func `certificates on both sides let one in, and others do not`() async throws {
      let certificates = try Certificates()
      let cluster = try await EtcdCluster.secured(by: certificates)
      let scratch = Scratch([".env": "A=1\n"])
      let names = [
        "--store-ca": "ca.pem", "--store-cert": "client.pem", "--store-key": "client.key",
      ].mapValues { certificates[$0] }
      let options = names.flatMap { [$0.key, $0.value] }
      var outcome = scratch.fleet(arguments: ["push", "--store", cluster.url("shop")] + options)
      for _ in 0..<50 where outcome.status == 69 {
        outcome = scratch.fleet(arguments: ["push", "--store", cluster.url("shop")] + options)
      }
      #expect(outcome.status == 0, "\(outcome.everything)")
      let variables = [
        "CFGKIT_STORE": cluster.url("shop"), "CFGKIT_STORE_CA": certificates["ca.pem"],
        "CFGKIT_STORE_CERT": certificates["client.pem"], "CFGKIT_STORE_KEY": certificates["client.key"],
      ]
      #expect(scratch.fleet("get", "A", environment: variables).stdout == "1\n")
      // A way out names the same store to the same servers.
      let rotated = scratch.fleet(
        arguments: ["rotate-secret", "A", "--no-members", "--store", cluster.url("shop")] + options)
      #expect(rotated.stderr.contains("--store-ca \(certificates["ca.pem"])"), "\(rotated.everything)")
      let stranger = variables.merging(["CFGKIT_STORE_CA": certificates["other.pem"]]) { $1 }
      #expect(scratch.fleet("get", "A", environment: stranger).status == 69)
      let half = variables.merging(["CFGKIT_STORE_KEY": ""]) { $1 }
      #expect(scratch.fleet("get", "A", environment: half).status == 64)
      let none = variables.merging(["CFGKIT_STORE_CA": "none.pem"]) { $1 }
      #expect(scratch.fleet("get", "A", environment: none).status == 66)
    }

    @Test func `the command of run gets none of the store's connections and none of its options`()
      async throws
    {
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": StoreVerbTests.document])
      let store = ["CFGKIT_STORE": try await Self.shared.value.url()]
      #expect(scratch.fleet("push", environment: store).status == 0)
      // Python closes what the runner of the tests has open. The fourth is the folder that ls itself reads.
      let alone = ["python3", "-c", "import subprocess, sys; subprocess.run(sys.argv[1:])", fleetBinary]
      let descriptors = scratch.run(
        alone + ["run", "--", "ls", "/proc/self/fd"], stdin: [], environment: store
      ).stdout
      #expect(descriptors.split(separator: "\n").count == 4, "\(descriptors)")
      let environment = scratch.fleet("run", "--", "env", environment: store).stdout
      #expect(!environment.contains("CFGKIT_"))
    }

    @Test(arguments: 0..<LeakTests.shapes.count)
    func `no value comes out of a verb on a store that may not show it`(shape: Int) async throws {
      var dice = LeakTests.Dice(state: UInt64(shape) &+ 11)
      let cluster = try await Self.shared.value
      let key = ["SECRET_KEY", "DATABASE_URL", "OTHER_TOKEN"][shape % 3]
      let (value, typed) = (LeakTests.value(&dice), LeakTests.value(&dice))
      let env =
        "APP_ENV=development\n" + LeakTests.shapes[shape](key, value) + "HOME_URL=https://example.org\n"
      let scratch = Scratch([".env.schema": LeakTests.schema, "a.env": env, "b.env": "APP_ENV=development\n"])
      let place = "test/\(UUID().uuidString)"
      let store = ["CFGKIT_STORE": cluster.url(place)]
      // By another program, since cfgkit does not push what it cannot read.
      scratch.write("document", env)
      try cluster.control(putting: scratch.path + "/document", at: "\(place)/document")
      let verbs: [[String]] =
        [
          ["push", "a.env"], ["push", "a.env", "--no-validate", "--force"], ["diff", "a.env"],
          ["diff", "b.env", "--format", "json"], ["history"], ["history", "--format", "json"],
          ["push", "b.env", "--dry-run"], ["pull", "b.env"], ["pull", "c.env", "--dry-run", "-v"],
        ]
        + LeakTests.quietVerbs.filter { verb in
          !["init", "diff"].contains(verb[0]) && !verb.contains("--recursive")
        }.shuffled(using: &dice).prefix(4)
      for verb in verbs.shuffled(using: &dice).prefix(7) {
        let outcome = scratch.fleet(
          arguments: verb, stdin: Array((typed + "\n").utf8), environment: store)
        for hidden in [value, typed] {
          #expect(
            !outcome.everything.contains(hidden),
            "\(verb) with \(env.debugDescription)\n\(outcome.everything)")
          #expect(!outcome.everything.contains(hidden.dropFirst(4).prefix(4)))
        }
        #expect(outcome.status < 128 && outcome.status != 70, "\(verb): \(outcome.everything)")
      }
    }
  }
#endif
