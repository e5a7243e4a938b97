import Foundation
import Testing

/// The fixes that findings print: each is done exactly as printed, and the finding is gone.
@Suite struct FixTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: String
    var schema = ""
    var env = ""
    var files: [String: String] = [:]
    var verb = "validate"
    var environment: [String: String] = [:]
    /// What git knows before.
    var tracked: [String] = []
    var testDescription: String { rule }
  }

  static let head =
    "# @defaultRequired=true # cfgkit: rules=flask,django,laravel,rails,swift-server\n# ---\n\n"
  static let secretKey =
    "# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 distinct rotate=180d fallback=OLD_KEYS\n"
    + "SECRET_KEY=\n\n# @optional @sensitive # cfgkit: managed\nOLD_KEYS=\n\n"
  static let strong = "SECRET_KEY=\(ValueTests.secret)\n"

  static let cases: [Case] = [
    Case(rule: "placeholder-secret", schema: secretKey, env: "SECRET_KEY=your-secret-key-here\n"),
    Case(rule: "short-secret", schema: secretKey, env: "SECRET_KEY=x9Qv2\n"),
    Case(
      rule: "weak-secret", schema: secretKey, env: "SECRET_KEY=0123456789abcdef0123456789abcdef0123456789\n"),
    Case(rule: "secret-equals-name", schema: secretKey, env: "SECRET_KEY=secret-key\n"),
    Case(rule: "secret-expired", schema: secretKey, env: "# cfgkit: rotated=2020-01-01\n" + strong),
    Case(rule: "fallback-invalid", schema: secretKey, env: strong + "OLD_KEYS=changeme\n"),
    Case(rule: "missing-required", schema: secretKey, env: "SECRET_KEY=\n"),
    Case(
      rule: "must-be", schema: "# @type=boolean # cfgkit: must-be=true when=production\nSECURE=false\n",
      env: "SECURE=false\n", environment: ["CFGKIT_ENV": "production"]),
    Case(rule: "deprecated-key", schema: "# @deprecated=\"no effect\"\nOLD=\n", env: "OLD=1\n"),
    Case(
      rule: "group-unsatisfied",
      schema: "# @optional # cfgkit: group=g one-of\nA=\n# @optional # cfgkit: group=g\nB=\n",
      env: "A=1\nB=2\n"),
    Case(rule: "file-mode", env: strong),
    Case(rule: "not-ignored", env: strong, tracked: []),
    Case(rule: "tracked-by-git", env: strong, tracked: [".env"]),
    Case(rule: "file-missing", schema: secretKey),
    Case(rule: "in-docker-context", env: strong, files: ["Dockerfile": "FROM a\nCOPY . /app\n"]),
    Case(rule: "redirect-file", env: strong, files: ["=0.5.0": ""], verb: "doctor"),
    Case(rule: "in-git-history", schema: secretKey, env: strong, verb: "doctor", tracked: [".env"]),
    Case(
      rule: "flask/cookie-secure", schema: "SESSION_COOKIE_SECURE=false\n",
      env: "SESSION_COOKIE_SECURE=false\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(
      rule: "flask/secure-over-http", schema: "SESSION_COOKIE_SECURE=false\nPREFERRED_URL_SCHEME=http\n",
      env: "SESSION_COOKIE_SECURE=true\nPREFERRED_URL_SCHEME=http\n"),
    Case(
      rule: "flask/https", schema: "PREFERRED_URL_SCHEME=http\n", env: "PREFERRED_URL_SCHEME=http\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(rule: "flask/session-type-null", schema: "SESSION_TYPE=\n", env: "SESSION_TYPE=null\n"),
    Case(
      rule: "flask/signer-needs-secret",
      schema:
        "SESSION_USE_SIGNER=\n# @optional @sensitive # cfgkit: strength=128 generate=hex:32\nSECRET_KEY=\n",
      env: "SESSION_USE_SIGNER=true\n"),
    Case(
      rule: "django/debug", schema: "DEBUG=false\n", env: "DEBUG=true\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(rule: "rails/dummy-key", schema: "SECRET_KEY_BASE_DUMMY=\n", env: "SECRET_KEY_BASE_DUMMY=1\n"),
    Case(
      rule: "laravel/key-size", schema: "# @sensitive # cfgkit: strength=128 generate=laravel:32\nAPP_KEY=\n",
      env: "APP_KEY=base64:c2hvcnQ=\n"),
    Case(
      rule: "swift-server/jwt-length",
      schema: "# @sensitive # cfgkit: strength=96 generate=base64url:32\nJWT_SECRET=\n",
      env: "JWT_SECRET=q8Zr2vK0xT5wLm7YbN4cD1\n"),
  ]

  @Test(arguments: cases) func aPrintedFixWorks(example: Case) throws {
    let scratch = Scratch(example.files)
    rmdir(scratch.path + "/.git")
    scratch.git("init", "-q")
    if !example.schema.isEmpty { scratch.write(".env.schema", Self.head + example.schema) }
    if !example.env.isEmpty { scratch.write(".env", example.env) }
    if example.rule == "file-mode" { chmod(scratch.path + "/.env", 0o644) }
    if !example.tracked.isEmpty {
      scratch.git("add", "-f", ".env")
      scratch.git("commit", "-qm", "x")
    }
    func found() -> Outcome {
      scratch.cfgkit(example.verb, "--fail-on", "info", environment: example.environment)
    }
    let before = found()
    let lines = before.stdout.split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.contains("[\(example.rule)]") }, "\(before.stdout)")
    let line = try #require(lines[index...].first { $0.contains("fix: ") })
    let fix = try #require(line.components(separatedBy: "fix: ").last?.replacing(" (safe, --fix)", with: ""))
      .replacing("replace what it held: ", with: "")
    let outcome = scratch.shell(fix, environment: example.environment)
    #expect(outcome.status == 0, "\(fix): \(outcome.text)")
    // What is in git's history stays there, but is no error any more.
    let mark =
      example.verb == "doctor" && example.rule == "in-git-history"
      ? "FAIL  .env is in git" : "[\(example.rule)]"
    #expect(!found().stdout.contains(mark), "\(fix): \(found().stdout)")
  }
}

extension Scratch {
  /// Runs a line in a shell here, with the built binary as `cfgkit`.
  func shell(_ line: String, environment: [String: String] = [:]) -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let folder = (binary as NSString).deletingLastPathComponent
    process.environment = ["PATH": "\(folder):/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"].merging(
      environment
    ) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try? process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
