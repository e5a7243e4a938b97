@unsafe @preconcurrency import Dispatch
import Synchronization

/// Runs asynchronous work on the thread that waits for it.
///
/// A process that has one thread keeps to it: what holds for a thread, such as the signals that it blocks while it writes a file, holds
/// for all of the work, and no other thread is started as long as the work waits for nobody.
package final class CallingThread<Outcome: Sendable, Failure: Error>: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var result: Result<Outcome, Failure>?
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  private init() {}

  /// Does the work, and gives what it gives.
  package static func run(
    _ work: sending @escaping () async throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    let thread = CallingThread()
    Task(executorPreference: thread) {
      let result: Result<Outcome, Failure>
      do throws(Failure) { result = .success(try await work()) } catch { result = .failure(error) }
      thread.state.withLock { $0.result = result }
    }
    while true {
      thread.arrivals.wait()
      let job = thread.state.withLock { $0.jobs.removeFirst() }
      unsafe job.runSynchronously(on: thread.asUnownedTaskExecutor())
      if let result = thread.state.withLock({ $0.result }) { return try result.get() }
    }
  }

  /// Takes on a piece of the work, from whichever thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    arrivals.signal()
  }
}
