import Foundation
import Testing

@Suite struct InitTests {
  /// The secret of the templates that do not call it SECRET_KEY.
  static let secretKeys = [
    "rails": "SECRET_KEY_BASE", "laravel": "APP_KEY", "express": "SESSION_SECRET", "nextjs": "AUTH_SECRET",
    "swift-server": "JWT_SECRET", "docker-compose": "POSTGRES_PASSWORD",
  ]

  @Test(arguments: [
    "django", "docker-compose", "express", "fastapi", "flask", "generic", "laravel", "nextjs", "rails",
    "swift-server",
  ])
  func aFreshProjectPassesAndASecondRunDoesNothing(template: String) throws {
    let scratch = Scratch()
    let first = scratch.cfgkit("init", template)
    #expect(first.status == 0, "\(first.everything)")
    #expect(first.stdout.contains("create"))
    #expect(scratch.mode(".env") == 0o600)
    #expect(scratch.cfgkit("validate").status == 0)
    #expect(scratch.cfgkit("validate").stdout.isEmpty)
    let key = Self.secretKeys[template] ?? "SECRET_KEY"
    let secret = try #require(scratch.value(key))
    #expect(secret.utf8.count >= 32)
    #expect(!first.everything.contains(secret))
    let before = scratch.snapshot
    let second = scratch.cfgkit("init", template)
    #expect(second.stdout == "nothing to do\n")
    #expect(second.status == 0)
    #expect(scratch.cfgkit("init").stdout == "nothing to do\n")
    #expect(scratch.snapshot == before)
  }

  @Test func twoProjectsGetTwoSecrets() {
    let projects = [Scratch(), Scratch()]
    for project in projects { #expect(project.cfgkit("init", "flask").status == 0) }
    #expect(projects[0].value("SECRET_KEY") != projects[1].value("SECRET_KEY"))
  }

  @Test func optionalKeysAreCommentsAndManagedOnesAreLeftOut() throws {
    let scratch = Scratch()
    _ = scratch.cfgkit("init", "flask")
    let text = try #require(scratch.read(".env"))
    #expect(text.contains("\n# SESSION_TYPE=\n"))
    #expect(text.contains("\nFLASK_APP=app.py\n"))
    #expect(!text.contains("SECRET_KEY_FALLBACKS"))
  }

  @Test(
    arguments: [
      (["requirements.txt": "Flask>=3.1.1\n"], "FLASK_APP"),
      (["requirements.txt": "# flask\ndjango==5.1 # flask\n"], "DEBUG"),
      (["pyproject.toml": "[project]\ndependencies = [\"flask[async]>=3\"]\n"], "FLASK_APP"),
      (["manage.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'x')\n"], "DEBUG"),
      (["app.py": "from flask import Flask\n"], "FLASK_APP"),
      (["requirements.txt": "bottle\n"], "LOG_LEVEL"), ([:], "LOG_LEVEL"),
      (["requirements.txt": "flask-login\n"], "LOG_LEVEL"),
      (["package.json": "{\"dependencies\": {\"express\": \"^5\"}}\n"], "SESSION_SECRET"),
      (["package.json": "{\"dependencies\": {\"next\": \"15\", \"express\": \"5\"}}\n"], "AUTH_SECRET"),
      (["Gemfile": "gem \"rails\", \"~> 8.0\"\n"], "SECRET_KEY_BASE"),
      (["composer.json": "{\"require\": {\"laravel/framework\": \"^12\"}}\n"], "APP_KEY"),
      (["Package.swift": ".product(name: \"Vapor\", package: \"vapor\")\n"], "JWT_SECRET"),
      (["compose.yaml": "services:\n"], "POSTGRES_PASSWORD"),
      (["requirements.txt": "fastapi\n", "compose.yaml": "services:\n"], "CORS_ORIGINS"),
    ] as [([String: String], String)])
  func theTemplateFollowsTheFilesOfTheProject(files: [String: String], key: String) {
    let scratch = Scratch(files)
    #expect(scratch.cfgkit("init").status == 0)
    #expect(scratch.read(".env.schema")?.contains("\n\(key)=") == true)
  }

  @Test func anOldFileIsMergedWithoutChangingAByte() throws {
    let old = "# mine\r\nFLASK_APP=other.py   # keep\r\nexport SESSION_COOKIE_SECURE='true'\r\nOWN=1\r\n"
    let scratch = Scratch([".env": old])
    let outcome = scratch.cfgkit("init", "flask")
    #expect(outcome.stdout.contains("merge"))
    #expect(outcome.stdout.contains("3 keys kept byte for byte"))
    let merged = try #require(scratch.read(".env"))
    let lines = merged.components(separatedBy: "\r\n")
    let kept = lines.filter { old.components(separatedBy: "\r\n").contains($0) }
    #expect(kept == old.components(separatedBy: "\r\n"))
    #expect(merged.contains("APP_ENV=development\r\n"))
    #expect(!merged.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
    let once = scratch.snapshot
    #expect(scratch.cfgkit("init", "flask").stdout == "nothing to do\n")
    #expect(scratch.snapshot == once)
  }

  @Test func missingKeysGoBesideTheirSchemaNeighbours() throws {
    let scratch = Scratch([".env": "FLASK_APP=app.py\nPREFERRED_URL_SCHEME=http\nOWN=1\n"])
    _ = scratch.cfgkit("init", "flask")
    let keys = try #require(scratch.read(".env")).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.prefix { $0 != "=" } }
    #expect(
      keys == ["APP_ENV", "FLASK_APP", "SECRET_KEY", "SESSION_COOKIE_SECURE", "PREFERRED_URL_SCHEME", "OWN"])
  }

  @Test func aPlaceholderIsKeptReportedAndEndsWith1() {
    let scratch = Scratch([".env": "SECRET_KEY=your-secret-key-here-minimal-32-characters\n"])
    let outcome = scratch.cfgkit("init", "flask")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("[placeholder-secret]"))
    #expect(outcome.stderr.contains("cfgkit rotate-secret SECRET_KEY --drop-previous"))
    #expect(scratch.value("SECRET_KEY") == "your-secret-key-here-minimal-32-characters")
  }

  @Test func aSchemaThatLacksKeysIs73UntilMergeOrForce() throws {
    let own = "# @defaultRequired=true\n# ---\n\n# Mine.\nOWN=1\n"
    let scratch = Scratch([".env.schema": own])
    let refused = scratch.cfgkit("init", "generic")
    #expect(refused.status == 73)
    #expect(refused.stderr.contains("--merge"))
    #expect(scratch.read(".env") == nil)
    #expect(scratch.read(".env.schema") == own)
    #expect(scratch.cfgkit("init", "generic", "--merge").status == 0)
    let merged = try #require(scratch.read(".env.schema"))
    #expect(merged.hasPrefix(own))
    #expect(merged.contains("LOG_LEVEL=info"))
    #expect(merged.contains("# How much is logged."))
    #expect(scratch.cfgkit("init", "generic").stdout == "nothing to do\n")
    #expect(scratch.cfgkit("init", "generic", "--force").status == 0)
    #expect(scratch.read(".env.schema")?.contains("OWN") == false)
  }

  @Test func anExampleBecomesTheSchemaAndItsValuesNeverValues() throws {
    let example = "# The port.\nPORT=8080\nAPI_TOKEN=abc-sample\n# optional\nDEBUG=\n"
    let scratch = Scratch([".env.example": example])
    let outcome = scratch.cfgkit("init")
    #expect(outcome.status == 1)
    let schema = try #require(scratch.read(".env.schema"))
    #expect(schema.contains("@defaultRequired=true"))
    #expect(schema.contains("# The port.\n# @example=\"8080\"\nPORT=\n"))
    #expect(schema.contains("@sensitive"))
    #expect(schema.contains("# @optional\nDEBUG=\n"))
    let env = try #require(scratch.read(".env"))
    #expect(env.contains("\nPORT=\n"))
    #expect(!env.contains("8080"))
    #expect(!env.contains("abc-sample"))
    #expect(scratch.read(".env.example") == example)
  }

  @Test func valuesCanBeGivenButNeverSecrets() {
    let scratch = Scratch()
    #expect(scratch.cfgkit("init", "generic", "--set", "LOG_LEVEL=debug", "--set", "PORT=8080").status == 0)
    #expect(scratch.value("LOG_LEVEL") == "debug")
    #expect(scratch.value("PORT") == "8080")
    let other = Scratch()
    let before = other.snapshot
    #expect(other.cfgkit("init", "generic", "--set", "SECRET_KEY=abcdefgh").status == 64)
    #expect(other.cfgkit("init", "generic", "--set", "NOT_THERE=1").status == 64)
    #expect(other.snapshot == before)
  }

  @Test func withoutGenerationTheSecretStaysEmptyAndValidationSaysSo() {
    let scratch = Scratch()
    let outcome = scratch.cfgkit("init", "generic", "--no-generate")
    #expect(outcome.status == 1)
    #expect(scratch.value("SECRET_KEY") == "")
    #expect(outcome.stderr.contains("SECRET_KEY"))
  }

  @Test func aDryRunChangesNothing() {
    let scratch = Scratch([".env": "A=b\n"])
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("init", "flask", "--dry-run", "--diff")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("+SECRET_KEY=••••••••"))
    #expect(scratch.snapshot == before)
  }

  @Test func gitignoreGetsOneMarkedBlock() throws {
    let scratch = Scratch([".gitignore": "build/"])
    _ = scratch.cfgkit("init", "generic")
    let text = try #require(scratch.read(".gitignore"))
    #expect(text.hasPrefix("build/\n"))
    for rule in [".env", ".env.*", "!.env.schema", "!.env.example"] { #expect(text.contains("\n\(rule)\n")) }
    _ = scratch.cfgkit("init", "generic")
    #expect(scratch.read(".gitignore") == text)
    let alone = Scratch()
    _ = alone.cfgkit("init", "generic", "--no-gitignore")
    #expect(alone.read(".gitignore") == nil)
  }

  @Test func anEnvThatGitTracksIs1WithTheCommandThatTakesItOut() throws {
    let scratch = Scratch([".env": "A=b\n"])
    scratch.git("init", "-q")
    scratch.git("add", "-f", ".env")
    let outcome = scratch.cfgkit("init", "generic")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("git rm --cached .env\n"))
    scratch.git("rm", "--cached", "-f", "-q", ".env")
    #expect(scratch.cfgkit("init", "generic").status == 0)
  }

  @Test(arguments: [2, 3, 4], ["sha1", "sha256"])
  func everyVersionOfTheGitIndexIsRead(version: Int, hash: String) {
    let long = Array(repeating: String(repeating: "d", count: 200), count: 22).joined(separator: "/")
    let scratch = Scratch([
      ".env": "A=b\n", ".envrc": "", "a/very/long/path/to/some/file.txt": "", "z.txt": "",
    ])
    rmdir(scratch.path + "/.git")
    scratch.git("init", "-q", "--object-format=\(hash)")
    // A path that is longer than the index can count.
    let empty =
      hash == "sha1"
      ? "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
      : "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
    scratch.git("update-index", "--add", "--cacheinfo", "100644,\(empty),\(String(long.prefix(4_050)))/a")
    scratch.git("add", "-f", "-A")
    scratch.git("update-index", "--index-version", "\(version)")
    #expect(scratch.cfgkit("init", "generic").stdout.contains("git rm --cached .env"))
  }

  @Test func aSampleThatMayBeARealSecretIsNotCopiedIntoTheCommittedSchema() throws {
    let password = "Vq7-mK2x_Rw9tLz4"
    let scratch = Scratch([
      ".env.example":
        "API_TOKEN=\(ValueTests.secret)\nDATABASE_URL=postgres://app:\(password)@db.example.org/app\n"
        + "SECRET_KEY=your-secret-key-here\nCACHE_URL=redis://:changeme@cache/0\nHOST=www.example.org\n"
    ])
    #expect(scratch.cfgkit("init", "--from", ".env.example", "--set", "HOST=a", "--yes").status != 78)
    let schema = try #require(scratch.read(".env.schema"))
    #expect(!schema.contains(ValueTests.secret))
    #expect(!schema.contains(password))
    #expect(schema.contains("# @sensitive\nAPI_TOKEN=\n"))
    #expect(schema.contains("# @sensitive\nDATABASE_URL=\n"))
    #expect(schema.contains("# @sensitive @example=\"your-secret-key-here\"\nSECRET_KEY=\n"))
    #expect(schema.contains("# @sensitive @example=\"redis://:changeme@cache/0\"\nCACHE_URL=\n"))
    #expect(schema.contains("# @example=\"www.example.org\"\nHOST=\n"))
    #expect(scratch.read(".env")?.contains(ValueTests.secret) == false)
  }

  @Test func anInvalidTemplateFileIs78AndNothingIsWritten() {
    let scratch = Scratch(["mine.schema": "# @requierd\nA=\n"])
    let before = scratch.snapshot
    let outcome = scratch.cfgkit("init", "--from", "mine.schema")
    #expect(outcome.status == 78)
    #expect(outcome.stderr.contains("[schema-invalid]"))
    #expect(scratch.snapshot == before)
  }

  @Test func aTemplateIsAskedForOnATerminal() {
    let scratch = Scratch()
    let run = PseudoTerminal(["init"], in: scratch)
    #expect(run.shows("Which template?"))
    run.type("flask\n")
    #expect(run.finish() == 0)
    #expect(scratch.read(".env.schema")?.contains("FLASK_APP") == true)
  }

  @Test(arguments: ["A=1\nB=\"open\nC=1\n", "A=1\nY: 1\n"]) func anExampleOfWhichKeysWouldBeLostIsRefused(
    text: String
  ) {
    let scratch = Scratch([".env.example": text])
    let outcome = scratch.cfgkit("init", "--yes")
    #expect(outcome.status == 78)
    #expect(outcome.stderr.contains(".env.example:2:"), "\(outcome.stderr)")
    #expect(scratch.read(".env.schema") == nil && scratch.read(".env") == nil)
  }
}
