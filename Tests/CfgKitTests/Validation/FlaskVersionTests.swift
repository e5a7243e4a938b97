import SystemPackage
import Testing

@testable import CfgKit

/// The boundaries between working and failing versions of Flask, Werkzeug and Flask-Session, on folders of METADATA files.
///
/// What fails is said here once more, from what the real packages do; Tests/Frameworks shows that with the packages themselves.
@Suite struct FlaskVersionTests {
  static let flask = ["2.1.3", "2.2.3", "2.2.4", "2.3.0", "3.0.3", "3.1.0", "3.1.3"]
  static let werkzeug = ["2.2.3", "2.3.8", "3.0.0", "3.1.0", "3.1.9"]
  static let flaskSession = ["0.3.2", "0.4.1", "0.5.0", "0.6.0", "0.7.0", "0.8.0"]

  private struct Setup {
    let flask: PackageVersion
    let werkzeug: PackageVersion
    let flaskSession: PackageVersion
    /// Nil for Flask's own cookies.
    let type: String?
    let isSigned: Bool
    /// Nil for no line at all.
    let key: String?

    var fails: Bool {
      let hasKey = key?.isEmpty == false
      let isOnServer = type == "redis" || type == "filesystem"
      // ImportError at start: url_quote.
      if flask < "2.2.4" && werkzeug >= "3.0.0" { return true }
      if type == "null" { return true }
      // AttributeError: session_cookie_name.
      if isOnServer && flaskSession < "0.5.0" && flask >= "2.3.0" { return true }
      // set_cookie() got an unexpected keyword argument 'partitioned'.
      if type == nil && flask >= "3.1.0" && werkzeug < "3.1.0" { return true }
      // RuntimeError, AttributeError or KeyError.
      if !hasKey && (type == nil || isSigned) { return true }
      // cannot use a string pattern on a bytes-like object.
      return isOnServer && isSigned && flaskSession < "0.6.0" && werkzeug >= "3.0.0"
    }

    var environment: [String: String] {
      var variables: [String: String] = ["SESSION_USE_SIGNER": isSigned ? "true" : "false"]
      variables["SESSION_TYPE"] = type
      variables["SECRET_KEY"] = key
      return variables
    }
  }

  static let schema = """
    # @defaultRequired=false # cfgkit: rules=flask
    # ---
    # @sensitive
    SECRET_KEY=
    SESSION_TYPE=
    SESSION_USE_SIGNER=
    REDIS_URL=redis://localhost
    SESSION_FILE_DIR=/var/lib/sessions

    """

  static func installed(_ packages: [(String, String)], _ more: [String: String] = [:]) throws
    -> TemporaryProject
  {
    let site = "venv/lib/python3.11/site-packages"
    var files = [".env.schema": schema, "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n"]
    for (name, version) in packages {
      let needs = name == "Flask" ? ["Werkzeug (>=2.2.2)", "click>=8 ; extra == 'async'"] : []
      files["\(site)/\(name)-\(version).dist-info/METADATA"] =
        "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\nRequires-Python: >=3.7\n"
        + needs.map { "Requires-Dist: \($0)\n" }.joined() + "\nRequires-Dist: nothing>=99\n"
    }
    return try TemporaryProject(files.merging(more) { $1 })
  }

  /// The errors that speak of the versions and the settings of the session.
  private static let rules: Set<String> = [
    "flask/signer-bytes", "dependency-conflict", "flask/signer-needs-secret", "flask/session-type-null",
    "missing-required", "dependency-missing",
  ]

  @Test(arguments: flask)
  func everyFailingCombinationIsFlaggedAndNoHealthyOne(flask: String) throws {
    var wrong: [String] = []
    var failing = 0
    for werkzeug in Self.werkzeug {
      for flaskSession in Self.flaskSession {
        let folder = try Self.installed([
          ("Flask", flask), ("Werkzeug", werkzeug), ("Flask-Session", flaskSession), ("redis", "5.0.0"),
          ("cachelib", "0.13.0"),
        ])
        let surroundings = Surroundings(of: try folder.load())
        for type in [nil, "redis", "filesystem", "null"] {
          for isSigned in [false, true] {
            for key in [RuleExample.strong, "", nil] {
              let setup = Setup(
                flask: PackageVersion(flask)!, werkzeug: PackageVersion(werkzeug)!,
                flaskSession: PackageVersion(flaskSession)!, type: type, isSigned: isSigned, key: key)
              let report = try folder.load(environment: setup.environment).examine(
                ValidationOptions(facts: .layers), surroundings: surroundings
              )
              .report
              let errors = report.findings.filter { $0.severity == .error && Self.rules.contains($0.rule.id) }
              if setup.fails { failing += 1 }
              if errors.isEmpty == setup.fails {
                wrong.append("\(werkzeug) \(flaskSession) \(type ?? "-") \(isSigned) \(key?.isEmpty ?? true)")
              }
            }
          }
        }
      }
    }
    #expect(wrong.prefix(5) == [])
    #expect(failing > 0)
  }

  private func rules(_ folder: TemporaryProject, _ environment: [String: String]) throws -> [String] {
    try folder.load(environment: environment).examine().report.findings.map {
      "\($0.severity.rawValue) \($0.rule.id)"
    }
  }

  @Test func theSeedIsNamedWithBothPackages() throws {
    let folder = try Self.installed([
      ("Flask", "2.2.5"), ("Werkzeug", "3.1.3"), ("Flask-Session", "0.4.0"), ("redis", "5"),
    ])
    let report = try folder.load(environment: [
      "SECRET_KEY": RuleExample.strong, "SESSION_TYPE": "redis", "SESSION_USE_SIGNER": "1",
    ]).examine().report
    let finding = try #require(report.findings.first { $0.rule.id == "flask/signer-bytes" })
    #expect(finding.message.contains("Flask-Session 0.4.0"))
    #expect(finding.message.contains("Werkzeug 3.1.3"))
    #expect(finding.note?.contains("cannot use a string pattern on a bytes-like object") == true)
    #expect(finding.fix?.summary == "pip install 'Flask-Session>=0.8.0'")
  }

  @Test(arguments: [("3.0.3", "ignores"), ("3.1.0", "signs with"), ("3.1.1", nil)])
  func fallbacksNeedAFlaskThatReadsThemRightly(version: String, effect: String?) throws {
    let folder = try Self.installed([("Flask", version), ("Werkzeug", "3.1.3")])
    let findings = try folder.load(environment: [
      "SECRET_KEY": RuleExample.strong, "SECRET_KEY_FALLBACKS": RuleExample.other,
    ]).examine(ValidationOptions()).report.findings.filter { $0.rule.id == "flask/fallbacks-version" }
    // The key is not declared here, so only a file makes it known.
    #expect(findings.isEmpty)
    try folder.write(".env", "SECRET_KEY_FALLBACKS=\(RuleExample.other)\n")
    let found = try folder.load(environment: ["SECRET_KEY": RuleExample.strong]).examine().report.findings
      .filter { $0.rule.id == "flask/fallbacks-version" }
    #expect(found.first.map { $0.message.contains(effect ?? "-") } == effect.map { _ in true })
  }

  @Test(arguments: [("0.6.0", "false", true), ("0.6.0", "true", false), ("0.7.0", "false", false)])
  func sessionIdsThatAVisitorMayChooseAreFound(version: String, signer: String, isFound: Bool) throws {
    let folder = try Self.installed([
      ("Flask", "3.1.3"), ("Werkzeug", "3.1.3"), ("Flask-Session", version), ("redis", "5.0.0"),
    ])
    var environment = [
      "SECRET_KEY": RuleExample.strong, "SESSION_TYPE": "redis", "SESSION_USE_SIGNER": signer,
    ]
    #expect(try rules(folder, environment).contains("warning flask/sid-fixation") == isFound)
    environment["CFGKIT_ENV"] = "production"
    #expect(try rules(folder, environment).contains("error flask/sid-fixation") == isFound)
  }

  @Test(arguments: [
    ("SESSION_TYPE", "redis", "redis"), ("SESSION_TYPE", "filesystem", "cachelib"),
    ("SESSION_TYPE", "mongodb", "pymongo"),
  ])
  func aSessionTypeNeedsItsPackage(key: String, value: String, package: String) throws {
    let packages = [("Flask", "3.1.3"), ("Werkzeug", "3.1.3"), ("Flask-Session", "0.8.0")]
    let environment = [key: value, "SECRET_KEY": RuleExample.strong]
    #expect(try rules(Self.installed(packages), environment).contains("error dependency-missing"))
    #expect(
      try !rules(Self.installed(packages + [(package, "5.0")]), environment).contains(
        "error dependency-missing"))
  }

  @Test(arguments: [
    ("postgresql://db/app", "2.0.30", "psycopg2-binary", true),
    ("postgresql://db/app", "2.0.30", "psycopg", false),
    ("postgresql://db/app", "2.1.0", "psycopg", true),
    ("postgresql+psycopg://db/app", "2.0.30", "psycopg", true),
    ("mysql+pymysql://db/app", "2.0.30", "PyMySQL", true), ("mysql://db/app", "2.0.30", "PyMySQL", false),
    ("sqlite:///app.db", "2.0.30", "redis", true),
  ])
  func anAddressNeedsItsDriver(url: String, sqlalchemy: String, package: String, isEnough: Bool) throws {
    let folder = try Self.installed([
      ("Flask", "3.1.3"), ("Werkzeug", "3.1.3"), ("SQLAlchemy", sqlalchemy), (package, "3.1"),
    ])
    try folder.write(".env", "DATABASE_URL=\(url)\nSECRET_KEY=\(RuleExample.strong)\n")
    #expect(try !rules(folder, [:]).contains("error dependency-missing") == isEnough)
  }
}
