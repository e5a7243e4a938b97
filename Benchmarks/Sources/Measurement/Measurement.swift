import CMeasurement

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What some work cost, run several times in this process.
public struct Measurement {
  /// Processor seconds of every run; the first is that of a process that has done none of it before.
  public let seconds: [Double]
  /// Calls of the allocator in one more run, which is not the first: what a process does only once counts for none.
  public let allocations: UInt64
  /// The most that one more run held at one time, in bytes, beyond what was held before it.
  public let peakBytes: UInt64
  /// How many new pages the system had to give for one run, on average.
  public let pageFaults: Double

  /// Runs `work` at least `runs` times, and until a fifth of a second is used.
  ///
  /// - Parameters:
  ///   - runs: the least number of runs.
  ///   - batch: how often `work` runs between two looks at the clock, for work of a few microseconds.
  public init<Result>(runs: Int, batch: Int = 1, _ work: () -> Result) {
    var seconds = [Self.seconds(of: work, batch: 1)]
    cm_start_counting()
    keep(work())
    let counted = cm_end_counting()
    allocations = counted.calls
    peakBytes = counted.peak_bytes
    let faults = Self.usage.ru_minflt
    repeat {
      seconds.append(Self.seconds(of: work, batch: batch))
    } while seconds.count < runs || seconds.reduce(0, +) * Double(batch) < 0.2
    self.seconds = seconds
    pageFaults = Double(Self.usage.ru_minflt - faults) / Double((seconds.count - 1) * batch)
  }

  /// What one run costs.
  private static func seconds<Result>(of work: () -> Result, batch: Int) -> Double {
    let clock = ProcessClock()
    for _ in 1..<batch { keep(work()) }
    // The last result goes after the clock was read: what a reader with a garbage collector does not pay either.
    let result = work()
    let seconds = clock.seconds / Double(batch)
    keep(result)
    return seconds
  }

  /// One line of JSON, with the most memory this process ever had, in bytes.
  public var json: String {
    let list = seconds.map { "\($0)" }.joined(separator: ", ")
    return """
      {"seconds": [\(list)], "allocations": \(allocations), "peak_bytes": \(peakBytes), \
      "page_faults": \(pageFaults), "peak_resident": \(Self.peakResident)}
      """
  }

  private static var peakResident: Int {
    #if canImport(Darwin)
      Int(usage.ru_maxrss)
    #else
      Int(usage.ru_maxrss) * 1024
    #endif
  }

  private static var usage: rusage {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage
  }
}

/// Keeps the optimizer from leaving out work whose result nobody uses.
@inline(never) public func keep<Value>(_ value: Value) {
  withExtendedLifetime(value) {}
}
