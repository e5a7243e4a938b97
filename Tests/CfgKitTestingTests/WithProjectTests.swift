import CfgKit
import CfgKitTesting
import SystemPackage
import Testing

@Suite struct WithProjectTests {
  @Test func aLoadInsideSeesThisProjectAndNothingOfTheProcess() throws {
    let config = try withProject([".env": "NAME=file\nLIMIT=5\n"], environment: ["NAME": "variable"]) { _ in
      try Config.load()
    }
    #expect(try config.value("NAME") == "variable")
    #expect(try config.required("LIMIT", as: Int.self) == 5)
    // PATH is set in every process that runs tests.
    #expect(Project.Options().environment.withVariable("PATH") { _ in })
    try withProject { _ in
      let config = try Config.load()
      #expect(!Project.Options().environment.withVariable("PATH") { _ in })
      #expect(config.keys.isEmpty)
    }
  }

  @Test(arguments: ["../evil", "/tmp/evil", "a/../../evil", ""]) func nothingIsWrittenOutsideOfTheFolder(
    name: String
  ) throws {
    try withProject { project in
      #expect(throws: Errno.invalidArgument) { try project.write("x", to: name) }
      #expect(throws: Errno.invalidArgument) { try project.remove(name) }
    }
  }

  @Test func aSchemaIsAFileLikeAnyOther() throws {
    let schema = "# @defaultRequired=true\n# ---\n# @type=port\nPORT=8080\n# @sensitive\nAPI_KEY=\n"
    try withProject([".env.schema": schema, ".env": ""]) { project in
      let error = #expect(throws: ConfigError.self) { try Config.load() }
      #expect(error?.findings.map(\.key) == ["API_KEY"])
      try project.write("API_KEY=hX3-jq9_vT2mWz8\n", to: ".env")
      #expect(try Config.load().required("PORT", as: UInt16.self) == 8080)
    }
  }

  @Test func scopesOfTasksThatRunTogetherDoNotMeet() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<100 {
        group.addTask {
          try await withProject([".env": "A=\(number)\n"], environment: ["B": "\(number)"]) { project in
            await Task.yield()
            #expect(try Config.load().required("A", as: Int.self) == number)
            try project.write("A=\(-number)\nB=\n", to: ".env")
            async let child = Config.load()
            let config = try await child
            #expect(try config.required("A", as: Int.self) == -number)
            #expect(try config.required("B", as: Int.self) == number)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func aScopeInsideAnotherHidesIt() throws {
    try withProject(environment: ["A": "outer"]) { _ in
      try withProject([".env": "A=\n"], environment: ["A": "inner"]) { _ in
        let config = try Config.load()
        #expect(try config.value("A") == "inner")
      }
      #expect(Project.Options().environment.names == ["A"])
    }
  }

  @Test func whatTheCodeNamesItselfStays() throws {
    try withProject([".env": "A=1\n"]) { outer in
      try withProject([".env": "A=2\n"]) { _ in
        let config = try Config.load(Project.Options(directory: outer.root))
        #expect(try config.value("A") == "1")
      }
    }
  }

  @Test func theFolderIsGoneAfterwards() throws {
    struct Stop: Error {}
    var root: FilePath?
    #expect(throws: Stop.self) {
      try withProject(["deep/er/.env": "A=1\n", ".env": ""]) { project in
        root = project.root
        try project.remove(".env")
        try project.remove(".env")
        throw Stop()
      }
    }
    let folder = try #require(root)
    #expect(throws: Errno.noSuchFileOrDirectory) { try folder.stat() }
  }

  @Test(.project([".env": "A=1\n"], environment: ["B": "2"])) func aTraitDoesTheSame() throws {
    #expect(try Config.load().value("A") == "1")
    #expect(Project.Options().environment.names == ["B"])
  }

  @Suite(.project([".env": "A=suite\n"])) struct OfASuite {
    @Test(arguments: 0..<3) func eachCaseHasAProjectOfItsOwn(number: Int) throws {
      #expect(try Config.load().value("A") == "suite")
    }
  }

  @Test func aWatcherMadeInsideFollowsTheProject() async throws {
    try await withProject([".env": "A=1\n"]) { project in
      let watcher = try ConfigWatcher(Config.load(), debounce: .milliseconds(2), interval: .milliseconds(20))
      var snapshots = watcher.makeAsyncIterator()
      #expect(try await snapshots.next()?.value("A") == "1")
      try project.write("A=2\n", to: ".env")
      #expect(try await snapshots.next()?.value("A") == "2")
    }
  }
}
