import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The signals that a program which stays beside its command passes on, instead of ending by them.
package enum PassedSignals {
  /// Those that ask for an end.
  package static let ending = [SIGTERM, SIGINT, SIGQUIT]
  /// Those that mean something to the command only.
  package static let others = [SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH]

  /// The number of a signal that may be passed on, by its name, with or without `SIG`; nil for another.
  package static func number(of name: String) -> Int32? {
    let names: [String: Int32] = [
      "TERM": SIGTERM, "INT": SIGINT, "QUIT": SIGQUIT, "HUP": SIGHUP, "USR1": SIGUSR1, "USR2": SIGUSR2,
      "WINCH": SIGWINCH,
    ]
    return names[name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name]
  }

  /// The end of the pipe that the handler writes to; it may use nothing but this.
  private static let writeEnd = Atomic<Int32>(-1)

  /// The signals that come from now on. For the whole process, and once.
  package static func stream() -> AsyncStream<Int32> {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return AsyncStream { $0.finish() } }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
    let readEnd = ends[0]
    for number in ending + others {
      _ = signal(number) { number in
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(PassedSignals.writeEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
        errno = saved
      }
    }
    return AsyncStream<Int32> { continuation in
      DetachedThread.start {
        // Whoever started this process may have blocked them, and every thread of it.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in ending + others { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        var byte: UInt8 = 0
        while true {
          let count = unsafe read(readEnd, &byte, 1)
          if count == 1 { continuation.yield(Int32(byte)) } else if count == 0 || errno != EINTR { break }
        }
        continuation.finish()
      }
    }
  }
}
