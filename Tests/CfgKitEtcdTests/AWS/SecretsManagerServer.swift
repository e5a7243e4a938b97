#if Etcd
  import CfgKit
  import Foundation
  import Testing

  @testable import CfgKitEtcd

  /// AWS Secrets Manager on this machine, by moto, which checks every signature with AWS's own library. It goes when the value goes.
  final class SecretsManagerServer: @unchecked Sendable {
    /// The access key that it admits.
    private struct Admission: Decodable {
      let port: Int
      let key: String
      let secret: String
    }

    private static let python = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build-venv/aws/bin/python").path

    /// Whether `Scripts/setup test` has made its environment.
    static let isInstalled = FileManager.default.isExecutableFile(atPath: python)

    static let shared = Result { try SecretsManagerServer() }

    private let process: Process
    private let admission: Admission

    init() throws {
      let (input, output) = (Pipe(), Pipe())
      process = try Self.run("secrets-manager", input, output)
      let line = output.fileHandleForReading.availableData
      admission = try JSONDecoder().decode(Admission.self, from: line)
      keptOpen = input
    }

    /// The server stops when this closes, also where this process is killed.
    private let keptOpen: Pipe

    var port: Int { admission.port }

    /// What a process is started with that uses it.
    func environment(port: Int? = nil, _ changes: [String: String] = [:]) -> EnvironmentBlock {
      .made(variables(port: port).merging(changes) { $1 })
    }

    /// The same as a dictionary.
    func variables(port: Int? = nil) -> [String: String] {
      [
        "AWS_ACCESS_KEY_ID": admission.key, "AWS_SECRET_ACCESS_KEY": admission.secret,
        "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port ?? admission.port)",
      ]
    }

    /// A profile of a shared credentials file.
    var profile: String {
      "[default]\naws_access_key_id = wrong\n\n# mine\n[work]\naws_access_key_id=\(admission.key)\r\n"
        + "aws_secret_access_key = \(admission.secret)\n"
    }

    /// The address of a secret of its own.
    static func address() throws -> AWSAddress {
      try AWSAddress(parsing: "aws-sm://eu-central-1/test/\(UUID().uuidString)")
    }

    /// Runs one of the scripts beside these tests.
    static func run(_ script: String, _ input: Pipe, _ output: Pipe) throws -> Process {
      let script = try #require(
        Bundle.module.url(forResource: script, withExtension: "py", subdirectory: "Data"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = [script.path]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
  }
#endif
