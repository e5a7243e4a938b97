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
    /// What a person types where the printed commands ask, one after the other.
    var typed: [String] = []
    var testDescription: String { rule }
  }

  static let head =
    "# @defaultRequired=true # cfgkit: rules=flask,django,laravel,rails,nextjs,swift-server\n# ---\n\n"
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
    Case(rule: "fallback-invalid", schema: secretKey, env: strong + "OLD_KEYS=\(ValueTests.secret)\n"),
    Case(
      rule: "fallback-invalid", schema: secretKey,
      env: strong + "OLD_KEYS=\(RotationStepsTests.other),\(ValueTests.secret)\n"),
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
    Case(rule: "not-ignored", env: strong, files: [".gitignore": "node_modules"]),
    Case(
      rule: "in-docker-context", env: strong,
      files: ["Dockerfile": "FROM a\nCOPY . /app\n", ".dockerignore": "node_modules"]),
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
    Case(
      rule: "known-secret", schema: secretKey,
      env: "SECRET_KEY=192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf\n"),
    Case(
      rule: "shared-secret", schema: secretKey + "# @sensitive\nJWT_KEY=\n",
      env: strong + "JWT_KEY=\(ValueTests.secret)\n"),
    Case(
      rule: "rotation-drift", schema: secretKey,
      env: strong + "OLD_KEYS=6a9b8be000fcf00eff681a421ed5580226ca79d85a41c524b6651444c06e6f92\n"),
    Case(rule: "type-mismatch", schema: "# @type=port\nPORT=\n", env: "PORT=http\n", typed: ["8080"]),
    Case(rule: "out-of-range", schema: "# @type=port(min=1024)\nPORT=\n", env: "PORT=80\n", typed: ["8080"]),
    Case(rule: "ambiguous-unit", schema: "# @type=duration\nWAIT=\n", env: "WAIT=30\n", typed: ["30s"]),
    Case(
      rule: "flask/redis-url-missing", schema: "SESSION_TYPE=\n# @optional\nREDIS_URL=\n",
      env: "SESSION_TYPE=redis\n", typed: ["redis://cache:6379/0"]),
    Case(rule: "flask/bool-json", env: "FLASK_TESTING=False\n"),
    Case(
      rule: "flask/key-json",
      schema: "# @sensitive # cfgkit: strength=64 generate=alnum:40\nFLASK_SECRET_KEY=\n",
      env: "FLASK_SECRET_KEY=83514962047715930288\n"),
    Case(
      rule: "django/cookie-secure", schema: "CSRF_COOKIE_SECURE=false\n", env: "CSRF_COOKIE_SECURE=false\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(
      rule: "django/https", schema: "SECURE_SSL_REDIRECT=false\n", env: "SECURE_SSL_REDIRECT=false\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(
      rule: "laravel/debug", schema: "APP_DEBUG=false\n", env: "APP_DEBUG=true\n",
      environment: ["CFGKIT_ENV": "production"]),
    Case(
      rule: "laravel/session-secure", schema: "SESSION_SECURE_COOKIE=true\n",
      env: "SESSION_SECURE_COOKIE=false\n", environment: ["CFGKIT_ENV": "production"]),
    Case(
      rule: "nextjs/auth-secret-hides", schema: "# @optional\nAUTH_SECRET=\n# @optional\nAUTH_SECRET_1=\n",
      env: "AUTH_SECRET=\(ValueTests.secret)\n"
        + "AUTH_SECRET_1=6a9b8be000fcf00eff681a421ed5580226ca79d85a41c524b6651444c06e6f92\n"),
    Case(
      rule: "flask/stale-sessions", schema: secretKey + "SESSION_TYPE=\n",
      env: "# cfgkit: rotated=2098-01-01\n" + strong + "SESSION_TYPE=filesystem\n",
      files: ["flask_session/2029240f6d1128be89ddc32729463129": "x"], verb: "doctor"),
  ]

  /// The syntax rules, each with a value that a person means and types.
  static let syntax: [Case] = [
    Case(rule: "text-after-quote", env: "A=\"x\" y\n", typed: ["x y"]),
    Case(rule: "unknown-escape", env: "A=\"\\d+\"\n", typed: ["d+"]),
    Case(rule: "value-starts-with-hash", env: "A=#ff0000\n", typed: ["#ff0000"]),
    Case(rule: "backtick-quote", env: "A=`x`\n", typed: ["x"]),
    Case(rule: "hash-in-unquoted", env: "A=a#b\n", typed: ["a#b"]),
    Case(rule: "invisible-character", env: "A=a\u{200B}b\n", typed: ["ab"]),
    Case(rule: "trailing-backslash", env: "A=C:\\data\\\nB=1\n", typed: ["C:/data"]),
    Case(rule: "escape-in-unquoted", env: "A=\\$5\n", typed: ["$5"]),
    Case(rule: "unterminated-expansion", env: "A=http://${HOST\n", typed: ["http://host"]),
    Case(rule: "bad-expansion", env: "A=${HOST^^}\n", typed: ["host"]),
    Case(rule: "unbraced-dollar", env: "A=pa$word\n", typed: ["pa$word"]),
    Case(rule: "undefined-variable", env: "A=${NOWHERE}\n", typed: ["x"]),
    Case(rule: "command-substitution", env: "A=$(id)\n", typed: ["$(id)"]),
    Case(rule: "space-around-equals", env: "A = 1\n"),
    Case(rule: "unquoted-space", env: "A=b c\n"),
    Case(rule: "hash-after-quote", env: "A=\"b\"#c\n"),
    Case(rule: "literal-dollar", env: "A=$5\n"),
    Case(
      rule: "ambiguous-value", schema: "# @defaultRequired=false # cfgkit: dialects=docker\n# ---\nA=\n",
      env: "A='abc'\n"),
  ]

  /// What prints no command that a test here could run, and why.
  static let withoutCommand: [String: String] = [
    "file-too-large": "another file is meant", "utf16": "an editor saves it anew",
    "nul-byte": "an editor saves it anew", "invalid-utf8": "an editor saves it anew",
    "unlisted": "what is listed comes first", "bad-key": "nobody knows which key is meant",
    "missing-equals": "nobody knows whether it is a key",
    "colon-separator": "nobody knows whether it is a key", "unterminated-quote": "nobody knows where it ends",
    "required-variable": "the variable's value is unknown",
    "expansion-too-deep": "nobody knows what is meant", "value-too-large": "nobody knows what is meant",
    "duplicate-key": "an edit, which --fix makes", "non-posix-key": "the program decides about the name",
    "secret-in-url": "the schema or the program has to change",
    "fallback-format": "an edit of a list of secrets",
    "managed-line": "an edit", "unknown-key": "nobody knows which of two keys is meant",
    "bool-spelling": "an edit, which --fix makes", "schema-invalid": "an edit of the schema",
    "resolved-elsewhere": "nothing is wrong", "unused-suppression": "an edit",
    "env-mismatch": "the caller decides", "symlink": "nothing is wrong",
    "file-not-read": "the caller decides which environment is meant",
    "shadowed": "its command explains and changes nothing",
    "quoted-value": "the variable is set outside of the project",
    "flask/session-signer": "its command explains and changes nothing",
    "flask/session-store-local": "the address of the new store is unknown",
    "flask/secret-alias": "nobody knows which of two secrets is the right one",
    "flask/session-file-dir": "the folder is unknown",
    "flask/signer-no-rotation": "the program has to change",
    "flask/database-scheme": "the value is a secret, which a person types anew",
    "flask/session-before-config": "the program has to change",
    "flask/random-key": "the program has to change",
    "flask/env-not-loaded": "the program is started elsewhere",
    "flask/fallbacks-text": "the program has to change",
    "flask/session-redis-text": "the program has to change", "django/allowed-hosts": "the names are unknown",
    "rails/master-key": "the value is a secret, which a person types",
    "rails/no-rotator": "the program has to change", "express/memory-store": "the program has to change",
    "express/cookie-secure": "the program has to change",
    "better-auth/secret-version": "an edit of a list of secrets",
    "nextjs/public-secret": "the program has to change",
    "service-unreachable": "the service is started elsewhere",
    "service-tls": "the service is set up elsewhere",
    "service-auth": "the service is set up elsewhere",
    "runtime-too-old": "an interpreter has to be installed",
    "one-sided-key": "diff's commands are run in GoldenTests, between two files",
    // Their commands are run in Tests/Frameworks, by a real pip.
    "flask/signer-bytes": "test_combinations", "flask/sid-fixation": "test_combinations",
    "flask/fallbacks-version": "test_combinations", "dependency-conflict": "test_combinations",
    "dependency-missing": "test_combinations", "not-as-pinned": "test_combinations",
    "django/fallbacks-version": "Django 4.1 does not run on the Python of today",
    // No package of these is at hand where the tests run.
    "laravel/cached-config": "Laravel's own command", "laravel/fallbacks-version": "composer's command",
  ]

  @Test func everyRuleThatPrintsACommandIsHere() {
    let rules = Scratch().cfgkit("rules").stdout.split(separator: "\n").map {
      String($0.split(separator: " ")[1])
    }
    let shown = Set((Self.cases + Self.syntax).map(\.rule))
    #expect(rules.count > 100)
    #expect(Set(rules).subtracting(shown).subtracting(Self.withoutCommand.keys) == [])
    #expect(shown.isDisjoint(with: Self.withoutCommand.keys))
    #expect(shown.union(Self.withoutCommand.keys).subtracting(rules) == [])
  }

  /// What only `doctor` prints as a command, since it has no `--fix`.
  static let edits: [Case] = [
    Case(rule: "bool-spelling", schema: "# @type=boolean\nA=\n", env: "A=False\n"),
    Case(rule: "duplicate-key", env: "A=1\nA=1\n"),
  ]

  @Test(arguments: cases + syntax) func aPrintedFixWorks(example: Case) throws {
    try work(example)
  }

  @Test(arguments: cases + syntax + edits) func aFixThatDoctorPrintsWorks(example: Case) throws {
    var example = example
    example.verb = "doctor"
    try work(example)
  }

  @Test(arguments: cases + syntax + edits) func doctorCallsOnlyCommandsAFix(example: Case) throws {
    let outcome = example.scratch().cfgkit("doctor", "--fail-on", "info", environment: example.environment)
    for line in outcome.stdout.split(separator: "\n") where line.contains("  fix: ") {
      let words = line.drop { $0 == " " }.dropFirst("fix: ".count).split(separator: " ")
      #expect(Self.programs.contains(String(words[0])), "\(line)")
      #expect(!line.contains("…"), "\(line)")
    }
  }

  /// What printed commands begin with.
  static let programs: Set = [
    "cfgkit", "chmod", "chown", "composer", "echo", "git", "php", "pip", "printf", "rm",
  ]

  private func work(_ example: Case) throws {
    let scratch = example.scratch()
    let before = example.found(scratch)
    let lines = before.stdout.split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.contains("[\(example.rule)]") }, "\(before.stdout)")
    let line = try #require(lines[index...].first { $0.contains("fix: ") })
    let fix = try #require(line.components(separatedBy: "fix: ").last?.replacing(" (safe, --fix)", with: ""))
    let outcome = scratch.shell(fix, environment: example.environment, typing: example.typed)
    #expect(outcome.status == 0, "\(fix): \(outcome.text)")
    // What is in git's history stays there, but is no error any more.
    let mark =
      example.verb == "doctor" && example.rule == "in-git-history"
      ? "FAIL  .env is in git" : "[\(example.rule)]"
    let after = example.found(scratch)
    #expect(!after.stdout.contains(mark), "\(fix): \(after.stdout)")
  }
}

extension FixTests.Case {
  /// A repository with the files of the case.
  func scratch() -> Scratch {
    let scratch = Scratch(files)
    rmdir(scratch.path + "/.git")
    scratch.git("init", "-q")
    if !schema.isEmpty {
      scratch.write(".env.schema", (schema.contains("dialects=") ? "" : FixTests.head) + schema)
    }
    if !env.isEmpty { scratch.write(".env", env) }
    if schema.isEmpty, rule.contains("/") { scratch.write(".env.schema", FixTests.head) }
    if rule == "file-mode" { chmod(scratch.path + "/.env", 0o644) }
    if !tracked.isEmpty {
      scratch.git("add", "-f", ".env")
      scratch.git("commit", "-qm", "x")
    }
    return scratch
  }

  /// What the verb says.
  func found(_ scratch: Scratch, format: String = "text") -> Outcome {
    scratch.cfgkit(verb, "--fail-on", "info", "--format", format, environment: environment)
  }
}

extension Scratch {
  /// Runs a line in a shell here, with the built binary as `cfgkit`; on a terminal if something is typed at hidden prompts.
  func shell(
    _ line: String, environment: [String: String] = [:], typing typed: [String] = []
  ) -> (status: Int32, text: String) {
    if !typed.isEmpty {
      let folder = (binary as NSString).deletingLastPathComponent
      let path = ["PATH": "\(folder):/usr/local/bin:/usr/bin:/bin"]
      let terminal = PseudoTerminal(
        ["-c", line], in: self, environment: environment.merging(path) { $1 }, program: "/bin/sh")
      for text in typed where terminal.hidesWhatIsTyped() { terminal.type(text + "\n") }
      return (terminal.finish(), terminal.screen)
    }
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
