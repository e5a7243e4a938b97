import FleetSimulation
import SystemPackage
import Testing

@testable import CfgKit

/// What the files around a `.env` do with it: git, docker, the files of other environments.
@Suite struct SurroundingsTests {
  static let secret = "API_TOKEN=\(RuleExample.strong)\n"

  private func rules(_ folder: TemporaryProject) throws -> [String] {
    try folder.findings().map { $0.split(separator: " ")[2] }.map(String.init)
  }

  @Test(arguments: [
    (".env\n", true), ("*.env\n", true), ("/.env\n", true), (".env.*\n", false), ("env\n", false),
    ("# .env\n", false), (".env\n!.env\n", false), ("!.env\n.env\n", true), (".e[mn]v  \n", true),
    (".env/\n", false), ("**/.env\n", true), ("*\n", true), ("sub/.env\n", false),
  ])
  func aSecretThatGitDoesNotIgnoreIsFound(rules: String, isIgnored: Bool) throws {
    let folder = try TemporaryProject([".env": Self.secret, ".gitignore": rules, ".git/HEAD": "ref: x\n"])
    #expect(try self.rules(folder).contains("not-ignored") == !isIgnored)
  }

  @Test func aFolderThatIsLeftOutTakesItsFilesAlong() throws {
    let folder = try TemporaryProject([".git/HEAD": "x", ".gitignore": "deploy/\n"])
    let ignore = GitIgnore(in: folder.root)
    #expect(ignore.ignores(folder.root.appending("deploy"), isFolder: true))
    #expect(!ignore.ignores(folder.root.appending("deploy")))
    #expect(ignore.ignores(folder.root.appending("deploy/a/.env")))
    #expect(ignore.ignores(folder.root.appending("sub/deploy/.env")))
    #expect(!ignore.ignores(folder.root.appending("deploy.env")))
  }

  @Test(arguments: [
    ("a/**", "a/b", true), ("a/**", "a", false), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("**/b", "b", true), ("**", "a", true), ("[!a-c]x", "dx", true), ("[!a-c]x", "bx", false),
    ("a?c", "abc", true),
    ("a*c*", "abcd", true), ("a*c", "ab", false), ("\\*", "*", true), ("\\*", "a", false), ("[", "[", true),
  ])
  func aPatternMatchesWhatItSays(pattern: String, path: String, isMatch: Bool) {
    #expect(PathPattern(pattern).matches(path.split(separator: "/").map(String.init)) == isMatch)
  }

  @Test func hostilePatternsTakeNoTime() {
    let path = Array(repeating: "a", count: 200)
    #expect(!PathPattern(Array(repeating: "**/a", count: 60).joined(separator: "/") + "/b").matches(path))
    #expect(
      !PathPattern(String(repeating: "*a", count: 200) + "b").matches([String(repeating: "a", count: 2_000)]))
  }

  @Test func anyBytesAreReadWithoutATrap() {
    var generator = SeededGenerator(seed: 41)
    let pieces = [
      "\"\"\"", "'", "\"", "#", "\n", "\\", "(", ")", "[", "]", "dependencies", "=", "[project]", "Flask",
      ">=", "==", "^",
      "9223372036854775807", ".", "*", ";", "python_version", "<", ",", " ", "COPY", "--from=", "Name: ",
      "\u{1F600}", "\0", "!",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
        pieces.randomElement(using: &generator)!
      }.joined()
      _ = PythonSource(shownPath: "x", text: text)
      _ = PythonProjectTable.requirements(in: text, path: "x")
      _ = PythonManifest.listed(in: text, path: "requirements.txt")
      _ = PythonEnvironment.distribution(text)
      _ = Dockerfile(path: "x", text: text).copy(of: ["a", ".env"])
      _ = DockerIgnore(text).ignores(["a", ".env"])
      _ = VersionRange(text)?.contains("1.2")
    }
  }

  @Test func withoutASecretOrOutsideOfGitNothingIsSaid() throws {
    #expect(try rules(TemporaryProject([".env": "PORT=1\n", ".git/HEAD": "x"])).isEmpty)
    #expect(try rules(TemporaryProject([".env": Self.secret])).isEmpty)
  }

  @Test(
    arguments: [
      ("FROM a\nCOPY . /app\n", "", 2), ("FROM a\nCOPY . /app\n", ".env\n", nil),
      ("FROM a\nCOPY . /app\n", "*\n!.env\n", 2), ("FROM a\nCOPY . /app\n", "**/.env*\n", nil),
      ("FROM a\nCOPY --chown=a:a \\\n  . /app\n", "", 2), ("FROM a\nADD [\".\", \"/app\"]\n", "", 2),
      ("FROM a\nCOPY --from=build . /app\n", "", nil), ("FROM a\nCOPY src /app\n", "", nil),
      ("FROM a\n# COPY . /app\n", "", nil), ("FROM a\nCOPY .env /app/\n", "", 2),
      ("FROM a\nADD ./.env /app/\n", "", 2), ("FROM a\nCOPY .env /app/\n", ".env*\n", nil),
      ("FROM a\nCOPY --chown=x .env .env.production /app/\n", "", 2),
      ("FROM a\nCOPY [\"src\", \".env\", \"/app/\"]\n", "", 2), ("FROM a\nCOPY .env* /app/\n", "", 2),
      ("FROM a\nCOPY --chown=x [\".env\", \"/app/\"]\n", "", 2), ("FROM a\nCOPY \".env\" /app/\n", "", 2),
      ("FROM a\nCOPY * /app/\n", "", 2), ("FROM a\nCOPY .e[mn]v /app/\n", "", 2),
      ("FROM a\nCOPY / /app/\n", "", 2),
      ("FROM a\nCOPY --from=build .env /app/\n", "", nil), ("FROM a\nCOPY src .env\n", "", nil),
      ("FROM a\nCOPY .env.schema src/* /app/\n", "", nil), ("FROM a\nCOPY .env.* /app/\n", "", nil),
    ] as [(String, String, Int?)])
  func aSecretThatABuildTakesAlongIsFound(dockerfile: String, ignore: String, line: Int?) throws {
    let folder = try TemporaryProject([
      ".env": Self.secret, "Dockerfile": dockerfile, ".dockerignore": ignore,
    ])
    let found = try folder.findings().filter { $0.contains("in-docker-context") }
    #expect(found == (line.map { ["Dockerfile:\($0):1 warning in-docker-context -"] } ?? []))
  }

  @Test func aSecretAmongBuildArgumentsIsFound() throws {
    let folder = try TemporaryProject([
      ".env": "PORT=1\n",
      "Dockerfile": "FROM a\nARG PORT\nARG SECRET_KEY\nENV A=1 API_TOKEN=x B=2\nENV DB_PASSWORD x\n",
    ])
    #expect(
      try folder.findings() == [
        "Dockerfile:3:1 warning in-docker-context SECRET_KEY",
        "Dockerfile:4:1 warning in-docker-context API_TOKEN",
        "Dockerfile:5:1 warning in-docker-context DB_PASSWORD",
      ])
  }

  @Test func theSameSecretInTwoEnvironmentsIsFound() throws {
    let schema = RuleExample.head + RuleExample.key + "K=\n"
    let folder = try TemporaryProject([
      ".env.schema": schema, ".env": "K=\(RuleExample.strong)\n", ".env.staging": "K=\(RuleExample.strong)\n",
      ".env.example": "K=\(RuleExample.strong)\n", ".env.production": "K=\(RuleExample.other)\n",
    ])
    #expect(try folder.findings() == [".env:1:1 warning shared-secret K"])
  }

  @Test func aStartLooksAtLayersOnly() throws {
    let folder = try TemporaryProject([".git/HEAD": "x"])
    try folder.write(".env", Self.secret, mode: [.ownerReadWrite, .groupRead, .otherRead])
    #expect(try rules(folder) == ["file-mode", "not-ignored"])
    #expect(try folder.findings(name: "production", options: .init(facts: .layers)).isEmpty)
  }
}
