import CfgKitDotEnv
import CfgKitSecrets
import Foundation
import StoreContract
import SystemPackage
import Testing

@testable import CfgKit

/// What every store promises, kept by the stores that need no server; etcd's is tested in its own room.
@Suite struct DocumentStoreTests {
  @Test(arguments: StorePromise.all) func `a file keeps`(promise: StorePromise) async throws {
    let scratch = try Scratch()
    try await promise.hold(of: FileStore(scratch[".env"]))
    withExtendedLifetime(scratch) {}
  }

  @Test(arguments: StorePromise.all) func `a document in memory keeps`(promise: StorePromise) async throws {
    try await promise.hold(of: MemoryStore())
  }

  @Test(arguments: MemberPromise.all) func `a roster in memory keeps`(promise: MemberPromise) async throws {
    try await promise.hold(of: MemoryStore(leaseLife: .seconds(3)))
  }

  @Test func `the contract notices a store that forgets its promises`() async throws {
    var broken = 0
    for promise in StorePromise.all {
      do { try await promise.hold(of: ForgetfulStore()) } catch { broken += 1 }
    }
    #expect(broken >= 3)
  }
}

/// Writes whatever comes, in whatever order.
private final class ForgetfulStore: DocumentStore {
  private let inner = MemoryStore()
  let name = "forgetful"
  let capabilities: StoreCapabilities = [.pushes]

  func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    inner.watch(after: version)
  }

  func load() async throws(StoreError) -> (Document, DocumentVersion) { try await inner.load() }

  func replace(
    _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
  ) async throws(StoreError) -> Outcome {
    let now = (try? await inner.load().1) ?? .absent
    guard let another = try? OperationID() else { return .unknown(operation) }
    return try await inner.replace(new, ifVersion: now, operation: another)
  }
}

@Suite struct StoreUpdateTests {
  private func set(_ key: String, in store: MemoryStore) async throws {
    try await store.update(as: OperationID()) { document in try document.set(key, to: "1") }
  }

  private func text(of store: MemoryStore) async throws -> String {
    String(decoding: try await store.load().0.bytes, as: UTF8.self)
  }

  @Test func `a reply that is lost is resolved by the same request, and the change is made once`()
    async throws
  {
    for faults: [MemoryStore.Fault] in [
      [.lostReply], [.lostRequest], [.lostRequest, .lostReply], [.lostReply, .lostRequest, .lostRequest],
      [.lostReply, .away, .away], [.lostRequest, .away],
    ] {
      let store = MemoryStore("A=1\n")
      store.inject(faults)
      try await set("B", in: store)
      #expect(try await text(of: store) == "A=1\nB=1\n")
      #expect(store.changes == 2)
    }
  }

  @Test func `a change is planned again on what others wrote, five times`() async throws {
    let store = MemoryStore("A=1\n")
    store.inject(Array(repeating: .conflict, count: 4))
    try await set("B", in: store)
    #expect(try await text(of: store) == "A=1\nB=1\n")
    store.inject(Array(repeating: .conflict, count: 5))
    let error = await #expect(throws: StoreError.self) { try await set("C", in: store) }
    #expect(error?.code == .changed)
    #expect(error?.exitCode == 75)
    #expect(try await text(of: store) == "A=1\nB=1\n")
  }

  @Test func `where no reply ever comes, it says that nobody knows`() async throws {
    let store = MemoryStore("A=1\n")
    store.inject(Array(repeating: .lostRequest, count: 6))
    let error = await #expect(throws: StoreError.self) { try await set("B", in: store) }
    #expect(error?.code == .unconfirmed)
    #expect(error?.exitCode == 76)
    #expect(error?.message.contains("--resume") == true)
  }

  @Test func `a store that goes away before it says what became of a change leaves it unknown, not refused`()
    async throws
  {
    let store = MemoryStore("A=1\n")
    store.inject([.lostReply] + Array(repeating: .away, count: 5))
    let error = await #expect(throws: StoreError.self) { try await set("B", in: store) }
    #expect(error?.exitCode == 76)
  }

  @Test func `a store that is away is 69`() async throws {
    let store = MemoryStore("A=1\n")
    store.isUnreachable = true
    let error = await #expect(throws: StoreError.self) { try await set("B", in: store) }
    #expect(error?.exitCode == 69)
  }

  @Test func `polling tells of an outage once, and of what changed in it`() async throws {
    let store = MemoryStore("A=1\n")
    var changes = store.polled(after: try await store.load().1, every: .milliseconds(20)).makeAsyncIterator()
    store.isUnreachable = true
    guard case .stale? = try await changes.next() else {
      Issue.record("not told of the outage")
      return
    }
    try await Task.sleep(for: .milliseconds(100))
    store.isUnreachable = false
    try await set("B", in: store)
    guard case .document(let document, _)? = try await changes.next() else {
      Issue.record("told of the outage twice")
      return
    }
    #expect(document.entries.count == 2)
  }

  @Test func `a watch of a file tells of changes, of its end and of its return`() async throws {
    let scratch = try Scratch()
    try scratch.write("A=1\n")
    let store = FileStore(scratch[".env"])
    var changes = store.watch(after: try store.load().1).makeAsyncIterator()
    try store.update { try $0.set("A", to: "2") }
    guard case .document? = try await changes.next() else {
      Issue.record("not told of the change")
      return
    }
    try FileManager.default.removeItem(atPath: scratch[".env"].string)
    guard case .removed? = try await changes.next() else {
      Issue.record("not told of the end")
      return
    }
    try scratch.write("A=2\n")
    guard case .document? = try await changes.next() else {
      Issue.record("not told of the return")
      return
    }
  }
}
