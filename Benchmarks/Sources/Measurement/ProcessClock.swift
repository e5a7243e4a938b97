#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The processor time of this process since the clock was made: what the work cost, whoever else was running.
public struct ProcessClock {
  private let start: Double

  /// A clock that starts now.
  public init() { start = Self.now() }

  /// Seconds since the start, of all threads.
  public var seconds: Double { Self.now() - start }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
