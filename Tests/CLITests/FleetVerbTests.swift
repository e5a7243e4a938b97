#if Etcd
  import EtcdServers
  import Foundation
  import Testing

  /// `run --watch` and rotations that wait for its members, by the built binaries on a real server of etcd.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct FleetVerbTests {
    private static let shared = Task { try await EtcdCluster() }

    private static let secret = ValueTests.secret

    private func fleet() async throws -> Fleet { try await fleet(Self.shared.value) }

    private func fleet(_ cluster: EtcdCluster) throws -> Fleet {
      let fleet = Fleet(cluster.url())
      let pushed = fleet.cfgkit("push", stdin: "")
      try #require(pushed.status == 0, "\(pushed.everything)")
      try FileManager.default.removeItem(atPath: fleet.scratch.path + "/.env")
      return fleet
    }

    @Test func `a member serves, follows each change, says so, and leaves when it is told to end`()
      async throws
    {
      let fleet = try await fleet()
      let member = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      #expect(fleet.variable("PORT", of: "web-1") == "8000")
      #expect(fleet.variable("SECRET_KEY", of: "web-1") == Self.secret)
      #expect(fleet.variable("CFGKIT_STORE", of: "web-1") == nil)
      let first = fleet.command(of: "web-1")
      #expect(fleet.cfgkit("set", "PORT", "9000").status == 0)
      try await fleet.until("it has the change") { fleet.variable("PORT", of: "web-1") == "9000" }
      #expect(fleet.command(of: "web-1") != first)
      kill(member.processIdentifier, SIGTERM)
      try await fleet.until("it ends") { !member.isRunning }
      #expect(member.terminationReason == .exit && member.terminationStatus == 128 + SIGTERM)
      #expect(fleet.states == [:])
      #expect(fleet.log("web-1").contains("cfgkit: web-1: serving with revision"))
      #expect(!fleet.log("web-1").contains(Self.secret))
    }

    @Test func `one command takes a secret through the fleet, and says whom it waits for`() async throws {
      let fleet = try await fleet()
      for name in ["web-1", "web-2"] { _ = try fleet.member(name) }
      try await fleet.until("both serve") { fleet.states == ["web-1": "serving", "web-2": "serving"] }
      let outcome = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--fleet", "--wait", "2m")
      #expect(outcome.status == 0, "\(outcome.everything)")
      let titles = outcome.stdout.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      #expect(titles.count == 3, "\(outcome.everything)")
      #expect(titles[0].hasPrefix("prepared SECRET_KEY:") && titles[0].hasSuffix("; 0 of 2 members have it"))
      #expect(titles[1].hasPrefix("promoted SECRET_KEY:"))
      #expect(
        titles[2].hasPrefix("every member has the new SECRET_KEY; the previous one is accepted until 20"))
      #expect(outcome.stderr.contains("waiting for 2 of 2 members: web-1 has gen"))
      let thens = outcome.stdout.split(separator: "\n").filter { $0.hasPrefix("  then") }
      #expect(thens.count == 1 && thens[0].hasSuffix("rotate-secret SECRET_KEY --retire"))
      for name in ["web-1", "web-2"] {
        #expect(fleet.variable("OLD_KEYS", of: name) == Self.secret)
        #expect(fleet.variable("SECRET_KEY", of: name) != Self.secret)
      }
      #expect(!outcome.everything.contains(Self.secret))
      let early = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--retire")
      #expect(early.status == 75)
      let retired = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0", "--wait", "2m")
      #expect(retired.status == 0, "\(retired.everything)")
      #expect(fleet.document?.contains(Self.secret) == false)
    }

    @Test func `events are a JSON object a line, and an overlap that ends meanwhile ends with retirement`()
      async throws
    {
      let fleet = try await fleet()
      _ = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let outcome = fleet.cfgkit(
        "rotate-secret", "SECRET_KEY", "--fleet", "--wait", "2m", "--grace", "2s", "--format", "json")
      #expect(outcome.status == 0, "\(outcome.everything)")
      let events = try outcome.stdout.split(separator: "\n").map { line in
        try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      let changes = events.compactMap { $0["change"] as? String }
      #expect(changes == ["prepare", "promote", "acknowledge", "retire"], "\(outcome.stdout)")
      #expect(events.allSatisfy { $0["schemaVersion"] as? Int == 1 && $0["time"] is String })
      #expect(events.last?["event"] as? String == "done")
      let waiting = try #require(events.first { $0["event"] as? String == "waiting" })
      #expect((waiting["members"] as? [[String: String]])?.first?["name"] == "web-1")
      #expect(fleet.document?.contains(Self.secret) == false)
    }

    @Test func `no step goes over a member that is behind or silent, and each is named`() async throws {
      let fleet = try await fleet()
      let slow = try fleet.member("web-1", ["--ready-cmd", "test -e go"])
      try await fleet.until("it starts") { fleet.states == ["web-1": "starting"] }
      #expect(fleet.cfgkit("rotate-secret", "SECRET_KEY", "--prepare").status == 0)
      let starting = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--promote")
      #expect(starting.status == 75)
      #expect(starting.stderr.contains("web-1 is starting"), "\(starting.everything)")
      fleet.scratch.write("go", "")
      let promoted = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--promote", "--wait", "1m")
      #expect(promoted.status == 0, "\(promoted.everything)")
      kill(slow.processIdentifier, SIGKILL)
      try await fleet.until("its command is gone") { fleet.command(of: "web-1") == nil }
      try await fleet.until("it is silent") { fleet.states == ["web-1": "silent"] }
      let silent = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0", "--wait", "1s")
      #expect(silent.status == 75)
      #expect(
        silent.stderr.contains("rotate-secret SECRET_KEY --retire --forget web-1"), "\(silent.everything)")
      let unknown = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--forget", "web-7")
      #expect(unknown.status == 66)
      #expect(unknown.stderr.contains("web-7 is not on the roster; on it: web-1"), "\(unknown.everything)")
      let nobody = fleet.cfgkit(
        "rotate-secret", "SECRET_KEY", "--retire", "--grace", "0", "--forget", "web-1")
      #expect(nobody.status == 64, "\(nobody.everything)")
      #expect(nobody.stderr.contains("--no-members"))
      #expect(
        fleet.cfgkit("rotate-secret", "SECRET_KEY", "--retire", "--grace", "0", "--no-members").status == 0)
    }

    @Test func `a document that is not valid changes nothing for who runs, and the log says why`()
      async throws
    {
      let fleet = try await fleet()
      _ = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let pid = fleet.command(of: "web-1")
      fleet.scratch.write("bad.env", "SECRET_KEY=\(Self.secret)\nPORT=eighty\n")
      #expect(fleet.cfgkit("push", "bad.env", "--force", "--no-validate").status == 0)
      try await fleet.until("it says so") {
        fleet.log("web-1").contains("document of the store is not valid")
      }
      #expect(fleet.log("web-1").contains("error: PORT"))
      #expect(fleet.command(of: "web-1") == pid)
      #expect(fleet.states == ["web-1": "serving"])
      #expect(fleet.cfgkit("set", "PORT", "9001").status == 0)
      try await fleet.until("it goes on") { fleet.variable("PORT", of: "web-1") == "9001" }
    }

    @Test func `a signal tells a command of the file that was written for it`() async throws {
      let fleet = try await fleet()
      let command =
        "trap 'grep ^PORT served.env >>told' HUP; echo $$ >web-1.pid; while :; do sleep 0.1; done"
      _ = try fleet.member(
        "web-1", ["--materialize", "served.env", "--on-change", "signal:HUP"], command: command)
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      #expect(fleet.scratch.mode("served.env") == 0o600)
      let pid = fleet.command(of: "web-1")
      #expect(fleet.cfgkit("set", "PORT", "9100").status == 0)
      try await fleet.until("it was told") { fleet.scratch.read("told") == "PORT=9100\n" }
      #expect(fleet.command(of: "web-1") == pid)
    }

    @Test func `where both may run at once, the first command serves until the second does`() async throws {
      let fleet = try await fleet()
      let command =
        "echo $$ >pid.$$; trap 'rm pid.$$; exit 0' TERM; test $PORT = 9200 && sleep 3; touch ready.$PORT; echo $$ >web-1.pid; while :; do sleep 0.1; done"
      _ = try fleet.member(
        "web-1", ["--on-change", "overlap", "--ready-cmd", "test -e ready.$PORT"], command: command)
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let first = try #require(fleet.command(of: "web-1"))
      #expect(fleet.cfgkit("set", "PORT", "9200").status == 0)
      var both = false
      try await fleet.until("the second serves alone") {
        let running = (try? FileManager.default.contentsOfDirectory(atPath: fleet.scratch.path)) ?? []
        let pids = running.filter { $0.hasPrefix("pid.") }
        both = both || pids.count == 2
        return pids.count == 1 && pids != ["pid.\(first)"]
      }
      #expect(both)
      try await fleet.until("it says so") { fleet.states == ["web-1": "serving"] }
    }

    @Test func `a file is rewritten for a command that looks by itself`() async throws {
      let fleet = try await fleet()
      _ = try fleet.member("web-1", ["--materialize", "served.env", "--on-change", "rewrite"])
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let pid = fleet.command(of: "web-1")
      #expect(fleet.cfgkit("set", "PORT", "9300").status == 0)
      try await fleet.until("it is rewritten") {
        fleet.scratch.read("served.env")?.contains("PORT=9300") == true
      }
      #expect(fleet.command(of: "web-1") == pid)
    }

    @Test func `with the store down a member starts with what it served with last, which is sealed`()
      async throws
    {
      let cluster = try await EtcdCluster()
      let fleet = try fleet(cluster)
      let first = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      kill(first.processIdentifier, SIGKILL)
      try await fleet.until("it ends") { !first.isRunning }
      cluster.kill(0)
      try FileManager.default.removeItem(atPath: fleet.scratch.path + "/web-1.pid")
      _ = try fleet.member("web-1")
      try await fleet.until("it starts without the store") {
        fleet.variable("SECRET_KEY", of: "web-1") == Self.secret
      }
      #expect(fleet.log("web-1").contains("which was kept on this machine"))
      let state = fleet.scratch.path + "/state/cfgkit"
      for name in try FileManager.default.contentsOfDirectory(atPath: state) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(state)/\(name)"))
        #expect(bytes.range(of: Data(Self.secret.utf8)) == nil, "\(name) holds the secret")
      }
      try cluster.start(0)
      try await fleet.until("it is on the roster again", within: 60) { fleet.states == ["web-1": "serving"] }
    }

    @Test func `a file of answers is written once, with what was done before a refusal too`() async throws {
      let fleet = try await fleet()
      _ = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let outcome = fleet.cfgkit("rotate-secret", "SECRET_KEY", "-o", "answers")
      #expect(outcome.status == 0 && outcome.stdout.isEmpty, "\(outcome.everything)")
      let titles = fleet.scratch.read("answers")?.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      #expect(titles?.count == 3, "\(fleet.scratch.read("answers") ?? "")")
      let stuck = try fleet.member("web-2", ["--ready-cmd", "test -e never"])
      try await fleet.until("it starts") { fleet.states["web-2"] == "starting" }
      let refused = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--wait", "1s", "-o", "others")
      #expect(refused.status == 75, "\(refused.everything)")
      #expect(fleet.scratch.read("others")?.hasPrefix("prepared SECRET_KEY:") == true)
      kill(stuck.processIdentifier, SIGKILL)
    }

    @Test func `what keeps a member from beginning is said, and so is how its command ended`() async throws {
      let fleet = try await fleet()
      fleet.scratch.write("bad.schema", "=x\n")
      let broken = fleet.cfgkit("run", "--watch", "--member", "m", "--schema", "bad.schema", "--", "true")
      #expect(broken.status == 125)
      #expect(broken.stderr.contains("bad.schema:1:1: error:"), "\(broken.everything)")
      let folder = fleet.cfgkit(
        "run", "--watch", "--member", "m", "--state", "/proc/none/of/it", "--", "true")
      #expect(folder.status == 125 && folder.stderr.contains("--state"), "\(folder.everything)")
      fleet.scratch.write("file", "")
      let file = fleet.cfgkit("run", "--watch", "--member", "m", "--state", "file", "--", "true")
      #expect(file.status == 125 && file.stderr.contains("--state"), "\(file.everything)")
      let missing = fleet.cfgkit("run", "--watch", "--member", "m", "--", "nonesuch-command")
      #expect(missing.status == 127)
      #expect(missing.stderr.contains("the command ended with 127"), "\(missing.everything)")
    }

    @Test func `a command that does not serve with a new file gets the old one back, and goes on`()
      async throws
    {
      let fleet = try await fleet()
      _ = try fleet.member(
        "web-1",
        [
          "--materialize", "served.env", "--on-change", "signal:HUP", "--ready-within", "1s", "--ready-cmd",
          "! grep -q PORT=9666 served.env",
        ], command: "trap : HUP; echo $$ >web-1.pid; while :; do sleep 0.1; done")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let pid = fleet.command(of: "web-1")
      #expect(fleet.cfgkit("set", "PORT", "9666").status == 0)
      try await fleet.until("it goes back") {
        fleet.log("web-1").contains("does not serve with revision")
          && fleet.scratch.read("served.env")?.contains("9666") == false
      }
      #expect(fleet.cfgkit("set", "PORT", "9777").status == 0)
      try await fleet.until("it goes on") {
        fleet.scratch.read("served.env")?.contains("9777") == true && fleet.states == ["web-1": "serving"]
      }
      #expect(fleet.command(of: "web-1") == pid)
    }

    @Test func `a question that is never answered ends with its time, and leaves nothing behind`()
      async throws
    {
      let fleet = try await fleet()
      let member = try fleet.member(
        "web-1", ["--ready-cmd", "echo $$ >asked.pid; exec sleep 1000", "--ready-within", "2s"])
      try await fleet.until("it gives up", within: 20) { !member.isRunning }
      #expect(fleet.log("web-1").contains("does not serve with revision"))
      let asked = try #require(
        fleet.scratch.read("asked.pid").flatMap {
          pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
        })
      try await fleet.until("it is gone") { kill(asked, 0) != 0 }
    }

    @Test func `a member whose schema has no such key is named as that, with the way out`() async throws {
      let fleet = try await fleet()
      fleet.scratch.write("other.schema", "# @type=port\nPORT=8000\n")
      _ = try fleet.member("worker", ["--schema", "other.schema"])
      try await fleet.until("it serves") { fleet.states == ["worker": "serving"] }
      #expect(fleet.cfgkit("rotate-secret", "SECRET_KEY", "--prepare").status == 0)
      let refused = fleet.cfgkit("rotate-secret", "SECRET_KEY", "--promote", "--wait", "3s")
      #expect(refused.status == 75)
      #expect(
        refused.stderr.contains("worker serves without SECRET_KEY; declare SECRET_KEY in the schema"),
        "\(refused.everything)")
    }

    @Test func `a store that does not answer is named in the log, once, and a member that serves goes on`()
      async throws
    {
      let cluster = try await EtcdCluster()
      let fleet = try fleet(cluster)
      _ = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      cluster.kill(0)
      try await fleet.until("it says so") { fleet.log("web-1").contains("cannot be used now") }
      try cluster.start(0)
      try await fleet.until("it is heard again", within: 60) { fleet.states == ["web-1": "serving"] }
      #expect(fleet.log("web-1").components(separatedBy: "cannot be used now").count <= 3)
    }

    @Test func `of two that have one name on one machine the second is told so`() async throws {
      let fleet = try await fleet()
      _ = try fleet.member("web-1")
      try await fleet.until("it serves") { fleet.states == ["web-1": "serving"] }
      let second = fleet.cfgkit("run", "--watch", "--member", "web-1", "--", "true")
      #expect(second.status == 75)
      #expect(second.stderr.contains("--member"), "\(second.everything)")
    }

    @Test(arguments: [
      ["run", "--watch", "--", "true"],
      ["run", "--member", "a", "--", "true"],
      ["run", "--watch", "--ready-port", "1", "--ready-cmd", "true", "--", "true"],
      ["run", "--watch", "--on-change", "signal:HUP", "--", "true"],
      ["run", "--watch", "--on-change", "rewrite", "--", "true"],
      ["run", "--watch", "--on-change", "overlap", "--ready-port", "80", "--", "true"],
      ["run", "--watch", "--on-change", "signal:KILL", "--materialize", "f", "--", "true"],
      ["run", "--watch", "--member", "a/b", "--", "true"],
      ["run", "--watch", "--max-unavailable", "0", "--", "true"],
      ["rotate-secret", "SECRET_KEY", "--fleet"],
      ["rotate-secret", "SECRET_KEY", "--wait", "5m"],
      ["rotate-secret", "SECRET_KEY", "--forget", "web-1"],
      ["rotate-secret", "SECRET_KEY", "--no-members"],
    ])
    func `what makes no sense without a store, or together, is a usage error`(_ words: [String]) {
      let scratch = Scratch([".env.schema": StoreVerbTests.schema, ".env": "SECRET_KEY=\(Self.secret)\n"])
      let before = scratch.snapshot
      let outcome = scratch.cfgkit(arguments: words)
      #expect(outcome.status == 64, "\(outcome.everything)")
      #expect(scratch.snapshot == before)
    }
  }

  /// A document in etcd and members of it that are real processes; all of it goes when the value goes.
  private final class Fleet: @unchecked Sendable {
    let scratch = Scratch([
      ".env.schema": StoreVerbTests.schema, ".env": "SECRET_KEY=\(ValueTests.secret)\n",
    ])
    private let environment: [String: String]
    private var processes: [Process] = []

    init(_ store: String) {
      environment = ["CFGKIT_STORE": store, "XDG_STATE_HOME": scratch.path + "/state"]
    }

    deinit {
      for process in processes where process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func cfgkit(_ words: String..., stdin: String = "") -> Outcome {
      scratch.fleet(arguments: words, stdin: Array(stdin.utf8), environment: environment)
    }

    /// Starts a member whose command writes its number to a file and sleeps.
    func member(_ name: String, _ options: [String] = [], command: String? = nil) throws -> Process {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: fleetBinary)
      process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
      process.arguments =
        ["run", "--watch", "--member", name] + options
        + ["--", "sh", "-c", command ?? "echo $$ >\(name).pid; exec sleep 1000"]
      process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      scratch.write("\(name).log", log(name))
      let handle = try #require(FileHandle(forWritingAtPath: scratch.path + "/\(name).log"))
      handle.seekToEndOfFile()
      process.standardError = handle
      try process.run()
      processes.append(process)
      return process
    }

    func log(_ name: String) -> String { scratch.read("\(name).log") ?? "" }

    /// How each member stands, by `rotate-secret --status`.
    var states: [String: String] {
      let outcome = cfgkit("rotate-secret", "--status", "--format", "json")
      let json = try? JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? [String: Any]
      let members = json?["members"] as? [[String: Any]] ?? []
      return Dictionary(
        members.compactMap { member in
          (member["name"] as? String).flatMap { name in (member["state"] as? String).map { (name, $0) } }
        }, uniquingKeysWith: { $1 })
    }

    var document: String? {
      cfgkit("pull", "copy", "--force").status == 0 ? scratch.read("copy") : nil
    }

    /// The number of a member's command; nil if it has none that is alive.
    func command(of name: String) -> pid_t? {
      let text = scratch.read("\(name).pid")?.trimmingCharacters(in: .whitespacesAndNewlines)
      guard let pid = text.flatMap({ pid_t($0) }),
        let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8), !state.contains(") Z ")
      else { return nil }
      return pid
    }

    /// A variable of a member's command.
    func variable(_ name: String, of member: String) -> String? {
      guard let pid = command(of: member),
        let block = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/environ"))
      else { return nil }
      return block.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        .first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    /// Waits until something is so.
    func until(_ what: String, within seconds: Int = 40, _ isSo: () -> Bool) async throws {
      for _ in 0..<seconds * 5 {
        if isSo() { return }
        try await Task.sleep(for: .milliseconds(200))
      }
      Issue.record("not so in \(seconds) s: \(what)\n\(log("web-1"))")
      throw CancellationError()
    }
  }
#endif
