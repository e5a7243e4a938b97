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
