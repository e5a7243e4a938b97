#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import Testing

  @testable import CfgKitEtcd

  /// Members and coordinators as processes, with real servers of etcd, through `run --watch`.
  @Suite(
    .serialized, .enabled(if: EtcdCluster.isInstalled, "etcd-server and etcd-client are not on this machine"))
  struct FleetTests {
    private static let shared = Task { try await EtcdCluster() }

    @Test func `a member starts its command with the document, and nothing of cfgkit's own`() async throws {
      let host = try await FleetHost(Self.shared.value)
      _ = try host.member("web-1")
      try await host.untilServing("web-1")
      let pid = try #require(host.command(of: "web-1"))
      #expect(try host.variable("SECRET_KEY", of: pid) == FleetHost.secret)
      #expect(try host.variable("CFGKIT_X", of: pid) == nil)
      #expect(getpgid(pid) == pid)
    }

    @Test func `a rotation goes through a fleet while its commands are restarted one after the other`()
      async throws
    {
      let host = try await FleetHost(Self.shared.value)
      for name in ["web-1", "web-2", "web-3"] { _ = try host.member(name, "late=600") }
      try await host.untilServing("web-1", "web-2", "web-3")
      let before = ["web-1", "web-2", "web-3"].map { host.command(of: $0) }
      let rotation = try host.rotate("rotate", "wait=90")
      rotation.waitUntilExit()
      #expect(rotation.terminationStatus == 0, "\(host.log)")
      let text = try await host.text()
      #expect(text.contains("phase=grace gen=3"))
      try await host.until("all have the new key") {
        let pids = ["web-1", "web-2", "web-3"].compactMap { host.command(of: $0) }
        return try pids.count == 3
          && pids.allSatisfy { pid in
            let key = try host.variable("SECRET_KEY", of: pid)
            let list = try host.variable("SECRET_KEY_FALLBACKS", of: pid)
            return key != FleetHost.secret && list == FleetHost.secret
          }
      }
      #expect(zip(before, ["web-1", "web-2", "web-3"]).allSatisfy { $0 != host.command(of: $1) })
    }

    @Test func `a command does not outlive its supervisor, whose name stays on the roster and blocks`()
      async throws
    {
      let host = try await FleetHost(Self.shared.value)
      let member = try host.member("web-1")
      try await host.untilServing("web-1")
      kill(member.processIdentifier, SIGKILL)
      try await host.until("the command is gone") { host.command(of: "web-1") == nil }
      try await host.until("the member is silent") { try await host.roster().first?.acknowledgement == nil }
      let prepare = try host.rotate("prepare")
      prepare.waitUntilExit()
      let promote = try host.rotate("promote")
      promote.waitUntilExit()
      #expect(promote.terminationStatus == 75)
      #expect(host.log.contains("web-1 is silent"))
      let forget = try host.rotate("promote", "forget=web-1", "no-members=1")
      forget.waitUntilExit()
      #expect(forget.terminationStatus == 0)
    }

    @Test func `TERM goes to the command and all that it started, and the name leaves the roster`()
      async throws
    {
      let host = try await FleetHost(Self.shared.value)
      let command =
        "trap 'exit 3' TERM; echo $$ >'\(host.file("web-1").path)'; sleep 1000 & echo $! >'\(host.file("below").path)'; wait"
      let member = try host.member("web-1", command: command)
      try await host.untilServing("web-1")
      #expect(host.command(of: "below") != nil)
      member.terminate()
      member.waitUntilExit()
      #expect(member.terminationStatus == 3)
      #expect(try await host.roster().isEmpty)
      #expect(host.command(of: "below") == nil)
    }

    @Test func `a command that ends takes its supervisor with it, and its code`() async throws {
      let host = try await FleetHost(Self.shared.value)
      for (command, code) in [("exit 7", 7), ("kill -9 $$", 137), ("exec /none", 127)] as [(String, Int32)] {
        let member = try host.member("web-1", command: command)
        member.waitUntilExit()
        #expect(member.terminationStatus == code)
      }
      #expect(try await host.roster().isEmpty)
    }

    @Test
    func `a document that is not valid, or that the command does not start with, leaves the old command`()
      async throws
    {
      let host = try await FleetHost(Self.shared.value)
      let command = "test \"$BAD\" = 1 && exit 1; echo $$ >'\(host.file("web-1").path)'; exec sleep 1000"
      _ = try host.member("web-1", "alive=0.5", command: command)
      try await host.untilServing("web-1")
      let pid = host.command(of: "web-1")
      try await EtcdStore.with(host.address) { store in
        try await store.update(as: OperationID()) { try $0.set("SECRET_KEY", to: "weak") }
      }
      try await host.until("it says so") { host.log.contains("invalidDocument") }
      #expect(host.command(of: "web-1") == pid)
      try await EtcdStore.with(host.address) { store in
        try await store.update(as: OperationID()) { document in
          try document.set("SECRET_KEY", to: FleetHost.secret)
          try document.set("BAD", to: "1")
        }
      }
      try await host.until("it goes back") {
        host.log.contains("goneBack") && host.command(of: "web-1") != nil
      }
    }

    @Test
    func
      `two processes of one name: the second ends with 75, by its state at once and by its name after a lease`()
      async throws
    {
      let host = try await FleetHost(Self.shared.value)
      let state = "state=\(host.folder.path)/state"
      _ = try host.member("web-1", state)
      try await host.untilServing("web-1")
      let same = try host.member("web-1", state)
      same.waitUntilExit()
      #expect(same.terminationStatus == 75)
      let other = try host.member("web-1")
      other.waitUntilExit()
      #expect(other.terminationStatus == 75)
    }

    @Test func `by signal a command reads the file that was written before, for its owner only`() async throws
    {
      let host = try await FleetHost(Self.shared.value)
      let file = host.folder.appendingPathComponent("live.env")
      let seen = host.folder.appendingPathComponent("seen")
      let command =
        "trap 'cat \(file.path) >\(seen.path)' HUP; echo $$ >'\(host.file("web-1").path)'; while :; do sleep 0.1; done"
      _ = try host.member("web-1", "signal=1", "file=\(file.path)", command: command)
      try await host.untilServing("web-1")
      let pid = host.command(of: "web-1")
      #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
      let prepare = try host.rotate("prepare")
      prepare.waitUntilExit()
      try await host.until("it is acknowledged") {
        try await host.roster().first?.acknowledgement?.rings["SECRET_KEY"]?.generation == 1
      }
      #expect(host.command(of: "web-1") == pid)
      let read = try String(contentsOf: seen, encoding: .utf8)
      #expect(read.contains("SECRET_KEY_FALLBACKS="))
    }

    @Test func `a member starts while the store is down, with what it kept sealed on its disk`() async throws
    {
      let cluster = try await EtcdCluster()
      let host = try await FleetHost(cluster)
      let state = "state=\(host.folder.path)/state"
      let member = try host.member("web-1", state)
      try await host.untilServing("web-1")
      kill(member.processIdentifier, SIGKILL)
      try await host.until("the command is gone") { host.command(of: "web-1") == nil }
      let sealed = try Data(contentsOf: host.folder.appendingPathComponent("state/web-1.sealed"))
      #expect(sealed.range(of: Data(FleetHost.secret.utf8)) == nil)
      cluster.kill(0)
      _ = try host.member("web-1", state)
      try await host.until("it started") { host.command(of: "web-1") != nil }
      let pid = try #require(host.command(of: "web-1"))
      #expect(try host.variable("SECRET_KEY", of: pid) == FleetHost.secret)
      try cluster.start(0)
      try await cluster.expectAnswer()
      try await host.untilServing("web-1")
      #expect(host.command(of: "web-1") == pid)
    }

    @Test func `a member whose clean stop gave its place back waits for the store instead`() async throws {
      let cluster = try await EtcdCluster()
      let host = try await FleetHost(cluster)
      let state = "state=\(host.folder.path)/state"
      let member = try host.member("web-1", state)
      try await host.untilServing("web-1")
      member.terminate()
      member.waitUntilExit()
      cluster.kill(0)
      let again = try host.member("web-1", state)
      try await host.until("it says why") { host.log.contains("savedIsTooOld") }
      #expect(host.command(of: "web-1") == nil)
      #expect(again.isRunning)
      try cluster.start(0)
      try await host.untilServing("web-1")
    }

    @Test func `members serve on through an outage of the store, and are alive again after it`() async throws
    {
      let cluster = try await EtcdCluster()
      let host = try await FleetHost(cluster)
      _ = try host.member("web-1")
      try await host.untilServing("web-1")
      let pid = host.command(of: "web-1")
      cluster.kill(0)
      try await Task.sleep(for: .seconds(4))
      #expect(host.command(of: "web-1") == pid)
      try cluster.start(0)
      try await host.untilServing("web-1")
      #expect(host.command(of: "web-1") == pid)
    }

    @Test func `a member that falls silent stops its command before the others go on without it`()
      async throws
    {
      let cluster = try await EtcdCluster()
      let host = try await FleetHost(cluster, pragmas: "forget-after=8s")
      _ = try host.member("web-1", "fence=8")
      try await host.untilServing("web-1")
      let begun = ContinuousClock.now
      cluster.kill(0)
      try await host.until("it fenced itself") {
        host.log.contains("fenced") && host.command(of: "web-1") == nil
      }
      #expect(begun.duration(to: .now) < .seconds(8))
      try cluster.start(0)
      try await host.untilServing("web-1")
    }

    @Test func `a rotation goes on when the leader is killed, and when its coordinator is`() async throws {
      let cluster = try await EtcdCluster(3)
      let host = try await FleetHost(cluster)
      for name in ["web-1", "web-2", "web-3"] { _ = try host.member(name, "late=600") }
      try await host.untilServing("web-1", "web-2", "web-3")
      let first = try host.rotate("rotate", "wait=120")
      try await host.until("it has begun") { try await host.text().contains("phase=staged") }
      let leader = try cluster.leader()
      cluster.kill(leader)
      try await Task.sleep(for: .seconds(1))
      kill(first.processIdentifier, SIGKILL)
      let second = try host.rotate("resume", "wait=120")
      try await Task.sleep(for: .seconds(3))
      try cluster.start(leader)
      second.waitUntilExit()
      #expect(second.terminationStatus == 0, "\(host.log)")
      try await host.until("everybody serves with the end of it") {
        let members = try await host.roster()
        let text = try await host.text()
        let generations = members.map { $0.acknowledgement?.rings["SECRET_KEY"]?.generation }
        return text.contains("phase=steady gen=4") && generations == [4, 4, 4]
      }
    }
  }
#endif
