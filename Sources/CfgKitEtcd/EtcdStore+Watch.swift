#if Etcd
  package import CfgKit
  import AsyncHTTPClient
  import CfgKitDotEnv
  import NIOCore

  extension EtcdStore {
    /// Follows the document through outages, changes of leader and compactions.
    ///
    /// etcd tells of changes as they come. Every half minute the watch is opened anew from where it was and the document read once, so
    /// that a connection which died unseen is noticed.
    package func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
      AsyncThrowingStream { continuation in
        let watching = Task {
          var watch = EtcdWatch(store: self, seen: version) { continuation.yield($0) }
          do {
            try await watch.run()
            continuation.finish()
          } catch {
            continuation.finish(throwing: error is CancellationError ? nil : error)
          }
        }
        continuation.onTermination = { _ in watching.cancel() }
      }
    }
  }

  /// What a watch knows while it runs.
  private struct EtcdWatch {
    private let store: EtcdStore
    private let tell: (StoreChange) -> Void
    private var seen: DocumentVersion
    /// The first revision that was not looked at yet.
    private var next: Int64 = 0
    private var pause = Self.shortestPause
    private var isStale = false

    private static let shortestPause = Duration.milliseconds(200)
    private static let longestPause = Duration.seconds(10)

    init(store: EtcdStore, seen: DocumentVersion, tell: @escaping (StoreChange) -> Void) {
      self.store = store
      self.seen = seen
      self.tell = tell
    }

    mutating func run() async throws {
      while true {
        try Task.checkCancellation()
        let begun = ContinuousClock.now
        do {
          try await catchUp()
          try await follow()
        } catch let error as StoreError where !error.code.mayPass {
          throw error
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          try Task.checkCancellation()
          // A watch that was open for its whole time ends like this too.
          guard begun.duration(to: .now) < .seconds(25) else { continue }
          if !isStale { tell(.stale(since: begun)) }
          isStale = true
          store.gateway.passOverFirst()
          // Many watchers lose a server at the same moment.
          try await Task.sleep(for: pause * Double.random(in: 0.5...1))
          pause = min(pause * 2, Self.longestPause)
        }
      }
    }

    /// Reads the document once: whatever was missed, this is the newest.
    private mutating func catchUp() async throws {
      let (found, revision) = try await store.loadIfPresent()
      isStale = false
      pause = Self.shortestPause
      next = revision + 1
      if let (document, version) = found {
        show(document, version)
      } else {
        showAbsence()
      }
    }

    private mutating func follow() async throws {
      var lines = EtcdWatchLines()
      for try await part in try await store.openWatch(from: next) {
        for answer in try lines.add(part.readableBytesView) {
          if try take(answer) { return }
        }
      }
    }

    /// Looks at one answer; gives whether the watch is over.
    private mutating func take(_ answer: WatchAnswer.Result) throws -> Bool {
      // A watch that is refused says "canceled" and "created" at once.
      if answer.canceled == true {
        guard answer.compactRevision != nil else { throw EtcdWatchLines.NoAnswer() }
        tell(.resync)
        return true
      }
      for event in answer.events ?? [] {
        guard let pair = event.kv, let revision = pair.revision else { continue }
        next = max(next, revision + 1)
        if event.type == "DELETE" {
          showAbsence()
        } else {
          let (document, version) = try store.document(pair)
          show(document, version)
        }
      }
      return false
    }

    private mutating func show(_ document: Document, _ version: DocumentVersion) {
      guard version != seen else { return }
      seen = version
      tell(.document(document, version))
    }

    private mutating func showAbsence() {
      guard seen != .absent else { return }
      seen = .absent
      tell(.removed)
    }
  }
#endif
