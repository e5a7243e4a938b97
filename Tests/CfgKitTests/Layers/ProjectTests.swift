import SystemPackage
import Testing

@testable import CfgKit

@Suite struct ProjectTests {
  private let schema = "# @defaultRequired=true\n# ---\nPORT=8080\nHOST=localhost\n"

  @Test func theOrderIsDefaultsThenFileThenEnvironment() throws {
    let folder = try TemporaryProject([".env.schema": schema, ".env": "PORT=9090\n"])
    let project = try folder.load(environment: ["PORT": "7070"])
    let port = try #require(project.resolution["PORT"])
    #expect(port.winner?.value.text == "7070")
    #expect(port.winner?.origin == .environment)
    #expect(port.losers.map(\.value.text) == ["9090", "8080"])
    #expect(project.resolution["HOST"]?.winner?.value.text == "localhost")
  }

  @Test func withoutANameOnlyDotEnvIsRead() throws {
    let folder = try TemporaryProject([".env": "A=file\n", ".env.local": "A=local\n"])
    let project = try folder.load()
    #expect(project.resolution["A"]?.winner?.value.text == "file")
    #expect(try folder.findings().contains { $0.hasSuffix("info file-not-read -") })
  }

  @Test func withANamePersonalBeatsCommitted() throws {
    let folder = try TemporaryProject([
      ".env": "A=1\nB=1\nC=1\nD=1\n", ".env.test": "B=2\nC=2\nD=2\n", ".env.local": "C=3\nD=3\n",
      ".env.test.local": "D=4\n",
    ])
    let project = try folder.load(name: "test")
    let values = ["A", "B", "C", "D"].map { project.resolution[$0]?.winner?.value.text }
    #expect(values == ["1", "2", "3", "4"])
  }

  @Test func namedFilesReplaceTheListAndLaterWins() throws {
    let folder = try TemporaryProject([".env": "A=0\n", "one": "A=1\nB=1\n", "two": "A=2\n"])
    let project = try folder.load(files: [folder.root.appending("one"), folder.root.appending("two")])
    #expect(project.resolution["A"]?.winner?.value.text == "2")
    #expect(project.resolution["B"]?.winner?.value.text == "1")
  }

  @Test func aNamedFileHasToExist() throws {
    let folder = try TemporaryProject([:])
    #expect(throws: ProjectError.self) { try folder.load(files: [folder.root.appending("none")]) }
  }

  @Test func theSearchStopsAtTheRepository() throws {
    let folder = try TemporaryProject([".env.schema": schema])
    let inner = try TemporaryProject([".env": "A=1\n"])
    #expect(try inner.load().schema.isEmpty)
    #expect(try folder.load().schema["PORT"] != nil)
  }

  @Test func aNameOutsideTheEnumIsRefused() throws {
    let folder = try TemporaryProject([
      ".env.schema":
        "# @currentEnv=$APP_ENV\n# ---\n# @type=enum(development, production)\nAPP_ENV=development\n"
    ])
    #expect(throws: ProjectError.self) { try folder.load(name: "staging") }
    #expect(try folder.load(name: "production").isProduction)
    #expect(try folder.load(environment: ["APP_ENV": "production"]).isProduction)
    #expect(try folder.load().environmentName == "development")
  }

  @Test func sensitiveValuesAreNeverText() throws {
    let folder = try TemporaryProject([".env": "API_TOKEN=abc\nURL=https://u:p@host/\nPLAIN=x\n"])
    let project = try folder.load()
    #expect(project.resolution["API_TOKEN"]?.winner?.value.text == nil)
    #expect(project.resolution["URL"]?.winner?.value.text == nil)
    #expect(project.resolution["PLAIN"]?.winner?.value.text == "x")
  }

  @Test func expansionSeesTheEnvironmentFirst() throws {
    let folder = try TemporaryProject([".env": "A=file\nB=${A}\n"])
    #expect(try folder.load(environment: ["A": "outer"]).resolution["B"]?.winner?.value.text == "outer")
    #expect(try folder.load().resolution["B"]?.winner?.value.text == "file")
  }
}
