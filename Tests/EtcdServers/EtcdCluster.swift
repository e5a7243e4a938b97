import Foundation

/// Servers of etcd on this machine, in a folder of their own; they go when the value goes.
package final class EtcdCluster: @unchecked Sendable {
  /// Whether etcd is installed (Debian: etcd-server, etcd-client).
  package static let isInstalled = ["etcd", "etcdctl"].allSatisfy { tool in
    ["/usr/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
  }

  private let ports: [Int]
  private let peerPorts: [Int]
  private let folder: URL
  private let extra: [String]
  private var nodes: [Process?]
  private let usesTLS: Bool

  /// - Parameter extra: more arguments for each server.
  package init(_ count: Int = 1, usesTLS: Bool = false, extra: [String] = []) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "cfgkit-etcd-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    ports = try Self.freePorts(count * 2)
    peerPorts = Array(ports.suffix(count))
    nodes = Array(repeating: nil, count: count)
    self.extra = extra
    self.usesTLS = usesTLS
    for node in 0..<count { try start(node) }
    if !usesTLS { try await expectAnswer() }
  }

  deinit {
    for node in nodes.indices { kill(node) }
    try? FileManager.default.removeItem(at: folder)
  }

  package var clientPorts: [Int] { Array(ports.prefix(nodes.count)) }

  /// The address of a document of its own.
  package func url(_ prefix: String = "test/\(UUID().uuidString)") -> String {
    let servers = clientPorts.map { "127.0.0.1:\($0)" }.joined(separator: ",")
    return "etcd://\(servers)/\(prefix)"
  }

  package func start(_ node: Int) throws {
    let scheme = usesTLS ? "https" : "http"
    let cluster = peerPorts.indices.map { "e\($0)=http://127.0.0.1:\(peerPorts[$0])" }
    let client = "\(scheme)://127.0.0.1:\(clientPorts[node])"
    let peer = "http://127.0.0.1:\(peerPorts[node])"
    nodes[node] = try Self.run(
      "etcd",
      [
        "--name", "e\(node)", "--data-dir", folder.appendingPathComponent("e\(node)").path,
        "--initial-cluster", cluster.joined(separator: ","), "--initial-cluster-state", "new",
        "--log-level", "error", "--listen-client-urls", client, "--advertise-client-urls", client,
        "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
      ] + extra)
  }

  package func kill(_ node: Int) {
    guard let process = nodes[node] else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    nodes[node] = nil
  }

  /// The disk of a server is lost.
  package func forget(_ node: Int) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent("e\(node)"))
  }

  /// The server that leads.
  package func leader() throws -> Int {
    for node in nodes.indices where nodes[node] != nil {
      let status = try control(
        "--endpoints", "127.0.0.1:\(clientPorts[node])", "endpoint", "status", "-w", "fields")
      func field(_ name: String) -> Substring? {
        status.split(separator: "\n").first { $0.hasPrefix("\"\(name)\"") }?.split(separator: ":").last
      }
      if let leader = field("Leader"), leader == field("MemberID") { return node }
    }
    return 0
  }

  /// Runs etcdctl, and gives what it prints.
  @discardableResult
  package func control(_ arguments: String...) throws -> String {
    let pipe = Pipe()
    let hasEndpoints = arguments.contains("--endpoints")
    let process = try Self.run(
      "etcdctl", (hasEndpoints ? [] : ["--endpoints", "127.0.0.1:\(clientPorts[0])"]) + arguments,
      output: pipe)
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  /// Writes the bytes of a file at a key.
  package func control(putting file: String, at key: String) throws {
    let process = try Self.run(
      "sh", ["-c", "etcdctl --endpoints 127.0.0.1:\(clientPorts[0]) put \(key) <'\(file)'"])
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw NotStarted() }
  }

  /// A server that shows a certificate and wants one.
  package static func secured(by certificates: Certificates) async throws -> EtcdCluster {
    try await EtcdCluster(
      usesTLS: true,
      extra: [
        "--cert-file", certificates["server.pem"], "--key-file", certificates["server.key"],
        "--client-cert-auth", "--trusted-ca-file", certificates["ca.pem"],
      ])
  }

  /// A proxy before the first server that spoils the first answers to a path.
  package func proxy(_ path: String, _ count: Int, _ how: String) throws -> SpoilingProxy {
    try SpoilingProxy(before: clientPorts[0], path, count, how)
  }

  package func expectAnswer() async throws {
    for _ in 0..<100 {
      if try control("get", "nothing", "-w", "fields").contains("Revision") { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    throw NotStarted()
  }

  static func run(_ tool: String, _ arguments: [String], output: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  private static func freePorts(_ count: Int) throws -> [Int] {
    let sockets = (0..<count).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    defer { for socket in sockets { close(socket) } }
    return sockets.map { socket in
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          _ = bind(socket, address, length)
          getsockname(socket, address, &length)
        }
      }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }
}

/// Something between a client and a server that spoils answers.
package final class SpoilingProxy {
  package let port: Int
  private let process: Process

  package init(before target: Int, _ path: String, _ count: Int, _ how: String) throws {
    guard let script = Bundle.module.url(forResource: "proxy", withExtension: "py", subdirectory: "Data")
    else { throw NotStarted() }
    let pipe = Pipe()
    process = try EtcdCluster.run(
      "python3", [script.path, "\(target)", path, "\(count)", how], output: pipe)
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw NotStarted() }
    self.port = port
  }

  deinit {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The address of a document of its own, through the proxy.
  package func url(_ prefix: String = "test/\(UUID().uuidString)") -> String {
    "etcd://127.0.0.1:\(port)/\(prefix)"
  }
}

/// A server or the proxy did not come up.
struct NotStarted: Error {}
