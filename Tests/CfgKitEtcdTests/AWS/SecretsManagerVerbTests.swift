#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import Foundation
  import Testing

  @testable import CfgKitEtcd

  /// The verbs on a document in AWS Secrets Manager, by the built binary.
  @Suite(
    .serialized,
    .enabled(if: SecretsManagerServer.isInstalled, "moto is not on this machine; run: Scripts/setup test"))
  struct SecretsManagerVerbTests {
    private static let secret = "4f1b0a7c9d2e8356b1c0f4a97e63d852aa0c5b7e19f3d4682b7c0e91f5a3d604"

    /// A folder with a schema and a `.env`, and a secret of its own; the folder goes when the value goes.
    private final class Bench {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cfgkit-aws-\(UUID())")
      let store: String
      private let variables: [String: String]

      init() throws {
        store = try SecretsManagerServer.address().description
        variables = try SecretsManagerServer.shared.get().variables()
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
        let schema = """
          # @defaultRequired=false
          # ---
          # @sensitive @required # cfgkit: strength=128 generate=hex fallback=OLD_KEYS grace=30d
          SECRET_KEY=
          # @sensitive # cfgkit: managed
          OLD_KEYS=
          # @type=port
          PORT=8000
          """
        try Data(schema.utf8).write(to: folder.appendingPathComponent(".env.schema"))
        try Data("SECRET_KEY=\(SecretsManagerVerbTests.secret)\n".utf8).write(
          to: folder.appendingPathComponent(".env"))
      }

      deinit { try? FileManager.default.removeItem(at: folder) }

      func cfgkit(_ words: String..., besides changes: [String: String] = [:]) throws -> (Int32, String) {
        try cfgkit(arguments: words, besides: changes)
      }

      func cfgkit(arguments words: [String], besides changes: [String: String] = [:]) throws -> (
        Int32, String
      ) {
        let process = Process()
        process.executableURL = Bundle.main.executableURL!.resolvingSymlinksInPath()
          .deletingLastPathComponent().appending(path: "cfgkit-fleet")
        process.currentDirectoryURL = folder
        process.arguments = words + ["--store", store]
        process.environment = variables.merging(["PATH": "/usr/bin:/bin"]) { $1 }.merging(changes) { $1 }
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
      }
    }

    @Test func `a document is pushed, read, changed, rotated and pulled`() throws {
      let bench = try Bench()
      for words in [["push"], ["set", "PORT", "9000"], ["validate"]] {
        let (status, text) =
          try words.count == 3
          ? bench.cfgkit(words[0], words[1], words[2]) : bench.cfgkit(words[0])
        #expect(status == 0, "\(words): \(text)")
      }
      #expect(try bench.cfgkit("get", "PORT") == (0, "9000\n"))
      let (rotated, text) = try bench.cfgkit("rotate-secret", "SECRET_KEY")
      #expect(rotated == 0)
      #expect(text.contains("rotated SECRET_KEY in \(bench.store)"), "\(text)")
      #expect(!text.contains(Self.secret))
      #expect(try bench.cfgkit("pull", "copy").0 == 0)
      let copy = try String(contentsOf: bench.folder.appendingPathComponent("copy"), encoding: .utf8)
      #expect(copy.contains("OLD_KEYS=\(Self.secret)\n") && copy.contains("PORT=9000\n"))
    }

    @Test func `a key that is a secret of its own rotates by its labels`() async throws {
      let bench = try Bench()
      let server = try SecretsManagerServer.shared.get()
      let address = try AWSAddress(parsing: bench.store)
      func ring() async throws -> (next: String?, current: String, previous: [String]) {
        try await SecretsManagerStore.with(address, server.environment()) { store in
          let ring = try await store.stages.load()
          return (
            ring.next?.exposedText(), ring.current.exposedText(), ring.previous.map { $0.exposedText() }
          )
        }
      }
      try await SecretsManagerStore.with(address, server.environment()) { store in
        _ = try await store.replace(
          Document(Array(Self.secret.utf8)), ifVersion: .absent, operation: OperationID())
      }
      func rotate(_ words: String...) throws -> (Int32, String) {
        try bench.cfgkit(arguments: ["rotate-secret", "SECRET_KEY", "--stages"] + words)
      }
      let (prepared, text) = try rotate("--prepare")
      #expect(prepared == 0, "\(text)")
      #expect(text == "SECRET_KEY: one key signs, a next key is published, 0 previous keys accepted\n")
      #expect(try await ring().current == Self.secret)
      let next = try #require(try await ring().next)
      #expect(next.count == 64 && !text.contains(next))
      #expect(try rotate("--promote").0 == 0)
      #expect(try await ring() == (nil, next, [Self.secret]))
      #expect(try rotate("--prepare").0 == 0)
      #expect(try rotate().0 == 64, "it would have said nothing of the key that is prepared")
      #expect(try rotate("--abort").0 == 0)
      for words in [["--fleet"], ["--grace", "5d"], ["--retire", "--grace", "5d"], ["--all"]] {
        let bad = try bench.cfgkit(arguments: ["rotate-secret", "SECRET_KEY", "--stages"] + words)
        #expect(bad.0 == 64, "\(words): \(bad.1)")
      }
      #expect(try rotate().0 == 0)
      let rotated = try await ring()
      #expect(rotated.previous == [next, Self.secret])
      #expect(try rotate("--prepare").0 == 0 && rotate("--abort").0 == 0)
      #expect(try await ring() == rotated)
      #expect(try rotate("--retire", "--grace", "0").0 == 0)
      #expect(try await ring() == (nil, rotated.current, []))
      #expect(try rotate("--compromised").0 == 64)
      #expect(try rotate("--compromised", "--yes").0 == 0)
      let end = try await ring()
      #expect(end.current != rotated.current && end.previous.isEmpty)
      #expect(try rotate("--status").1.hasPrefix("SECRET_KEY: one key signs"))
    }

    /// What the labels hold: the next key, the one that signs, and those before it.
    private func labels(_ bench: Bench) async throws -> [String] {
      let server = try SecretsManagerServer.shared.get()
      return try await SecretsManagerStore.with(AWSAddress(parsing: bench.store), server.environment()) {
        store in
        let ring = try await store.stages.load()
        return [ring.next?.exposedText() ?? "-", ring.current.exposedText()]
          + ring.previous.map { $0.exposedText() }
      }
    }

    /// A secret that is one key.
    private func oneKey(_ key: String) async throws -> Bench {
      let bench = try Bench()
      let server = try SecretsManagerServer.shared.get()
      try await SecretsManagerStore.with(AWSAddress(parsing: bench.store), server.environment()) { store in
        _ = try await store.replace(
          Document(Array(key.utf8)), ifVersion: .absent, operation: OperationID())
      }
      return bench
    }

    @Test func `a step on labels is refused, or changes nothing, where it is in a file`() async throws {
      let bench = try await oneKey(Self.secret)
      func rotate(_ words: String..., key: String = "SECRET_KEY") throws -> (Int32, String) {
        try bench.cfgkit(arguments: ["rotate-secret", key, "--stages"] + words)
      }
      let promoted = try rotate("--promote")
      #expect(promoted.0 == 64, "\(promoted.1)")
      let way = "cfgkit --store \(bench.store) rotate-secret SECRET_KEY --stages --prepare"
      #expect(promoted.1.contains(way), "\(promoted.1)")
      let aborted = try rotate("--abort")
      #expect(aborted.0 == 64 && aborted.1.contains("nothing of SECRET_KEY is under way"), "\(aborted.1)")
      let resumed = try rotate("--resume")
      #expect(resumed.0 == 0 && resumed.1.hasPrefix("nothing to do for SECRET_KEY\n"), "\(resumed.1)")
      let unknown = try rotate("--prepare", key: "NOPE_KEY")
      #expect(unknown.0 == 66, "\(unknown.1)")
      let list = try rotate("--prepare", key: "OLD_KEYS")
      #expect(list.0 == 64 && list.1.contains("keeps the other keys of SECRET_KEY"), "\(list.1)")
      let plain = try rotate(key: "PORT")
      #expect(plain.0 == 64 && plain.1.contains("is no secret"), "\(plain.1)")
      #expect(try bench.cfgkit("rotate-secret", "--stages", "--status").0 == 64)
      #expect(try await labels(bench) == ["-", Self.secret])
      #expect(try rotate("--prepare").0 == 0)
      let prepared = try await labels(bench)
      let again = try rotate("--prepare")
      #expect(again.0 == 0 && again.1.hasPrefix("SECRET_KEY is prepared already"), "\(again.1)")
      #expect(try rotate("--retire").0 == 64)
      #expect(try await labels(bench) == prepared)
      #expect(try rotate("--resume").0 == 0)
      #expect(try await labels(bench) == ["-", prepared[0], Self.secret])
      #expect(try rotate("--resume").1.hasPrefix("nothing to do for SECRET_KEY\n"))
      #expect(try rotate("--promote").1.hasPrefix("SECRET_KEY is promoted already"))
      #expect(try await labels(bench) == ["-", prepared[0], Self.secret])
    }

    @Test func `taken back after it was promoted, the previous key signs again`() async throws {
      let bench = try await oneKey(Self.secret)
      func rotate(_ words: String...) throws -> Int32 {
        try bench.cfgkit(arguments: ["rotate-secret", "SECRET_KEY", "--stages"] + words).0
      }
      #expect(try rotate() == 0)
      let first = try await labels(bench)[1]
      #expect(try rotate("--abort") == 0)
      #expect(try await labels(bench) == ["-", Self.secret, first])
      #expect(try rotate() == 0)
      let second = try await labels(bench)[1]
      #expect(try await labels(bench) == ["-", second, Self.secret, first])
      #expect(try rotate("--abort") == 0)
      #expect(try await labels(bench) == ["-", Self.secret, second, first])
    }

    @Test(arguments: ["changeme", "correct horse battery staple"])
    func `a key that is good for forging does not stay accepted under a label`(weak: String) async throws {
      let bench = try await oneKey(weak)
      for words in [[], ["--prepare"]] {
        let refused = try bench.cfgkit(arguments: ["rotate-secret", "SECRET_KEY", "--stages"] + words)
        #expect(refused.0 == 64, "\(words): \(refused.1)")
        #expect(refused.1.contains("rotate-secret SECRET_KEY --stages --drop-previous"), "\(refused.1)")
        #expect(!refused.1.contains(weak))
      }
      #expect(try await labels(bench) == ["-", weak])
      let dropped = try bench.cfgkit("rotate-secret", "SECRET_KEY", "--stages", "--drop-previous")
      #expect(dropped.0 == 0, "\(dropped.1)")
      let ring = try await labels(bench)
      #expect(ring.count == 2 && ring[0] == "-" && ring[1].count == 64)
    }

    @Test(arguments: [
      secret, "ZG8tbm90LXVzZS10aGlzLWtleS1hbnl3aGVyZS0wMDE=", "{\"user\": \"shop\", \"port\": 1}",
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA0000000000000000000000\nabcd==\n-----END PRIVATE KEY-----\n",
    ])
    func `a secret that is one value is read and changed as labels only, never as a document`(value: String)
      async throws
    {
      let bench = try await oneKey(value)
      for words in [
        ["validate"], ["get", "PORT"], ["set", "PORT", "9000"], ["rotate-secret", "SECRET_KEY"],
        ["push", "--force"],
        ["pull", "copy"],
      ] {
        let (status, text) = try bench.cfgkit(arguments: words)
        #expect(status == 65, "\(words): \(text)")
        #expect(text.contains("cfgkit --store \(bench.store) rotate-secret KEY --stages"), "\(text)")
        #expect(!text.contains(value))
      }
      #expect(try await labels(bench) == ["-", value])
    }

    @Test func `a plan refuses a document that AWS would not take`() throws {
      let bench = try Bench()
      let line = "NOTE='\(String(repeating: "x", count: AWSLimits.documentBytes))'\n"
      try Data("SECRET_KEY=\(Self.secret)\n\(line)".utf8).write(
        to: bench.folder.appendingPathComponent(".env"))
      for words in [["push", "--dry-run"], ["push"]] {
        let (status, text) = try bench.cfgkit(arguments: words)
        #expect(status == 65 && text.contains("larger than 65536 bytes"), "\(words): \(text)")
      }
    }

    @Test func `what needs members, another sign-in, or an access key that is not there, is refused`() throws
    {
      let bench = try Bench()
      #expect(try bench.cfgkit("push").0 == 0)
      let fleet = try bench.cfgkit("rotate-secret", "SECRET_KEY", "--fleet")
      #expect(fleet.0 == 64 && fleet.1.contains("knows no members"), "\(fleet.1)")
      let watch = try bench.cfgkit("run", "--watch", "--", "true")
      #expect(watch.0 == 64, "\(watch.1)")
      let user = try bench.cfgkit("list", "--store-user", "me", besides: ["CFGKIT_STORE_PASSWORD": "x"])
      #expect(user.0 == 64 && user.1.contains("AWS_ACCESS_KEY_ID"), "\(user.1)")
      let nobody = try bench.cfgkit(
        "list", besides: ["AWS_ACCESS_KEY_ID": "", "HOME": bench.folder.path])
      #expect(nobody.0 != 0 && nobody.1.contains("AWS_ACCESS_KEY_ID"), "\(nobody.1)")
    }
  }
#endif
