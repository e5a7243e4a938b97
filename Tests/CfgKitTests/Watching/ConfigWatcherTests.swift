import SystemPackage
import Testing

@testable import CfgKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether a watcher is told of changes, or has to look again and again.
enum Road: CaseIterable {
  case notices, looking

  var interval: Duration { self == .notices ? .seconds(3_600) : .milliseconds(25) }
}

// Where the system gives no notices, an hour would have to pass.
#if os(Linux)
  private let roads = Road.allCases
#else
  private let roads = [Road.looking]
#endif

@Suite(.timeLimit(.minutes(2))) struct ConfigWatcherTests {
  private func watcher(
    _ project: WatchedProject, _ road: Road, environmentName: String? = nil, files: [FilePath] = []
  ) throws -> ConfigWatcher {
    try project.watcher(
      environmentName: environmentName, files: files, interval: road.interval, usesNotices: road == .notices)
  }

  @Test(arguments: WatchedProject.Manner.allCases, roads)
  func whicheverWayAFileIsChangedTheNewStateComes(manner: WatchedProject.Manner, road: Road) async throws {
    let project = try WatchedProject()
    let watcher = try watcher(project, road)
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    for number in 1...3 {
      try project.write(WatchedProject.text(number), manner)
      // A file that is emptied and written again may be seen in pieces here, each of them refused.
      #expect(await snapshots.next()?.number == number)
      #expect(watcher.current.number == number)
    }
    #expect(watcher.refusal == nil)
  }

  #if os(Linux)
    @Test func `a file that somebody is still writing is not taken, however long that lasts`() async throws {
      let project = try WatchedProject()
      let watcher = try project.watcher(debounce: .milliseconds(20))
      var snapshots = watcher.makeAsyncIterator()
      #expect(await snapshots.next()?.number == 0)
      // Whoever sees a second change has begun to watch the folder.
      for number in [4, 5] {
        try project.write(WatchedProject.text(number))
        #expect(await snapshots.next()?.number == number)
      }
      let file = try FileDescriptor.open(project.root.appending(".env"), .writeOnly, options: .truncate)
      try file.writeAll(WatchedProject.text(1).utf8)
      try await Task.sleep(for: .milliseconds(300))
      #expect(watcher.current.number == 5)
      try file.writeAll(toAbsoluteOffset: 0, WatchedProject.text(2).utf8)
      try await Task.sleep(for: .milliseconds(300))
      #expect(watcher.current.number == 5)
      try file.close()
      #expect(await snapshots.next()?.number == 2)
    }
  #endif

  @Test(arguments: roads) func anInvalidFileKeepsTheOldStateAndIsReportedWithoutItsValues(road: Road)
    async throws
  {
    let project = try WatchedProject()
    let watcher = try watcher(project, road)
    var refusals = watcher.refusals.makeAsyncIterator()
    try project.write(WatchedProject.text(1) + "NUMBER_0=not-4711\n")
    let refusal = try #require(await refusals.next())
    #expect(refusal.findings.contains { $0.rule.id == "type-mismatch" && $0.key == "NUMBER_0" })
    #expect(!"\(refusal)".contains("4711"))
    #expect("\(refusal)".hasSuffix("\nnot reloaded, the values from before stay in use: 2 errors"))
    #expect(watcher.current.number == 0)
    #expect(watcher.refusal != nil)

    try project.write(WatchedProject.text(2))
    #expect(try await watcher.first { $0.number == 2 } != nil)
    #expect(watcher.refusal == nil)
  }

  @Test(arguments: roads) func aFileThatIsRemovedIsMissedAndFoundAgain(road: Road) async throws {
    let project = try WatchedProject()
    let watcher = try watcher(project, road)
    var refusals = watcher.refusals.makeAsyncIterator()
    project.remove()
    let refusal = try #require(await refusals.next())
    #expect(refusal.findings.contains { $0.rule.id == "missing-required" && $0.key == "NUMBER_0" })
    #expect(watcher.current.number == 0)
    try project.write(WatchedProject.text(7))
    #expect(try await watcher.first { $0.number == 7 } != nil)
  }

  @Test(arguments: roads) func aNamedFileThatIsGoneIsARefusalOfItsOwn(road: Road) async throws {
    let project = try WatchedProject()
    let watcher = try watcher(project, road, files: [project.root.appending(".env")])
    var refusals = watcher.refusals.makeAsyncIterator()
    project.remove()
    let refusal = try #require(await refusals.next())
    #expect(refusal.code == .unreadable(.notFound))
    #expect("\(refusal)".hasPrefix("not reloaded, the values from before stay in use: "))
    #expect(watcher.current.number == 0)
    try project.write(WatchedProject.text(1))
    #expect(try await watcher.first { $0.number == 1 } != nil)
  }

  @Test(arguments: roads) func aSwapOfAFolderOfLinksIsOneChange(road: Road) async throws {
    // As Kubernetes mounts a ConfigMap: .env → ..data/.env, ..data → ..1, and only ..data is ever replaced.
    let project = try WatchedProject([
      ".env.schema": WatchedProject.schema, "..0/.env": WatchedProject.text(0),
      "..1/.env": WatchedProject.text(1), "..2/.env": WatchedProject.text(2),
    ])
    project.link("..data", to: "..0")
    project.link(".env", to: "..data/.env")
    let watcher = try watcher(project, road)
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    for number in 1...2 {
      project.link("..data", to: "..\(number)")
      #expect(await snapshots.next()?.number == number)
    }
    // The folder that it has led to since is followed too.
    try project.write(WatchedProject.text(3), to: "..2/.env", .inPlace)
    #expect(try await watcher.first { $0.number == 3 } != nil)
  }

  @Test(arguments: roads) func aLinkIntoAnotherFolderIsFollowed(road: Road) async throws {
    let elsewhere = try WatchedProject()
    let project = try WatchedProject([".env.schema": WatchedProject.schema])
    project.link(".env", to: elsewhere.root.appending(".env").string)
    let watcher = try watcher(project, road)
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    try elsewhere.write(WatchedProject.text(1))
    #expect(await snapshots.next()?.number == 1)
    // The link itself is turned into a file.
    try project.write(WatchedProject.text(2))
    #expect(await snapshots.next()?.number == 2)
  }

  @Test(arguments: roads) func everyLayerAndTheSchemaAreFollowed(road: Road) async throws {
    let project = try WatchedProject([
      ".env.schema": "# @import(./more.schema)\n# ---\n# @type=number(isInt=true)\nA=1\n",
      "more.schema": "# @type=number(isInt=true)\nB=1\n",
    ])
    let watcher = try watcher(project, road, environmentName: "test")
    var snapshots = watcher.makeAsyncIterator()
    func sum(_ config: Config?) throws -> Int? {
      try config.map { try $0.required("A", as: Int.self) + $0.required("B", as: Int.self) }
    }
    #expect(try sum(await snapshots.next()) == 2)
    try project.write("A=10\n", to: ".env")
    #expect(try sum(await snapshots.next()) == 11)
    try project.write("A=20\n", to: ".env.test.local")
    #expect(try sum(await snapshots.next()) == 21)
    try project.write("# @type=number(isInt=true)\nB=5\n", to: "more.schema")
    #expect(try sum(await snapshots.next()) == 25)
    project.remove(".env.test.local")
    #expect(try sum(await snapshots.next()) == 15)
  }

  @Test func otherFilesInTheFolderAreNotLookedAt() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher()
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next() != nil)
    for number in 0..<50 { try project.write("\(number)", to: "log") }
    try project.write(WatchedProject.text(1))
    #expect(await snapshots.next()?.number == 1)
  }

  @Test func aFileThatComesBackToWhatItWasIsNoChange() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher(debounce: .milliseconds(500))
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    try project.write(WatchedProject.text(1))
    try project.write(WatchedProject.text(0))
    try await Task.sleep(for: .milliseconds(600))
    try project.write(WatchedProject.text(2))
    #expect(await snapshots.next()?.number == 2)
  }

  @Test func allReadersSeeTheSameStates() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher()
    try await withThrowingTaskGroup(of: Int?.self) { group in
      for _ in 0..<8 { group.addTask { try await watcher.first { $0.number == 1 }?.number } }
      group.addTask {
        try project.write(WatchedProject.text(1))
        return 1
      }
      for try await number in group { #expect(number == 1) }
    }
  }

  @Test func cancellingTheTaskEndsARunAndTheSequencesAtOnce() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher()
    let ended = await withTaskGroup(of: Void.self, returning: Int.self) { group in
      group.addTask { await watcher.run() }
      group.addTask { for await _ in watcher {} }
      group.addTask { for await _ in watcher.refusals {} }
      group.cancelAll()
      var ended = 0
      for await _ in group { ended += 1 }
      return ended
    }
    #expect(ended == 3)
  }

  @Test func aRunKeepsTheStateUpToDateAndAnotherRunGoesOn() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher()
    for number in 1...3 {
      let run = Task { await watcher.run() }
      try project.write(WatchedProject.text(number))
      while watcher.current.number != number { try await Task.sleep(for: .milliseconds(1)) }
      run.cancel()
      await run.value
    }
    // Nobody follows now, and what was missed is seen by the next who does.
    try project.write(WatchedProject.text(9))
    #expect(try await watcher.first { $0.number == 9 } != nil)
  }

  @Test func aSchemaOfTheSourceStaysTheSchema() async throws {
    let limit = Key("RATE_LIMIT", .int(min: 1), default: 100)
    let project = try WatchedProject([".env.schema": "OTHER=\n", ".env": "RATE_LIMIT=1\n"])
    let config = try Config.load(
      Schema { limit }, Project.Options(directory: project.root, environment: .made([:])))
    let watcher = try ConfigWatcher(config, debounce: .milliseconds(2), interval: .milliseconds(25))
    var refusals = watcher.refusals.makeAsyncIterator()
    try project.write("RATE_LIMIT=0\n")
    #expect(await refusals.next()?.findings.map(\.key) == ["RATE_LIMIT"])
    try project.write("RATE_LIMIT=2\n")
    #expect(try await watcher.first { $0[limit] == 2 } != nil)
  }

  @Test(arguments: roads) func whileTheFolderIsGoneNoOtherProjectsValuesCome(road: Road) async throws {
    let project = try WatchedProject([
      ".env": "NAME=other\n", "svc/.env.schema": "NAME=\n", "svc/.env": "NAME=mine\n",
    ])
    let folder = project.root.appending("svc")
    let options = Project.Options(directory: folder, environment: .made([:]))
    let watcher = try ConfigWatcher(
      Config.load(options), debounce: .milliseconds(2), interval: road.interval,
      usesNotices: road == .notices)
    let names = Task {
      var names: [String?] = []
      for await config in watcher {
        names.append(try config.value("NAME"))
        if names.last == "new" { break }
      }
      return names
    }
    var refusals = watcher.refusals.makeAsyncIterator()
    rename(folder.string, folder.string + ".away")
    let refusal = try #require(await refusals.next())
    #expect(refusal.code == .unreadable(.notFound) && "\(refusal)".contains("the folder of the project"))
    #expect(try watcher.current.value("NAME") == "mine")
    rename(folder.string + ".away", folder.string)
    try project.write("NAME=new\n", to: "svc/.env")
    #expect(try await names.value.allSatisfy { $0 == "mine" || $0 == "new" })
  }

  @Test func filesThatNeverRestAreTakenAsTheyAreAfterASecond() async throws {
    let project = try WatchedProject()
    let watcher = try project.watcher(debounce: .milliseconds(50))
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    let writer = Task.detached {
      for number in 1... {
        if Task.isCancelled { return }
        try project.write(WatchedProject.text(number))
        try? await Task.sleep(for: .milliseconds(10))
      }
    }
    // While the writer goes on: only the end of this test cancels it.
    #expect(await snapshots.next()?.number != nil)
    #expect(watcher.refusal == nil)
    writer.cancel()
    try await writer.value
  }

  @Test(arguments: [Duration.seconds(-1), .zero, .nanoseconds(1)])
  func anIntervalThatIsNoneIsTheLeast(_ interval: Duration) async throws {
    let project = try WatchedProject()
    let options = Project.Options(directory: project.root, environment: .made([:]))
    let watcher = try ConfigWatcher(Config.load(options), debounce: interval, interval: interval)
    var snapshots = watcher.makeAsyncIterator()
    #expect(await snapshots.next()?.number == 0)
    try project.write(WatchedProject.text(1))
    #expect(await snapshots.next()?.number == 1)
  }

  @Test func anEmptySchemaOfTheSourceStaysTheSchemaToo() async throws {
    let project = try WatchedProject([".env.schema": "A=default\n", ".env": "B=1\n"])
    let config = try Config.load(
      Schema {}, Project.Options(directory: project.root, environment: .made([:])))
    #expect(config.keys == ["B"])
    let watcher = try ConfigWatcher(config, debounce: .milliseconds(2))
    try project.write("B=2\n")
    let next = try #require(try await watcher.first { try $0.value("B") == "2" })
    #expect(next.keys == ["B"])
  }

  @Test func nothingThatPrintsAWatcherShowsAValue() throws {
    let project = try WatchedProject([".env.schema": "NAME=\n", ".env": "NAME=visible-name\n"])
    let watcher = try project.watcher()
    var dumped = ""
    dump(watcher, to: &dumped)
    for text in [dumped, "\(watcher)", String(reflecting: watcher)] { #expect(!text.contains("visible")) }
  }
}
