#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A few threads that share a list of independent pieces of work.
package enum WorkerThreads {
  /// One thread for each processor, but no crowd.
  private static var count: Int { min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 16) }

  /// What `work` gives for each index below `count`, in their order, whichever thread was first.
  ///
  /// - Parameter progress: told on the calling thread, from time to time, how many are done.
  package static func map<Result: Sendable>(
    _ workCount: Int, progress: (Int) -> Void = { _ in }, _ work: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let board = ResultBoard<Result>(count: workCount)
    let loop: @Sendable () -> Void = {
      while let index = board.takeNext() { board.put(work(index), at: index) }
    }
    let started = (0..<min(count, workCount)).filter { _ in DetachedThread.start(loop) }
    if started.isEmpty { loop() }
    return board.wait(progress: progress).compactMap(\.self)
  }
}
