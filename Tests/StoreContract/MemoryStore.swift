package import CfgKit
package import CfgKitDotEnv
package import CfgKitSecrets
import Synchronization

/// A document in memory, whose store does what a network does: loses replies, is late, and lets others be faster.
package final class MemoryStore: DocumentStore {
  /// What goes wrong with one call of `replace`.
  package enum Fault: Sendable, Hashable {
    /// Somebody else writes the same bytes first.
    case conflict
    /// The request never arrives, and nobody knows.
    case lostRequest
    /// It is done, and the reply is lost.
    case lostReply
    /// Nobody answers, and nothing is sent.
    case away
    /// It is done later than others that were sent after it.
    case late(Duration)
  }

  private struct State {
    var bytes: [UInt8]?
    var revision: Int64 = 0
    var operations: [OperationID: Int64] = [:]
    var faults: [Fault] = []
    var watchers: [Int: AsyncThrowingStream<StoreChange, any Error>.Continuation] = [:]
    var isUnreachable = false
  }

  package let name = "memory"
  package let capabilities: StoreCapabilities = [.pushes, .leases]
  package let leaseLife: Duration
  let roster = Mutex(MemoryRoster())
  private let state: Mutex<State>

  /// A store with a document, or with none.
  package init(_ text: String? = nil, leaseLife: Duration = .seconds(15)) {
    self.leaseLife = leaseLife
    state = Mutex(State(bytes: text.map { Array($0.utf8) }, revision: text == nil ? 0 : 1))
  }

  /// What the next calls of `replace` meet, in their order.
  package func inject(_ faults: [Fault]) {
    state.withLock { $0.faults += faults }
  }

  /// How often the document was changed.
  package var changes: Int64 { state.withLock(\.revision) }

  /// Whether nobody answers.
  package var isUnreachable: Bool {
    get { state.withLock(\.isUnreachable) }
    set { state.withLock { $0.isUnreachable = newValue } }
  }

  package func load() async throws(StoreError) -> (Document, DocumentVersion) {
    let (bytes, revision) = try found()
    guard let bytes else { throw StoreError(.notFound, place: name, "there is no document") }
    return (Document(bytes), DocumentVersion(revision: revision))
  }

  package func replace(
    _ new: Document, ifVersion version: DocumentVersion, operation: OperationID
  ) async throws(StoreError) -> Outcome {
    _ = try found()
    let fault = state.withLock { $0.faults.isEmpty ? nil : $0.faults.removeFirst() }
    switch fault {
    case .lostRequest: return .unknown(operation)
    case .away: throw StoreError(.unreachable, place: name, "nobody answers")
    case .lostReply:
      _ = swap(new, version, operation)
      return .unknown(operation)
    case .late(let time):
      try? await Task.sleep(for: time)
      return swap(new, version, operation)
    case .conflict:
      state.withLock { $0.revision += 1 }
      return swap(new, version, operation)
    case nil: return swap(new, version, operation)
    }
  }

  package func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    let (stream, continuation) = AsyncThrowingStream<StoreChange, any Error>.makeStream()
    let number = state.withLock { state in
      let number = (state.watchers.keys.max() ?? 0) + 1
      state.watchers[number] = continuation
      let revision = DocumentVersion(revision: state.revision)
      if let bytes = state.bytes, revision != version {
        continuation.yield(.document(Document(bytes), revision))
      }
      return number
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.watchers.removeValue(forKey: number) }
    }
    return stream
  }

  func found() throws(StoreError) -> (bytes: [UInt8]?, revision: Int64) {
    let (isUnreachable, bytes, revision) = state.withLock { ($0.isUnreachable, $0.bytes, $0.revision) }
    if isUnreachable { throw StoreError(.unreachable, place: name, "nobody answers") }
    return (bytes, revision)
  }

  private func swap(_ new: Document, _ version: DocumentVersion, _ operation: OperationID) -> Outcome {
    state.withLock { state in
      if let written = state.operations[operation] { return .committed(DocumentVersion(revision: written)) }
      let now = state.bytes == nil ? DocumentVersion.absent : DocumentVersion(revision: state.revision)
      guard now == version else { return .conflict(now) }
      state.revision += 1
      state.bytes = new.bytes
      state.operations[operation] = state.revision
      let revision = DocumentVersion(revision: state.revision)
      for watcher in state.watchers.values { watcher.yield(.document(new, revision)) }
      return .committed(revision)
    }
  }
}
