import CfgKitDotEnv
import CfgKitSecrets
import StoreContract
import Synchronization
import SystemPackage
import Testing

@testable import CfgKit

/// A watcher of a configuration whose document is in a store.
@Suite(.timeLimit(.minutes(2))) struct ConfigWatcherStoreTests {
  private static func text(_ number: Int) -> String { WatchedProject.text(number) }

  private static func put(_ text: String, into store: any DocumentStore) async throws {
    try await store.update(as: OperationID(), createIfAbsent: true) { $0 = Document(Array(text.utf8)) }
  }

  private static func watcher(_ store: any DocumentStore, _ project: WatchedProject) async throws
    -> ConfigWatcher
  {
    let options = Project.Options(directory: project.root, environment: .made([:]))
    return try ConfigWatcher(
      await Config.load(options, schema: nil, from: store), debounce: .milliseconds(2),
      interval: .milliseconds(25))
  }

  @Test func `a file of the project is not read, and its schema is followed beside the store`() async throws {
    let project = try WatchedProject([".env.schema": WatchedProject.schema, ".env": Self.text(7)])
    let store = MemoryStore(Self.text(0))
    let watcher = try await Self.watcher(store, project)
    var configs = watcher.makeAsyncIterator()
    #expect(await configs.next()?.number == 0)
    try await Self.put(Self.text(1), into: store)
    #expect(await configs.next()?.number == 1)
    try project.write(WatchedProject.schema + "# @type=string\nNAME=shop\n", to: ".env.schema")
    let named = try #require(await configs.next())
    #expect(try named.required("NAME", as: String.self) == "shop")
    #expect(named.number == 1)
  }

  @Test func `of a watcher and its documents nothing is lost while both change at once`() async throws {
    let project = try WatchedProject([".env.schema": WatchedProject.schema])
    let store = MemoryStore(Self.text(0))
    let watcher = try await Self.watcher(store, project)
    var configs = watcher.makeAsyncIterator()
    for number in 1...50 {
      try await Self.put(Self.text(number), into: store)
      try project.write(WatchedProject.schema + "# \(number)\n", to: ".env.schema")
    }
    var last = -1
    while last < 50 {
      let number = try #require(await configs.next()?.number)
      #expect(number >= last)
      last = number
    }
  }

  @Test func `a store that may not be read any more is a refusal, which passes with its cause`() async throws
  {
    let project = try WatchedProject([".env.schema": WatchedProject.schema])
    let store = ClosingStore(MemoryStore(Self.text(0)))
    let watcher = try await Self.watcher(store, project)
    var refusals = watcher.refusals.makeAsyncIterator()
    store.isClosed = true
    let refusal = try #require(await refusals.next())
    #expect(refusal.code == .unreadable(.unreadable))
    #expect("\(refusal)" == "not reloaded, the values from before stay in use: not for you")
    #expect(watcher.current.number == 0)
    let following = Task { await watcher.run() }
    store.isClosed = false
    // The document is what it was, so nothing comes but the end of the refusal.
    while watcher.refusal != nil { try await Task.sleep(for: .milliseconds(5)) }
    try await Self.put(Self.text(1), into: store)
    #expect(try await watcher.first { $0.number == 1 } != nil)
    following.cancel()
  }

  @Test(arguments: 1...6) func `however often a store refuses, the refusal passes when it does not any more`(
    times: Int
  ) async throws {
    let project = try WatchedProject([".env.schema": WatchedProject.schema])
    let store = ClosingStore(MemoryStore(Self.text(0)))
    let watcher = try await Self.watcher(store, project)
    let following = Task { await watcher.run() }
    store.refuse(times)
    while store.isClosed || watcher.refusal != nil { try await Task.sleep(for: .milliseconds(5)) }
    #expect(watcher.current.number == 0)
    try await Self.put(Self.text(1), into: store)
    #expect(try await watcher.first { $0.number == 1 } != nil)
    following.cancel()
  }

  @Test func `a refusal passes also for who begins to follow after it`() async throws {
    let project = try WatchedProject([".env.schema": WatchedProject.schema])
    let store = ClosingStore(MemoryStore(Self.text(0)))
    let watcher = try await Self.watcher(store, project)
    store.isClosed = true
    // Nobody follows any more when the first refusal is here.
    #expect(try await watcher.refusals.first { _ in true } != nil)
    try await Task.sleep(for: .milliseconds(100))
    #expect(watcher.refusal != nil)
    store.isClosed = false
    let following = Task { await watcher.run() }
    while watcher.refusal != nil { try await Task.sleep(for: .milliseconds(5)) }
    #expect(watcher.current.number == 0)
    following.cancel()
  }
}

/// A store that is asked again and again, and can be closed to its reader.
private final class ClosingStore: DocumentStore {
  private let inner: MemoryStore
  /// How many more questions are refused.
  private let refusals = Mutex(0)

  init(_ inner: MemoryStore) { self.inner = inner }

  var name: String { inner.name }
  var capabilities: StoreCapabilities { [] }

  var isClosed: Bool {
    get { refusals.withLock { $0 > 0 } }
    set { refusals.withLock { $0 = newValue ? .max : 0 } }
  }

  func refuse(_ times: Int) { refusals.withLock { $0 = times } }

  func load() async throws(StoreError) -> (Document, DocumentVersion) {
    let isRefused = refusals.withLock { count in
      defer { count = max(0, count - 1) }
      return count > 0
    }
    if isRefused { throw StoreError(.permission, place: name, "not for you") }
    return try await inner.load()
  }

  func replace(_ new: Document, ifVersion version: DocumentVersion, operation: OperationID)
    async throws(StoreError) -> Outcome
  { try await inner.replace(new, ifVersion: version, operation: operation) }

  func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    polled(after: version, every: .milliseconds(5))
  }
}
