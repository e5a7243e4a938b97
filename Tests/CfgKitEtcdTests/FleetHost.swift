#if Etcd
  import CfgKit
  import CfgKitDotEnv
  import CfgKitSecrets
  import EtcdServers
  import Foundation
  import Testing

  @testable import CfgKitEtcd

  /// A folder with a schema, a document in etcd, and members that are real processes; all of it goes when the value goes.
  final class FleetHost {
    static let secret = "4f1b0a7c9d2e8356b1c0f4a97e63d852aa0c5b7e19f3d4682b7c0e91f5a3d604"

    let folder: URL
    let address: EtcdAddress
    private var processes: [Process] = []

    init(_ cluster: EtcdCluster, pragmas: String = "") async throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "cfgkit-fleet-\(UUID().uuidString)")
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
      let schema = """
        # @defaultRequired=true @defaultSensitive=false
        # ---
        # @sensitive @type=string # cfgkit: strength=128 generate=hex:32 fallback=SECRET_KEY_FALLBACKS grace=0s \(pragmas)
        SECRET_KEY=
        # @optional @sensitive @type=array(string) # cfgkit: managed
        SECRET_KEY_FALLBACKS=

        """
      try schema.write(to: folder.appendingPathComponent(".env.schema"), atomically: true, encoding: .utf8)
      address = try cluster.address()
      try await EtcdStore.with(address) { store in
        try await store.update(as: OperationID(), createIfAbsent: true) { document in
          try document.set("SECRET_KEY", to: Self.secret)
        }
      }
    }

    deinit {
      for process in processes where process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
      try? FileManager.default.removeItem(at: folder)
    }

    static var probe: String {
      Bundle.main.executableURL!.resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "FleetProbe").path
    }

    /// Starts a member whose command writes its number to a file and sleeps.
    func member(_ name: String, _ options: String..., command: String? = nil) throws -> Process {
      let command = command ?? "echo $$ >'\(file(name).path)'; exec sleep 1000"
      return try start(
        ["run", address.description, folder.path, "name=\(name)", "alive=0.2", "lease=2"] + options
          + ["--", "sh", "-c", command])
    }

    func rotate(_ goal: String, _ options: String...) throws -> Process {
      try start(["rotate", address.description, folder.path, goal, "interval=100"] + options)
    }

    private func start(_ arguments: [String]) throws -> Process {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Self.probe)
      process.arguments = arguments
      process.environment = ["PATH": "/usr/bin:/bin", "CFGKIT_X": "1"]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      let log = folder.appendingPathComponent("log")
      if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
      let handle = try FileHandle(forWritingTo: log)
      handle.seekToEndOfFile()
      process.standardError = handle
      try process.run()
      processes.append(process)
      return process
    }

    func file(_ name: String) -> URL { folder.appendingPathComponent("\(name).pid") }

    var log: String { (try? String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)) ?? "" }

    /// The number of a member's command; nil if it has none that is alive.
    func command(of name: String) -> pid_t? {
      let text = try? String(contentsOf: file(name), encoding: .utf8)
      guard let pid = text.flatMap({ pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) else {
        return nil
      }
      let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
      guard let state, !state.contains(") Z ") else { return nil }
      return pid
    }

    /// A variable of a running command.
    func variable(_ name: String, of pid: pid_t) throws -> String? {
      let block = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/environ"))
      return block.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        .first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }

    func roster() async throws -> [RosterMember] {
      try await EtcdStore.with(address) { store in try await store.members().members }
    }

    func text() async throws -> String {
      try await EtcdStore.with(address) { store in
        String(decoding: try await store.load().0.bytes, as: UTF8.self)
      }
    }

    /// Waits until something is so.
    func until(_ what: String, within seconds: Int = 30, _ isSo: () async throws -> Bool) async throws {
      for _ in 0..<seconds * 10 {
        if (try? await isSo()) == true { return }
        try await Task.sleep(for: .milliseconds(100))
      }
      Issue.record("not so in \(seconds) s: \(what)\n\(log)")
      throw StoreError(.unreachable, place: "test", what)
    }

    func untilServing(_ names: String...) async throws {
      try await until("\(names) serve") {
        try await roster().filter { $0.acknowledgement?.revision != nil }.map(\.name.description) == names
      }
    }
  }
#endif
