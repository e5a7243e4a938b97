import CfgKit
import SystemPackage
import Testing

@Suite struct StartTests {

  private func text(_ file: String, environment: [String: String] = [:]) throws -> String? {
    let folder = try TemporaryProject([".env": file])
    let options = Project.Options(directory: folder.root, environment: .made(environment))
    do { _ = try Config.load(SampleApp.schema, options) } catch {
      return "\(error)".replacing(folder.root.string + "/", with: "").replacing(
        folder.root.string, with: "DIR")
    }
    return nil
  }

  @Test func anInvalidStartListsEverythingInOneText() throws {
    let file = """
      DATABASE_URL=postgres://app:x9Qv2-hL8wTz4nRk@db/app
      SESSION_STORE=redis
      SESSION_KEY=your-secret-key-here

      """
    #expect(
      try text(file) == """
        .env:3:1: error: SESSION_KEY is a published placeholder, not a secret [placeholder-secret]
           3 | SESSION_KEY=••••••••
             | ^^^^^^^^^^^ 128 bits are asked for
           fix: cfgkit -C DIR rotate-secret SESSION_KEY --drop-previous
        error: REDIS_URL is required when SESSION_STORE is redis [missing-required]
           looked in: environment, .env
           fix: cfgkit -C DIR set REDIS_URL
        not started: 2 errors
        """)
  }

  @Test func aValidFileStarts() throws {
    #expect(try text("DATABASE_URL=postgres://app@db/app\nSESSION_KEY=\(SampleApp.strong)\n") == nil)
  }

  @Test func theSameAsJSON() throws {
    let folder = try TemporaryProject([
      ".env": "DATABASE_URL=postgres://app@db/app\nPORT=http\nSESSION_KEY=\(SampleApp.strong)\n"
    ])
    let options = Project.Options(directory: folder.root, environment: .made([:]))
    let error = #expect(throws: ConfigError.self) { try Config.load(SampleApp.schema, options) }
    let json =
      error?.json.replacing(folder.root.string + "/", with: "")
      .replacing(folder.root.string, with: "DIR") ?? ""
    #expect(
      json == """
        {
          "schemaVersion": 1,
          "tool": {
            "name": "cfgkit",
            "version": "0.1.0"
          },
          "environment": "development",
          "phase": "run",
          "ok": false,
          "sources": [
            {
              "kind": "file",
              "path": ".env",
              "keys": 3
            }
          ],
          "summary": {
            "error": 1,
            "warning": 0,
            "info": 0,
            "fixable": 0
          },
          "findings": [
            {
              "rule": "type-mismatch",
              "code": "CFG304",
              "severity": "error",
              "key": "PORT",
              "message": "PORT is not a port number",
              "location": {
                "path": ".env",
                "line": 2,
                "column": 6,
                "endLine": 2,
                "endColumn": 10
              },
              "fix": {
                "kind": "command",
                "safe": false,
                "argv": [
                  "cfgkit",
                  "-C",
                  "DIR",
                  "set",
                  "PORT"
                ]
              },
              "help": "cfgkit rules CFG304"
            }
          ]
        }

        """)
  }

  @Test func aFileThatCannotBeReadIsAnErrorWithItsCode() throws {
    let folder = try TemporaryProject([:])
    let options = Project.Options(
      directory: folder.root, files: [folder.root.appending("none.env")], environment: .made([:]))
    let error = #expect(throws: ConfigError.self) { try Config.load(SampleApp.schema, options) }
    #expect(error?.code == .unreadable(.notFound))
    #expect(error?.json.contains("\"code\": \"not-found\"") == true)
  }
}
