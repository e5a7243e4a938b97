#if Etcd
  import EtcdServers
  import Foundation
  import Testing

  /// Every verb on a document in a real server of etcd, by the built binaries.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct StoreVerbTests {
    private static let shared = Task { try await EtcdCluster() }

    static let schema = """
      # @defaultRequired=false
      # ---
      # @sensitive @required # cfgkit: strength=128 generate=hex fallback=OLD_KEYS grace=30d
      SECRET_KEY=

      # @sensitive # cfgkit: managed
      OLD_KEYS=

      # @type=port
      PORT=8000

      # @type=enum(a, b)
      MODE=
      """
    static let secret = ValueTests.secret
    static let document = "# the shop\nSECRET_KEY=\(secret)\nMODE=a\n"

    /// A project with nothing but a schema, and the environment that names a store of its own.
    private func project(_ files: [String: String] = [:]) async throws -> (Scratch, [String: String]) {
      let scratch = Scratch([".env.schema": Self.schema].merging(files) { $1 })
      return (scratch, ["CFGKIT_STORE": try await Self.shared.value.url()])
    }

    private func pushed() async throws -> (Scratch, [String: String]) {
      let (scratch, store) = try await project([".env": Self.document])
      let outcome = scratch.fleet("push", environment: store)
      try #require(outcome.status == 0, "\(outcome.everything)")
      try FileManager.default.removeItem(atPath: scratch.path + "/.env")
      return (scratch, store)
    }

    private func document(_ scratch: Scratch, _ store: [String: String]) -> String? {
      let outcome = scratch.fleet("pull", "copy", "--force", environment: store)
      return outcome.status == 0 ? scratch.read("copy") : nil
    }

    // MARK: Reading

    @Test func `every verb that reads takes the document in the place of the file`() async throws {
      let (scratch, store) = try await pushed()
      let name = try #require(store["CFGKIT_STORE"])
      #expect(scratch.fleet("get", "MODE", environment: store).stdout == "a\n")
      #expect(
        scratch.fleet("get", "SECRET_KEY", "--reveal", environment: store).stdout == Self.secret + "\n")
      #expect(scratch.fleet("validate", environment: store).status == 0)
      let list = scratch.fleet("list", environment: store).stdout
      #expect(list.contains("\(name):3"), "\(list)")
      let explanation = scratch.fleet("explain", "MODE", environment: store).stdout
      #expect(explanation.contains("\(name):3"), "\(explanation)")
      let exported = scratch.fleet("export", "--no-environment", environment: store).stdout
      #expect(exported.contains("MODE=a\n") && exported.contains("PORT=8000\n"), "\(exported)")
      let ran = scratch.fleet("run", "--", "sh", "-c", "echo $MODE $PORT", environment: store)
      #expect(ran.stdout == "a 8000\n", "\(ran.everything)")
      #expect(scratch.fleet("doctor", environment: store).status == 0)
    }

    @Test func `the option and the variable are one, and a file that is named is nearer than the variable`()
      async throws
    {
      let (scratch, store) = try await pushed()
      let name = try #require(store["CFGKIT_STORE"])
      scratch.write("other.env", "SECRET_KEY=\(Self.secret)\nMODE=b\n")
      #expect(scratch.fleet("get", "MODE", "--store", name).stdout == "a\n")
      #expect(scratch.fleet("--store", name, "get", "MODE").stdout == "a\n")
      #expect(scratch.fleet("get", "MODE", "-f", "other.env", environment: store).stdout == "b\n")
      #expect(scratch.fleet("get", "MODE", "-f", "other.env", "--store", name).status == 64)
      #expect(scratch.fleet("validate", "--recursive", "--store", name).status == 64)
      #expect(scratch.fleet("get", "MODE", environment: store.merging(["MODE": "b"]) { $1 }).stdout == "b\n")
    }

    @Test func `what is wrong in the document is said with its place there, and run does not start`()
      async throws
    {
      let (scratch, store) = try await project([".env": "SECRET_KEY=changeme\nMODE=c\n"])
      let name = try #require(store["CFGKIT_STORE"])
      let refused = scratch.fleet("push", environment: store)
      #expect(refused.status == 1)
      #expect(scratch.fleet("get", "MODE", environment: store).status == 66)
      #expect(scratch.fleet("push", "--no-validate", environment: store).status == 0)
      let report = scratch.fleet("validate", environment: store)
      #expect(report.status == 1)
      #expect(report.stdout.contains("\(name):1:1: error: SECRET_KEY"), "\(report.stdout)")
      #expect(report.stdout.contains("\(name):2:"), "\(report.stdout)")
      let ran = scratch.fleet("run", "--", "true", environment: store)
      #expect(ran.status == 125)
      let sarif = scratch.fleet("validate", "--format", "sarif", environment: store)
      #expect(sarif.status == 1 && sarif.stdout.contains(name))
    }

    // MARK: Writing

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]"])
    func `where nothing answers, that is said, and nothing was sent`(host: String) {
      for words in [["list"], ["set", "MODE", "dev"]] {
        let outcome = Scratch().fleet(arguments: ["--store", "etcd://\(host):1/x"] + words)
        #expect(outcome.status == 69 && outcome.stderr.contains("nothing answers there"), "\(outcome.stderr)")
      }
    }

    @Test func `an old file does not bring a compromised key back`() async throws {
      let (scratch, store) = try await pushed()
      #expect(scratch.fleet("pull", "old.env", environment: store).status == 0)
      let done = scratch.fleet("rotate-secret", "SECRET_KEY", "--compromised", "--yes", environment: store)
      #expect(done.status == 0, "\(done.everything)")
      for plan in [[], ["--dry-run"]] {
        let back = scratch.fleet(arguments: ["push", "old.env", "--force"] + plan, environment: store)
        #expect(back.status == 1 && back.stderr.contains("must not come back"), "\(back.everything)")
      }
      #expect(scratch.fleet("pull", "now.env", environment: store).status == 0)
      #expect(scratch.read("now.env")?.contains(Self.secret) == false)
      #expect(scratch.fleet("push", "now.env", "--force", environment: store).status == 0)
    }

    @Test func `an old file does not cut through a rotation`() async throws {
      let (scratch, store) = try await pushed()
      #expect(scratch.fleet("pull", "old.env", environment: store).status == 0)
      let words = ["rotate-secret", "SECRET_KEY", "--prepare", "--no-members"]
      #expect(scratch.fleet(arguments: words, environment: store).status == 0)
      let cut = scratch.fleet("push", "old.env", "--force", environment: store)
      #expect(cut.status == 64 && cut.stderr.contains("under way"), "\(cut.everything)")
      // What was pulled since then, with another key changed, drops none that is in use.
      #expect(scratch.fleet("pull", "now.env", environment: store).status == 0)
      #expect(scratch.fleet("-f", "now.env", "set", "MODE", "b").status == 0)
      #expect(scratch.fleet("push", "now.env", "--force", environment: store).status == 0)
    }

    @Test func `set begins a document, changes only its key, and unset takes it out`() async throws {
      let (scratch, store) = try await project()
      #expect(scratch.fleet("set", "MODE", "a", environment: store).status == 0)
      #expect(
        scratch.fleet("set", "SECRET_KEY", "--stdin", stdin: Self.secret + "\n", environment: store).status
          == 0)
      #expect(scratch.fleet("set", "MODE", "b", environment: store).status == 0)
      let written = document(scratch, store)
      #expect(
        written == "SECRET_KEY=\(Self.secret)\nMODE=b\n" || written == "MODE=b\nSECRET_KEY=\(Self.secret)\n")
      let refused = scratch.fleet("set", "MODE", "c", environment: store)
      #expect(refused.status == 1)
      #expect(scratch.fleet("unset", "MODE", environment: store).status == 0)
      #expect(scratch.fleet("unset", "MODE", environment: store).status == 66)
      #expect(document(scratch, store) == "SECRET_KEY=\(Self.secret)\n")
      #expect(scratch.read(".env") == nil)
    }

    @Test func `a secret is rotated in one step or three, and a plan writes nothing`() async throws {
      let (scratch, store) = try await pushed()
      let plan = scratch.fleet("rotate-secret", "SECRET_KEY", "--dry-run", "--no-members", environment: store)
      #expect(plan.status == 0 && plan.stdout.hasPrefix("would be: rotated SECRET_KEY in etcd://"))
      #expect(document(scratch, store) == Self.document)
      for (step, words) in [("--prepare", "prepared SECRET_KEY"), ("--promote", "promoted SECRET_KEY")] {
        let outcome = scratch.fleet("rotate-secret", "SECRET_KEY", step, "--no-members", environment: store)
        #expect(outcome.status == 0 && outcome.stdout.hasPrefix(words), "\(outcome.everything)")
      }
      let promoted = try #require(document(scratch, store))
      #expect(promoted.contains("OLD_KEYS=\(Self.secret)\n"))
      let early = scratch.fleet("rotate-secret", "SECRET_KEY", "--retire", "--no-members", environment: store)
      #expect(early.status == 75)
      #expect(early.stderr.contains(": cfgkit --store etcd://"), "a way out that is about .env")
      let retired = scratch.fleet(
        "rotate-secret", "SECRET_KEY", "--retire", "--grace", "0", "--no-members", environment: store)
      #expect(retired.status == 0, "\(retired.everything)")
      #expect(retired.stderr.contains("stays in the history of etcd://"), "\(retired.stderr)")
      #expect(document(scratch, store)?.contains(Self.secret) == false)
      let status = scratch.fleet("rotate-secret", "--status", "--format", "json", environment: store)
      #expect(status.stdout.contains("\"phase\": \"steady\""), "\(status.everything)")
    }

    @Test func `fmt and the safe fixes work on the document too`() async throws {
      let (scratch, store) = try await project([".env": "SECRET_KEY = \(Self.secret)\nMODE=a\nMODE=b # now\n"]
      )
      #expect(scratch.fleet("push", "--no-validate", environment: store).status == 0)
      let fixed = scratch.fleet("validate", "--fix", environment: store)
      #expect(fixed.status == 0, "\(fixed.everything)")
      #expect(scratch.fleet("fmt", environment: store).status == 0)
      #expect(scratch.fleet("fmt", "--check", environment: store).status == 0)
      #expect(document(scratch, store)?.contains("SECRET_KEY=\(Self.secret)\n") == true)
    }

    @Test func `of writers at one moment none loses another's change`() async throws {
      let (scratch, store) = try await project()
      #expect(scratch.fleet("set", "BEGIN", "1", environment: store).status == 0)
      let statuses = await withTaskGroup(of: (String, Int32).self) { group in
        for writer in 0..<6 {
          group.addTask {
            let key = "K_\(writer)"
            for round in 0..<8 {
              let outcome = Scratch().fleet("set", key, "\(round)", environment: store)
              if outcome.status != 75 { return (key, outcome.status) }
            }
            return (key, 75)
          }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      let written = try #require(document(scratch, store))
      for (key, status) in statuses {
        #expect(status == 0, "\(key) ended with \(status)")
        #expect(written.contains("\(key)="), "\(key) was lost")
      }
      #expect(written.split(separator: "\n").count == 7)
    }

    // MARK: File and store

    @Test func `an empty file is not pushed, and of one that is not there the way out works`() async throws {
      let (scratch, store) = try await project(["empty.env": ""])
      let empty = scratch.fleet("push", "empty.env", environment: store)
      #expect(empty.status == 1, "\(empty.everything)")
      #expect(empty.stderr.contains("empty.env is empty; nothing was pushed"))
      let missing = scratch.fleet("push", environment: store)
      #expect(missing.status == 66)
      #expect(missing.stderr.contains("with: cfgkit init"), "\(missing.everything)")
    }

    @Test func `push puts a file there once, and replaces another document only when told to`() async throws {
      let (scratch, store) = try await project([".env": Self.document])
      let name = try #require(store["CFGKIT_STORE"])
      let plan = scratch.fleet("push", "--dry-run", "--format", "json", environment: store)
      #expect(plan.stdout.contains("\"effect\": \"created\""), "\(plan.everything)")
      #expect(scratch.fleet("get", "MODE", environment: store).status == 66)
      #expect(scratch.fleet("push", environment: store).status == 0)
      #expect(scratch.fleet("push", environment: store).stderr.hasPrefix("nothing to do"))
      scratch.write(".env", Self.document + "PORT=9000\n")
      let occupied = scratch.fleet("push", environment: store)
      #expect(occupied.status == 73, "\(occupied.everything)")
      let difference = scratch.fleet("diff", environment: store)
      #expect(difference.status == 1)
      #expect(difference.stdout.contains("only in .env  PORT"), "\(difference.everything)")
      #expect(!difference.everything.contains(Self.secret))
      let json = scratch.fleet("diff", ".env", "--format", "json", environment: store)
      #expect(json.stdout.contains("\"--store\"") && json.stdout.contains(name), "\(json.stdout)")
      #expect(scratch.fleet("push", "--force", environment: store).status == 0)
      #expect(scratch.fleet("diff", environment: store).status == 0)
      #expect(document(scratch, store) == Self.document + "PORT=9000\n")
    }

    @Test func `pull writes a file that only its owner can read, and replaces another one only when told to`()
      async throws
    {
      let (scratch, store) = try await pushed()
      #expect(scratch.fleet("pull", "--dry-run", environment: store).status == 0)
      #expect(scratch.read(".env") == nil)
      #expect(scratch.fleet("pull", environment: store).status == 0)
      #expect(scratch.read(".env") == Self.document)
      #expect(scratch.mode(".env") == 0o600)
      #expect(scratch.fleet("pull", environment: store).stderr.hasPrefix("nothing to do"))
      scratch.write(".env", "MODE=b\n")
      #expect(scratch.fleet("pull", environment: store).status == 73)
      #expect(scratch.read(".env") == "MODE=b\n")
      #expect(scratch.fleet("pull", "--force", environment: store).status == 0)
      #expect(scratch.read(".env") == Self.document)
      #expect(scratch.fleet("pull", "--store", try await Self.shared.value.url("test/none")).status == 66)
    }

    @Test func `what is wrong in a file is mended there, though the environment names a store`() async throws
    {
      let (scratch, store) = try await pushed()
      scratch.write("weak.env", "SECRET_KEY=changeme\n")
      let refused = scratch.fleet("push", "--force", "weak.env", environment: store)
      #expect(refused.status == 1)
      #expect(
        refused.stderr.contains("fix: cfgkit -f weak.env rotate-secret SECRET_KEY"), "\(refused.stderr)")
      let before = document(scratch, store)
      let mended = scratch.fleet(
        "-f", "weak.env", "rotate-secret", "SECRET_KEY", "--drop-previous", environment: store)
      #expect(mended.status == 0, "\(mended.everything)")
      #expect(scratch.fleet("push", "--force", "--dry-run", "weak.env", environment: store).status == 0)
      #expect(document(scratch, store) == before)
      scratch.write("broken.env", "SECRET_KEY='\n")
      for words in [["push", "broken.env"], ["diff", "broken.env"]] {
        let broken = scratch.fleet(arguments: words, environment: store)
        #expect(broken.status == 65)
        #expect(broken.stderr.contains("see: cfgkit -f broken.env validate"), "\(broken.stderr)")
      }
    }

    @Test func `a file that stands in the way is named in the way to compare it`() async throws {
      let (scratch, store) = try await pushed()
      let name = try #require(store["CFGKIT_STORE"])
      scratch.write("old.env", Self.document + "PORT=9000\n")
      for verb in ["push", "pull"] {
        let occupied = scratch.fleet(verb, "old.env", environment: store)
        #expect(occupied.status == 73)
        #expect(
          occupied.stderr.contains("compare with: cfgkit --store \(name) diff old.env;"), "\(occupied.stderr)"
        )
      }
    }

    @Test func `pull writes no file with the name of standard input`() async throws {
      let (scratch, store) = try await pushed()
      let refused = scratch.fleet("pull", "-", environment: store)
      #expect(refused.status == 64 && refused.stderr.contains(" export "), "\(refused.everything)")
      #expect(scratch.read("-") == nil)
    }

    @Test func `a plan refuses a document that etcd would not take`() async throws {
      let large = "SECRET_KEY=\(Self.secret)\nNOTE='\(String(repeating: "x", count: 1 << 20))'\n"
      let (scratch, store) = try await project([".env": large])
      for words in [["push", "--dry-run"], ["push"]] {
        let outcome = scratch.fleet(arguments: words, environment: store)
        #expect(outcome.status == 65 && outcome.stderr.contains("larger than"), "\(outcome.everything)")
      }
    }

    @Test func `an address that is none says which there are, and a file beside a store how it is named`()
      async throws
    {
      let (scratch, store) = try await pushed()
      scratch.write("x.env", Self.document)
      for verb in ["push", "pull", "history"] {
        let named = scratch.fleet("-f", "x.env", verb, environment: store)
        #expect(named.status == 64 && named.stderr.contains("leave --file out"), "\(named.stderr)")
      }
      let scheme = scratch.fleet("list", "--store", "redis://127.0.0.1:6379/0")
      #expect(scheme.status == 64)
      #expect(scheme.stderr.contains("etcd://") && scheme.stderr.contains("aws-sm://"), "\(scheme.stderr)")
      let key = scratch.fleet("list", "--store", "aws-sm://AKIAEXAMPLE:hidden@eu-central-1/shop")
      #expect(key.status == 64 && key.stderr.contains("AWS_ACCESS_KEY_ID"), "\(key.stderr)")
      #expect(!key.stderr.contains("hidden") && !key.stderr.contains("--store-user"))
    }

    @Test func `a document with errors is checked where it is, and one that is no text has no answer`()
      async throws
    {
      let (scratch, store) = try await pushed()
      let name = try #require(store["CFGKIT_STORE"])
      let cluster = try await Self.shared.value
      let prefix = try #require(store["CFGKIT_STORE"]?.split(separator: "/", maxSplits: 2).last)
      try cluster.control("put", "\(prefix)/document", "MODE=a\nPORT='\n")
      for words in [["list"], ["explain", "MODE"]] {
        let broken = scratch.fleet(arguments: words, environment: store)
        #expect(broken.status == 0)
        #expect(broken.stderr.contains("see: cfgkit --store \(name) validate"), "\(broken.stderr)")
      }
      scratch.write(
        "utf16.env", bytes: "\u{FEFF}MODE=a\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
      #expect(scratch.fleet("explain", "MODE", "-f", "utf16.env", environment: store).status == 65)
      #expect(scratch.fleet("get", "MODE", "-f", "utf16.env", environment: store).status == 65)
    }

    @Test func `files of access that are not there are 66, and ways out fit the option`() {
      let scratch = Scratch()
      let address = "etcd://127.0.0.1:1/x"
      let missing = scratch.fleet(
        "list", "--store", address, "--store-user", "me", "--store-password-file", "none")
      #expect(missing.status == 66 && missing.stderr.contains("none does not exist"), "\(missing.stderr)")
      let authority = scratch.fleet("list", "--store", address, "--store-ca", "none.pem")
      #expect(authority.status == 66 && authority.stderr.contains("does not exist"), "\(authority.stderr)")
      scratch.write("not.pem", "x\n")
      #expect(scratch.fleet("list", "--store", address, "--store-ca", "not.pem").status == 64)
      let special = scratch.fleet(
        "list", "--store", address, "--store-user", "me", "--store-password-file", "/dev/null")
      #expect(special.status == 73, "\(special.stderr)")
      #expect(special.stderr.contains("CFGKIT_STORE_PASSWORD") && !special.stderr.contains("--file -"))
    }

    @Test func `a word that says neither yes nor no, and a port that is none, are refused`() {
      let scratch = Scratch()
      let plain = scratch.fleet(
        "list", "--store", "etcd://127.0.0.1:1/x", environment: ["CFGKIT_STORE_PLAINTEXT": "yes"])
      #expect(
        plain.status == 64 && plain.stderr.contains("CFGKIT_STORE_PLAINTEXT has to be"), "\(plain.stderr)")
      let port = scratch.fleet(
        "run", "--watch", "--store", "etcd://127.0.0.1:1/x", "--ready-port", "0", "--", "true")
      #expect(port.status == 64 && port.stderr.contains("--ready-port is 1 to 65535"), "\(port.stderr)")
    }

    @Test func `the history says when and which keys, and no value`() async throws {
      let (scratch, store) = try await pushed()
      #expect(scratch.fleet("set", "MODE", "b", environment: store).status == 0)
      #expect(scratch.fleet("set", "PORT", "9000", environment: store).status == 0)
      #expect(scratch.fleet("rotate-secret", "SECRET_KEY", "--no-members", environment: store).status == 0)
      #expect(scratch.fleet("unset", "MODE", environment: store).status == 0)
      let history = scratch.fleet("history", environment: store)
      let lines = history.stdout.split(separator: "\n").map { $0.split(separator: "  ", maxSplits: 1) }
      #expect(
        lines.map { $0.last.map { $0.trimmingCharacters(in: .whitespaces) } } == [
          "removed MODE", "added OLD_KEYS; changed SECRET_KEY", "added PORT", "changed MODE",
          "added MODE, SECRET_KEY",
        ], "\(history.everything)")
      let today = ISO8601DateFormatter().string(from: Date()).prefix(10)
      #expect(lines.allSatisfy { $0[0].hasPrefix(today) })
      #expect(!history.everything.contains(Self.secret))
      let ofKey = scratch.fleet("history", "MODE", "--limit", "2", environment: store)
      #expect(ofKey.stdout.contains("removed MODE") && !ofKey.stdout.contains("SECRET_KEY"))
      #expect(ofKey.stderr.contains("--limit"))
      // What another program writes has no time, and its keys all the same.
      let cluster = try await Self.shared.value
      let prefix = try #require(store["CFGKIT_STORE"]?.split(separator: "/", maxSplits: 2).last)
      try cluster.control("put", "\(prefix)/document", "PORT=1\n")
      let foreign = scratch.fleet("history", "--limit", "1", environment: store).stdout
      #expect(foreign == "unknown  changed PORT; removed OLD_KEYS, SECRET_KEY\n", "\(foreign)")
      // After a compaction the rest is gone, and that is said.
      let revision = try cluster.control("get", "\(prefix)/document", "-w", "fields").split(separator: "\n")
        .first { $0.contains("\"ModRevision\"") }?.split(separator: ":").last
      try cluster.control("compact", revision.map { $0.trimmingCharacters(in: .whitespaces) } ?? "0")
      let compacted = scratch.fleet("history", environment: store)
      #expect(compacted.status == 0 && compacted.stdout.isEmpty, "\(compacted.everything)")
      #expect(compacted.stderr.contains("older changes are not kept"))
      #expect(scratch.fleet("history", "-f", ".env.schema", environment: store).status == 64)
    }
  }
#endif
