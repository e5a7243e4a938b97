import Foundation

@testable import MemoryProbe

/// Two projects with random secrets, for the probe to use and then to look for in its own memory.
final class ProbedProject {
  /// What the probe's run left behind.
  struct Outcome {
    let lines: [String]
    let errors: String
    /// The signal that ended it, or 0.
    let signal: Int32
  }

  let folder: URL
  /// The values, one of each kind.
  let values: [String]
  /// The value of a variable of the probe's environment.
  let variable = ProbedProject.value(40)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cfgkit-probe-\(UUID().uuidString)")
    let names = ["signing", "password", "escaped", "multiline", "commented", "misplaced"]
    let values = names.enumerated().map { Self.value(24 + 8 * $0.offset) }
    self.values = values
    for name in ["valid", "invalid"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: "\(name)/.git"), withIntermediateDirectories: true)
    }
    try write("valid/.env.schema", Self.schema)
    try write(
      "valid/.env",
      """
      # DB_PASSWORD=\(values[4])
      SECRET_KEY=\(values[0])\(values[1])
      DB_PASSWORD=\(values[1])
      DATABASE_URL="postgres://app:${DB_PASSWORD}@db/app"
      ESCAPED="first line\\n\(values[2])\\\\ \\"quoted\\""
      MULTI='-----BEGIN-----
      \(values[3])
      -----END-----'
      PORT=8080

      """)
    try write(
      "invalid/.env.schema",
      "# @defaultRequired=true @defaultSensitive=true\n# ---\n\n"
        + Self.types.enumerated().map { "# @type=\($0.element)\nKEY_\($0.offset)=\n\n" }.joined())
    try write(
      "invalid/.env",
      Self.types.indices.map { "KEY_\($0)=\(values[5])\n" }.joined() + "\(values[5])\n")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Every type whose reader looks at the text of a value.
  private static let types = [
    "boolean", "enum(alpha, beta)", "host", "ip", "email", "semver", "isoDate", "duration", "bytes", "number",
    "integer", "port", "url", "uuid", "base64(32)", "hex(32)", "string(matches=\"^x\")",
    "path(mustExist=true)",
    "array(duration)",
  ]

  private static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # ---

    # @sensitive @type=string(minLength=32, matches="^[A-Za-z0-9]+$") # cfgkit: strength=128 generate=hex:32 fallback=OLD_KEYS
    SECRET_KEY=

    # @optional @sensitive # cfgkit: managed
    OLD_KEYS=

    # @sensitive @type=url
    DATABASE_URL=

    # @sensitive
    DB_PASSWORD=

    # @sensitive
    ESCAPED=

    # @sensitive
    MULTI=

    # @sensitive
    FROM_ENVIRONMENT=

    # @type=port
    PORT=

    """

  private func write(_ name: String, _ text: String) throws {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  /// The value of a key in the valid project, as written.
  func writtenValue(of key: String) throws -> String {
    let text = try String(contentsOf: folder.appending(path: "valid/.env"), encoding: .utf8)
    return text.split(separator: "\n").last { $0.hasPrefix("\(key)=") }.map {
      String($0.dropFirst(key.count + 1))
    } ?? ""
  }

  private static func value(_ count: Int) -> String {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return String((0..<count).map { _ in alphabet.randomElement()! })
  }

  /// Runs the probe; `limits` are words of a shell that are said first. The runtime's own report of a crash would take long.
  func probe(
    _ command: String, needles: [String] = [], variable: String = "", limits: String = "",
    through: [String] = []
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let masked = needles.map { value in
      value.utf8.map { byte in
        let digits = String(byte ^ Needle.mask, radix: 16)
        return digits.count == 1 ? "0\(digits)" : digits
      }.joined()
    }
    let binary = Bundle.main.executableURL!.resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "MemoryProbe").path
    process.arguments =
      ["-c", "\(limits) exec \"$@\"", "sh"] + through + [binary, command, folder.path] + masked
    process.environment = [
      "PATH": "/usr/bin:/bin", "FROM_ENVIRONMENT": variable, "SWIFT_BACKTRACE": "enable=no",
    ]
    process.currentDirectoryURL = folder
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Outcome(
      lines: lines.split(separator: "\n").map(String.init), errors: complaints,
      signal: process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0)
  }
}
