import CfgKitDotEnv

extension DocumentStore {
  /// Asks again and again: for stores that tell of no change by themselves.
  package func watch(after version: DocumentVersion) -> AsyncThrowingStream<StoreChange, any Error> {
    polled(after: version, every: .seconds(5))
  }

  /// Asks after each interval.
  package func polled(
    after version: DocumentVersion, every interval: Duration
  ) -> AsyncThrowingStream<StoreChange, any Error> {
    AsyncThrowingStream { continuation in
      let polling = Task {
        do {
          try await poll(after: version, every: interval) { continuation.yield($0) }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error is CancellationError ? nil : error)
        }
      }
      continuation.onTermination = { _ in polling.cancel() }
    }
  }

  private func poll(
    after version: DocumentVersion, every interval: Duration, _ tell: (StoreChange) -> Void
  ) async throws {
    var seen = version
    var isStale = false
    while true {
      let asked = ContinuousClock.now
      do throws(StoreError) {
        let (document, found) = try await load()
        if found != seen { tell(.document(document, found)) }
        (seen, isStale) = (found, false)
      } catch {
        switch error.code {
        case .notFound:
          if seen != .absent { tell(.removed) }
          (seen, isStale) = (.absent, false)
        case .unreachable, .inputOutput, .locked, .changed, .outdated:
          if !isStale { tell(.stale(since: asked)) }
          isStale = true
        default: throw error
        }
      }
      try await Task.sleep(for: interval)
    }
  }
}
