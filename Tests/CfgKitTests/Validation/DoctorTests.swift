import SystemPackage
import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What `doctor` finds beside `validate`: packages, source text, stray files, session stores.
@Suite struct DoctorTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let rule: String
    let files: [String: String]
    /// `place severity` of each finding, in order; none if the rule must stay silent.
    let finds: [String]
    var packages: [(String, String)] = []
    var testDescription: String { "\(rule): \(files.keys.sorted().joined(separator: " ")) \(finds)" }
  }

  static let secret = "SECRET_KEY=\(RuleExample.strong)\n"
  static let flask = "from flask import Flask\n"
  static let session = "from flask_session import Session\n"

  static let examples: [Example] = [
    // Packages and manifests
    Example(
      rule: "not-as-pinned", files: ["requirements.txt": "Flask>=3.1\n"],
      finds: ["requirements.txt:1:1 warning"], packages: [("Flask", "3.0.3")]),
    Example(
      rule: "not-as-pinned", files: ["requirements.txt": "Flask>=3.1  # newest\n"], finds: [],
      packages: [("Flask", "3.1.3")]),
    Example(
      rule: "not-as-pinned",
      files: ["pyproject.toml": "[project]\ndependencies = [\n  \"flask[async] ~= 3.1.1\",\n]\n"],
      finds: ["pyproject.toml:3:3 warning"], packages: [("Flask", "3.1.0")]),
    Example(
      rule: "not-as-pinned",
      files: ["pyproject.toml": "[tool.poetry.dependencies]\npython = \"^3.9\"\nFlask = \"^2.3\"\n"],
      finds: ["pyproject.toml:3:1 warning"], packages: [("Flask", "3.0.3")]),
    Example(
      rule: "not-as-pinned", files: ["requirements.txt": "Flask<3; python_version < \"3.8\"\n"], finds: [],
      packages: [("Flask", "3.0.3")]),
    Example(
      rule: "dependency-missing", files: ["requirements.txt": "Flask\nredis\n"],
      finds: ["requirements.txt:2:1 error"], packages: [("Flask", "3.1.3")]),
    Example(
      rule: "dependency-missing", files: ["requirements.txt": "Flask\n", "requirements-dev.txt": "pytest\n"],
      finds: [], packages: [("Flask", "3.1.3")]),
    Example(
      rule: "dependency-conflict", files: ["requirements.txt": "Flask==3.*\nWerkzeug>=2.3,<3\n"],
      finds: ["requirements.txt:2:1 error"]),
    Example(
      rule: "dependency-conflict", files: ["requirements.txt": "Flask>=2.3\nWerkzeug>=2.3,<3\n"], finds: []),
    Example(
      rule: "dependency-conflict", files: ["requirements.txt": "Flask==2.2.2\n"],
      finds: ["requirements.txt:1:1 error"]),
    Example(
      rule: "dependency-conflict",
      files: ["uv.lock": "[[package]]\nname = \"flask\"\nversion = \"2.2.2\"\n", "app.py": flask],
      finds: ["- error"]),
    Example(
      rule: "dependency-conflict",
      files: ["pdm.lock": "[[package]]\nname = \"Flask\"\nversion = \"2.2.2\"\n", "app.py": flask],
      finds: ["- error"]),
    Example(
      rule: "dependency-conflict",
      files: ["poetry.lock": "[[package]]\nname = \"flask\"\nversion = \"2.2.2\"\n", "app.py": flask],
      finds: ["- error"]),
    Example(
      rule: "dependency-conflict",
      files: [
        "Pipfile.lock": "{\"default\": {\"flask\": {\"hashes\": [\"x\"], \"version\": \"==2.2.2\"}}}",
        "app.py": flask,
      ], finds: ["- error"]),
    Example(
      rule: "dependency-conflict",
      files: [
        "Pipfile.lock": "{\"default\": {\"flask\": {\"version\": \"==3.1.3\"}}, \"develop\": {}}",
        "app.py": flask,
      ], finds: []),
    Example(
      rule: "laravel/fallbacks-version",
      files: [
        ".env": "APP_PREVIOUS_KEYS=x\n", ".env.schema": "# cfgkit: rules=laravel\n# ---\n",
        "composer.lock": "{\"packages\": [{\"name\": \"laravel/framework\", \"version\": \"v10.48.2\"}]}",
      ], finds: [".env:1:1 error"]),
    Example(
      rule: "laravel/fallbacks-version",
      files: [
        ".env": "APP_PREVIOUS_KEYS=x\n", ".env.schema": "# cfgkit: rules=laravel\n# ---\n",
        "composer.lock": "{\"packages\": [{\"name\": \"laravel/framework\", \"version\": \"v11.0.0\"}]}",
      ], finds: []),
    Example(rule: "dependency-conflict", files: ["requirements.txt": "Flask==3.1.3\n"], finds: []),
    Example(
      rule: "dependency-conflict", files: ["requirements.txt": "Flask==3.1.0\nWerkzeug==3.0.6\n"],
      finds: ["requirements.txt:2:1 error"]),
    Example(
      rule: "flask/signer-bytes",
      files: [
        "requirements.txt": "Flask==2.2.5\nFlask-Session<0.6\n",
        ".env": secret + "SESSION_TYPE=redis\nSESSION_USE_SIGNER=1\n",
      ], finds: ["requirements.txt:2:1 error"]),
    Example(
      rule: "flask/signer-bytes",
      files: [
        "requirements.txt": "Flask==2.2.5\nFlask-Session\n",
        ".env": secret + "SESSION_TYPE=redis\nSESSION_USE_SIGNER=1\n",
      ], finds: []),
    Example(
      rule: "runtime-too-old",
      files: ["requirements.txt": "Flask>=3.1\n", "venv/pyvenv.cfg": "version = 3.8.20\n"],
      finds: ["requirements.txt:1:1 error"]),
    Example(
      rule: "runtime-too-old",
      files: ["requirements.txt": "Flask\n", "venv/pyvenv.cfg": "version_info = 3.8.20.final.0\n"], finds: []),
    Example(rule: "redirect-file", files: ["=0.5.0": ""], finds: ["=0.5.0 warning"]),
    Example(rule: "redirect-file", files: ["=": "", "a=1": ""], finds: []),
    // Source text
    Example(
      rule: "flask/session-before-config",
      files: [
        "app.py": flask + session + "app = Flask(__name__)\nSession(app)\napp.config['SESSION_TYPE'] = 1\n"
      ],
      finds: ["app.py:4:1 warning"]),
    Example(
      rule: "flask/session-before-config",
      files: [
        "app.py": flask + session
          + "app.config['SESSION_TYPE'] = 1\nSession(app)\nx = app.config['SESSION_TYPE']\n"
      ],
      finds: []),
    Example(
      rule: "flask/session-before-config",
      files: [
        "app.py": flask + session
          + "\"\"\"\nSession(app)\n\"\"\"\n# Session(app)\napp.config.update(A=1)\nSession(app)\n"
      ],
      finds: []),
    Example(
      rule: "flask/session-before-config",
      files: [
        "pkg/web.py": flask + session + "sess = Session()\nsess.init_app(app)\napp.config.from_object('x')\n"
      ],
      finds: ["pkg/web.py:4:1 warning"]),
    Example(
      rule: "flask/random-key",
      files: [
        "app.py": flask + "app.secret_key = (\n  os.environ.get('SECRET_KEY')\n  or secrets.token_hex(32))\n"
      ],
      finds: ["app.py:2:1 warning"]),
    Example(
      rule: "flask/random-key", files: ["app.py": flask + "token = secrets.token_hex(32)\n"], finds: []),
    Example(
      rule: "flask/random-key",
      files: ["app.py": flask, "venv2/pyvenv.cfg": "", "venv2/x.py": "secret_key = os.urandom(24)\n"],
      finds: []),
    Example(rule: "flask/env-not-loaded", files: ["app.py": flask, ".env": secret], finds: [".env warning"]),
    Example(
      rule: "flask/env-not-loaded", files: ["app.py": flask + "load_dotenv()\n", ".env": secret], finds: []),
    Example(
      rule: "flask/env-not-loaded",
      files: ["app.py": flask, ".env": secret, "Procfile": "web: cfgkit run -- gunicorn app:app\n"], finds: []
    ),
    Example(
      rule: "flask/fallbacks-text",
      files: [
        "app.py": flask + "c['SECRET_KEY_FALLBACKS'] = os.environ['SECRET_KEY_FALLBACKS'].split(',')\n"
      ],
      finds: ["app.py:2:1 warning"]),
    Example(
      rule: "flask/fallbacks-text",
      files: ["app.py": flask + "c['SECRET_KEY_FALLBACKS'] = os.getenv('SECRET_KEY_FALLBACKS')\n"],
      finds: ["app.py:2:1 warning"]),
    Example(
      rule: "flask/fallbacks-text",
      files: ["app.py": flask + "SECRET_KEY_FALLBACKS = [k for k in os.environ['X'].split(',') if k]\n"],
      finds: []),
    Example(
      rule: "flask/session-redis-text",
      files: ["app.py": flask + "app.config['SESSION_REDIS'] = os.environ['REDIS_URL']\n"],
      finds: ["app.py:2:1 warning"]),
    Example(
      rule: "flask/session-redis-text",
      files: ["app.py": flask + "app.config['SESSION_REDIS'] = redis.from_url(os.environ['REDIS_URL'])\n"],
      finds: []),
    Example(
      rule: "flask/signer-bytes",
      files: [
        "requirements.txt": "Flask==2.2.5\nFlask-Session==0.5.0\n", ".env": secret,
        ".env.schema": FlaskVersionTests.schema,
        "app.py": flask + "app.config['SESSION_TYPE'] = 'redis'\napp.config['SESSION_USE_SIGNER'] = True\n",
      ], finds: ["requirements.txt:2:1 warning"]),
    Example(
      rule: "flask/signer-bytes",
      files: [
        "requirements.txt": "Flask==2.2.5\nFlask-Session==0.5.0\n", ".env": secret,
        ".env.schema": FlaskVersionTests.schema,
        "app.py": flask + "# app.config['SESSION_TYPE'] = 'redis'\napp.config['SESSION_USE_SIGNER'] = True\n",
      ], finds: []),
    // Other frameworks
    Example(
      rule: "django/fallbacks-version",
      files: [
        "requirements.txt": "Django==4.1.7\n", ".env": secret + "SECRET_KEY_FALLBACKS=\(RuleExample.other)\n",
      ],
      finds: [".env:2:1 error"]),
    Example(
      rule: "django/fallbacks-version",
      files: [
        "requirements.txt": "Django~=5.1\n", ".env": secret + "SECRET_KEY_FALLBACKS=\(RuleExample.other)\n",
      ],
      finds: []),
    Example(
      rule: "rails/no-rotator",
      files: ["Gemfile": "gem 'rails'\n", ".env": "SECRET_KEY_BASE_PREVIOUS=\(RuleExample.other)\n"],
      finds: [".env:1:1 warning"]),
    Example(
      rule: "rails/no-rotator",
      files: [
        "Gemfile": "gem 'rails'\n", ".env": "SECRET_KEY_BASE_PREVIOUS=\(RuleExample.other)\n",
        "config/initializers/rotation.rb": "ENV['SECRET_KEY_BASE_PREVIOUS']\n",
      ], finds: []),
    Example(
      rule: "express/memory-store",
      files: [
        "package.json": "{\"dependencies\": {\n\"express\": \"^5\" } }\n",
        "src/app.js":
          "const session = require('express-session')\n// store\napp.use(session({ secret: s }))\n",
      ], finds: ["src/app.js:3:1 warning"]),
    Example(
      rule: "express/memory-store",
      files: [
        "package.json": "{\"dependencies\": {\n\"express\": \"^5\" } }\n",
        "app.js": "const session = require('express-session')\napp.use(session({ store, secret: s }))\n",
      ], finds: []),
    Example(
      rule: "express/cookie-secure",
      files: [
        "package.json": "{\"dependencies\": {\n\"express\": \"^5\" } }\n",
        "app.mjs":
          "import session from 'express-session'\napp.use(session({ store,\n  cookie: { secure: false } }))\n",
      ], finds: ["app.mjs:3:1 warning"]),
    Example(
      rule: "express/cookie-secure",
      files: [
        "package.json": "{\"dependencies\": {\n\"express\": \"^5\" } }\n",
        "app.mjs":
          "import session from 'express-session'\napp.use(session({ store,\n  cookie: { secure: 'auto' } }))\n",
      ], finds: []),
  ]

  @Test(arguments: examples) func theRuleFindsItsExample(example: Example) throws {
    var files = example.files
    if !example.packages.isEmpty { files["venv/pyvenv.cfg"] = "version = 3.11.2\n" }
    for (name, version) in example.packages {
      files["venv/lib/python3.11/site-packages/\(name)-\(version).dist-info/METADATA"] =
        "Name: \(name)\nVersion: \(version)\n"
    }
    let folder = try TemporaryProject(files)
    let found = try folder.load().examine().report.findings.filter { $0.rule.id == example.rule }.map {
      finding in
      let place = finding.location.map { "\($0)".replacing(folder.root.string + "/", with: "") } ?? "-"
      return "\(place) \(finding.severity.rawValue)"
    }
    #expect(found == example.finds)
  }

  @Test func anInstalledPackageThatLacksWhatItNeedsIsFound() throws {
    let folder = try TemporaryProject([
      "venv/pyvenv.cfg": "version = 3.8.1\n",
      "venv/lib/python3.8/site-packages/a-1.dist-info/METADATA":
        "Name: A\nVersion: 1.0\nRequires-Python: >=3.9\nRequires-Dist: B-b (>=2,!=2.1)\nRequires-Dist: C ; extra == 'c'\n"
        + "Requires-Dist: D ; python_version >= \"3.9\"\nRequires-Dist: E\n\nRequires-Dist: F\n",
      "venv/lib/python3.8/site-packages/b-1.dist-info/METADATA": "Name: b.B\nVersion: 2.1\n",
    ])
    #expect(
      try folder.load().examine().report.findings.map { "\($0.rule.id): \($0.message)" } == [
        "dependency-conflict: A 1.0 needs B-b >=2,!=2.1, here is 2.1",
        "dependency-missing: A 1.0 needs E, which is not installed",
        "runtime-too-old: A 1.0 needs Python >=3.9, here is 3.8.1",
      ])
  }

  @Test func copiesAndKeysThatOthersMayReadAreFound() throws {
    let folder = try TemporaryProject([:])
    let open: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
    for name in [".env.bak", ".env~", ".env.example", "notes.txt", "public.pem"] {
      try folder.write(name, "x", mode: open)
    }
    try folder.write("server.key", "-----BEGIN PRIVATE KEY-----\n", mode: open)
    try folder.write(".env.old", "x")
    let found = try folder.load().examine().report.findings.filter { $0.rule.id == "file-mode" }
    #expect(
      found.compactMap { $0.location?.path.split(separator: "/").last } == [
        ".env.bak", ".env~", "server.key",
      ])
  }

  @Test func aFolderInWhichOthersCanReplaceTheFileIsFound() throws {
    let folder = try TemporaryProject([".env": Self.secret])
    chmod(folder.root.string, 0o757)
    #expect(try folder.load().examine().report.findings.contains { $0.message.contains("can replace") })
    chmod(folder.root.string, 0o1757)
    #expect(try !folder.load().examine().report.findings.contains { $0.message.contains("can replace") })
  }

  @Test func aCacheOfLaravelThatIsOlderThanTheFileIsFound() throws {
    let folder = try TemporaryProject([
      "composer.json": "{\"require\": {\"laravel/framework\": \"^12\"}}",
      "bootstrap/cache/config.php": "<?php", ".env": "A=b\n",
    ])
    func found() throws -> Bool {
      try folder.load().examine().report.findings.contains { $0.rule.id == "laravel/cached-config" }
    }
    func age(_ name: String, _ seconds: Int) {
      var times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
      utimes(folder.root.appending(name).string, &times)
    }
    age(".env", 1_767_000_000)
    #expect(try !found())
    age("bootstrap/cache/config.php", 1_766_000_000)
    #expect(try found())
  }

  @Test func sessionFilesOlderThanTheKeyAreFound() throws {
    let folder = try TemporaryProject([
      ".env.schema": "# cfgkit: rules=flask\n# ---\n# @sensitive # cfgkit: rotate=180d\nSECRET_KEY=\n",
      ".env": "# cfgkit: rotated=2026-01-02\n\(Self.secret)SESSION_TYPE=filesystem\n",
      "flask_session/2029240f6d1128be89ddc32729463129": "x",
      "flask_session/d41d8cd98f00b204e9800998ecf8427e": "x",
      "flask_session/readme": "x",
    ])
    func age(_ name: String, _ seconds: Int) {
      var times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
      utimes(folder.root.appending("flask_session/\(name)").string, &times)
    }
    age("2029240f6d1128be89ddc32729463129", 1_767_000_000)
    age("d41d8cd98f00b204e9800998ecf8427e", 1_768_000_000)
    let finding = try #require(
      try folder.load().examine().report.findings.first { $0.rule.id == "flask/stale-sessions" })
    #expect(finding.severity == .info)
    #expect(finding.message.hasPrefix("1 session in "))
    #expect(finding.message.hasSuffix("not signed, and still open"))
    let inProduction = try folder.load(name: "production").examine().report.findings
    #expect(inProduction.first { $0.rule.id == "flask/stale-sessions" }?.severity == .warning)
    // The environment alone cannot switch on a key that nobody knows.
    let unknown = try folder.load(environment: ["SESSION_USE_SIGNER": "true"]).examine().report.findings
    #expect(unknown.first { $0.rule.id == "flask/stale-sessions" }?.message == finding.message)
    try folder.write(
      ".env", "# cfgkit: rotated=2026-01-02\n\(Self.secret)SESSION_TYPE=filesystem\nSESSION_USE_SIGNER=1\n")
    let signed = try folder.load().examine().report.findings
    #expect(
      signed.first { $0.rule.id == "flask/stale-sessions" }?.message.hasSuffix("no one can reach them")
        == true)
  }
}

/// Versions and ranges as PEP 440 has them.
@Suite struct PackageVersionTests {
  @Test func versionsAreOrdered() throws {
    let ordered = [
      "0.9", "1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.1", "1.10", "2", "1!0.1",
    ]
    let versions = try ordered.map { try #require(PackageVersion($0)) }
    #expect(versions.shuffled().sorted().map(\.text) == ordered)
    #expect(PackageVersion("1.0") == PackageVersion("v1.0.0+local"))
    #expect(PackageVersion("1.0-rc.1") == PackageVersion("1.0rc1"))
    for text in ["", "x", "1.x", "1..2", "1.0-nonsense"] { #expect(PackageVersion(text) == nil, "\(text)") }
  }

  @Test(arguments: [
    (">=2.3,<3", "2.3.8", true), (">=2.3,<3", "3.0", false), ("==3.*", "3.1.3", true),
    ("==3.*", "2.9", false),
    ("==3.1", "3.1.0", true), ("!=2.1.*", "2.1.4", false), ("~=2.2", "2.9", true), ("~=2.2", "3.0", false),
    ("~=2.2.1", "2.3", false), ("^2.3", "2.9", true), ("^2.3", "3.0", false), ("^0.5.1", "0.6", false),
    ("~2.3", "2.3.9", true), ("~2.3", "2.4", false), ("", "1", true), ("*", "1", true),
    ("(>= 1.0)", "1.0", true),
    ("===1.0", "1.0", true), ("<=1.0", "1.0.1", false), (">1.0", "1.0.1", true),
  ])
  func rangesContainWhatTheySay(range: String, version: String, isContained: Bool) throws {
    #expect(try #require(VersionRange(range)).contains(#require(PackageVersion(version))) == isContained)
  }

  @Test func whatIsNoRequirementIsNone() {
    for text in ["", "-r other.txt", "--hash=x", "https://example.org/x.whl", "=1", "# Flask"] {
      #expect(PythonRequirement(text) == nil, "\(text)")
    }
    #expect(PythonRequirement("pkg @ https://example.org/x.whl")?.name == "pkg")
    #expect(PythonRequirement("Flask_Session [redis] >= 0.8 ; python_version>'3'")?.name == "flask-session")
  }
}
