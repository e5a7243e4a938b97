import Foundation
import Testing

/// Reports of whole projects against files that were reviewed. `CFGKIT_UPDATE_GOLDEN=1 swift test --filter GoldenTests` writes
/// them anew; look at the difference before it is committed.
@Suite struct GoldenTests {
  static let cases = ["seed", "flask"]
  static let formats = ["text", "json", "sarif", "github", "junit"]

  @Test(arguments: cases, formats) func aReportReadsAsItWasReviewed(name: String, format: String) throws {
    let folder = "validate/\(name)"
    let scratch = Scratch([".env.schema": Scratch().cfgkit("templates", "show", "flask").stdout])
    scratch.write(".env", try Golden.text("\(folder)/env"))
    let outcome = scratch.cfgkit("validate", "--format", format)
    #expect(outcome.status == 1)
    try Golden.expect(outcome.stdout, "\(folder)/report.\(format)")
  }
}

extension GoldenTests {
  @Test(arguments: formats) func theDoctorReadsAsItWasReviewed(format: String) throws {
    let outcome = Scratch(Golden.doctorFiles).cfgkit("doctor", "--format", format)
    #expect(outcome.status == 1)
    // The one line that differs from machine to machine.
    let text = outcome.stdout.replacing(/(libsodium(?: |",\s+"version": "))[0-9.]+/) { "\($0.1)0.0.0" }
    try Golden.expect(text, "doctor/report.\(format)")
  }
}

extension GoldenTests {
  @Test(arguments: formats) func aComparisonReadsAsItWasReviewed(format: String) throws {
    let scratch = Scratch(Golden.comparedFiles)
    let outcome = scratch.cfgkit("diff", "staging.env", "--format", format)
    #expect(outcome.status == 1)
    #expect(!outcome.everything.contains(ValueTests.secret))
    try Golden.expect(outcome.stdout, "diff/report.\(format)")
  }

  /// The fix of every finding of a comparison works: with all of them carried out, the two files are alike.
  @Test func theFixesOfAComparisonMakeTheFilesAlike() throws {
    let scratch = Scratch(Golden.comparedFiles)
    #expect(scratch.cfgkit("set", "PORT", "80", "-f", ".env").status == 0)
    #expect(scratch.cfgkit("set", "ONLY_HERE", "1", "-f", "staging.env").status == 0)
    let rotated = scratch.cfgkit("rotate-secret", "SECRET_KEY", "-f", ".env")
    #expect(rotated.status == 0, "\(rotated.everything)")
    let outcome = scratch.cfgkit("diff", "staging.env")
    #expect(outcome.status == 0, "\(outcome.everything)")
    #expect(outcome.stdout.contains("only in .env  OLD"))
  }

  /// Public files of real projects, without a schema: what is said of them was read once by hand, and none of it is wrong.
  @Test func realFilesHaveNoFindingThatIsWrong() throws {
    let folder = (#filePath as NSString).deletingLastPathComponent + "/../CfgKitDotEnvTests/Data/real"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".env") }
      .sorted()
    let scratch = Scratch()
    var text = ""
    for name in names {
      let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
      scratch.write(name, bytes: [UInt8](data))
      text += "== \(name)\n" + scratch.cfgkit("validate", "-f", name).stdout
    }
    #expect(names.count > 100)
    try Golden.expect(text, "real/report.text")
  }
}

enum Golden {
  /// Two files of one project that should have the same keys.
  static let comparedFiles = [
    ".env.schema":
      "# @defaultRequired=false\n# ---\n# @sensitive # cfgkit: strength=128 fallback=OLD\nSECRET_KEY=\n"
      + "# @sensitive # cfgkit: managed\nOLD=\n\nPORT=\nMODE=\nONLY_HERE=\n",
    ".env": "SECRET_KEY=\(ValueTests.secret)\nMODE=a\nONLY_HERE=1\n",
    "staging.env": "SECRET_KEY=\(ValueTests.secret)\nMODE=b\nPORT=80\n",
  ]

  /// A Flask project with most of what can be wrong around it.
  static let doctorFiles = [
    ".env.schema":
      "# @defaultRequired=false # cfgkit: rules=flask\n# ---\n# @sensitive # cfgkit: strength=128\nSECRET_KEY=\n",
    ".env":
      "SECRET_KEY=\(ValueTests.secret)\nSESSION_TYPE=redis\nREDIS_URL=redis://cache\nSESSION_USE_SIGNER=true\n",
    "=0.5.0": "",
    "requirements.txt": "Flask==2.2.5\nFlask-Session>=0.5.0\nredis\n",
    "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.2\n",
    "venv/lib/python3.11/site-packages/Flask-2.2.5.dist-info/METADATA":
      "Name: Flask\nVersion: 2.2.5\nRequires-Python: >=3.7\nRequires-Dist: Werkzeug (>=2.2.2)\n",
    "venv/lib/python3.11/site-packages/Werkzeug-3.1.3.dist-info/METADATA": "Name: Werkzeug\nVersion: 3.1.3\n",
    "venv/lib/python3.11/site-packages/Flask_Session-0.4.0.dist-info/METADATA":
      "Name: Flask-Session\nVersion: 0.4.0\n",
    "app.py": """
    import os, secrets
    from flask import Flask
    from flask_session import Session

    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secrets.token_hex(32)
    Session(app)
    app.config["SESSION_USE_SIGNER"] = True

    """,
    "Dockerfile": "FROM python\nCOPY . /app\nARG SECRET_KEY\n",
  ]

  private static let source = (#filePath as NSString).deletingLastPathComponent + "/Golden/"
  static let isUpdating = ProcessInfo.processInfo.environment["CFGKIT_UPDATE_GOLDEN"] == "1"

  static func writeHelpText(_ text: String) throws {
    let file = (source as NSString).appendingPathComponent("../../../Sources/CfgKitCLI/HelpText.swift")
    let old = try String(contentsOfFile: file, encoding: .utf8)
    let head = old.prefix(upTo: try #require(old.range(of: "#\"\"\"\n")).upperBound)
    let tail = old.suffix(from: try #require(old.range(of: "    \"\"\"#", options: .backwards)).lowerBound)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "    \($0)"
    }
    try (head + lines.joined(separator: "\n") + tail).write(toFile: file, atomically: true, encoding: .utf8)
  }

  static func text(_ name: String) throws -> String {
    let folder = try #require(Bundle.module.resourcePath)
    return try String(contentsOfFile: "\(folder)/Golden/\(name)", encoding: .utf8)
  }

  static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws
  {
    if isUpdating {
      try text.write(toFile: source + name, atomically: true, encoding: .utf8)
      return
    }
    let expected = try Self.text(name)
    #expect(text == expected, sourceLocation: sourceLocation)
  }
}
