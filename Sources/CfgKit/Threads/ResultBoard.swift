import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where threads leave what they found, each at its place, and where one thread waits for all of it.
final class ResultBoard<Result: Sendable>: Sendable {
  private struct State {
    var results: [Result?]
    var next = 0
    var doneCount = 0
  }

  private let state: Mutex<State>

  /// A board with room for `count` results.
  init(count: Int) { state = Mutex(State(results: Array(repeating: nil, count: count))) }

  /// The next place that nobody has taken on yet; nil if there is none.
  func takeNext() -> Int? {
    state.withLock { state in
      guard state.next < state.results.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Leaves a result at its place.
  func put(_ result: Result, at index: Int) {
    state.withLock { state in
      state.results[index] = result
      state.doneCount += 1
    }
  }

  /// The results that are there when all are, or at the deadline.
  ///
  /// - Parameter progress: told from time to time how many there are.
  func wait(until deadline: ContinuousClock.Instant? = nil, progress: (Int) -> Void = { _ in }) -> [Result?] {
    while true {
      let (done, all) = state.withLock { ($0.doneCount, $0.results.count) }
      progress(done)
      if done == all || deadline.map({ ContinuousClock.now >= $0 }) ?? false {
        return state.withLock { $0.results }
      }
      usleep(1_000)
    }
  }
}
