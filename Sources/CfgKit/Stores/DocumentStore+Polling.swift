import CfgKitDotEnv

extension DocumentStore {
  /// Asks every few seconds: for stores that tell of no change by themselves.
  package func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    polled(after: version, every: .seconds(5))
  }

  /// Asks after each interval.
  package func polled(
    after version: DocumentVersion, every interval: Duration
  ) -> AsyncThrowingStream<StoreChange, any Error> {
    let ticks = AsyncStream<Void> {
      try? await Task.sleep(for: interval)
      return Task.isCancelled ? nil : ()
    }
    return polled(after: version, at: ticks)
  }

  /// Asks at once, and again at each hint.
  ///
  /// - Parameter mayHaveMissed: called after each look; whether a change before this moment may have given no hint.
  func polled(
    after version: DocumentVersion, at hints: AsyncStream<Void>,
    mayHaveMissed: @escaping @Sendable () -> Bool = { false }
  ) -> AsyncThrowingStream<StoreChange, any Error> {
    AsyncThrowingStream { continuation in
      let polling = Task {
        var look = StoreLook(store: self, seen: version) { continuation.yield($0) }
        do throws(StoreError) {
          repeat { try await look.again() } while mayHaveMissed()
          for await _ in hints {
            repeat { try await look.again() } while mayHaveMissed()
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in polling.cancel() }
    }
  }
}

/// Looks at a store, and tells what is new since the last look.
private struct StoreLook<Store: DocumentStore> {
  let store: Store
  var seen: DocumentVersion
  let tell: (StoreChange) -> Void
  private var isStale = false

  init(store: Store, seen: DocumentVersion, tell: @escaping (StoreChange) -> Void) {
    self.store = store
    self.seen = seen
    self.tell = tell
  }

  mutating func again() async throws(StoreError) {
    let asked = ContinuousClock.now
    do throws(StoreError) {
      let (document, found) = try await store.load()
      if found != seen { tell(.document(document, found)) }
      (seen, isStale) = (found, false)
    } catch {
      switch error.code {
      case .notFound:
        if seen != .absent { tell(.removed) }
        (seen, isStale) = (.absent, false)
      case let code where code.mayPass:
        if !isStale { tell(.stale(since: asked)) }
        isStale = true
      default: throw error
      }
    }
  }
}
