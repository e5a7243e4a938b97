#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Holds back the signals that would end the process in the middle of a write, on the thread that writes.
///
/// HUP, INT and TERM wait; PIPE and XFSZ, which a write can cause, are dropped, so that the write fails with an error instead.
/// Nothing about the process changes: a library must not touch the handlers of its application.
struct SignalHold {
  private static let ending = [SIGHUP, SIGINT, SIGTERM]
  private static let caused = [SIGPIPE, SIGXFSZ]

  private var previous = sigset_t()
  private let pendingBefore: [Int32]

  /// Holds them while `body` runs. One that waited takes effect then.
  static func during<R>(_ body: (SignalHold) throws -> R) rethrows -> R {
    let hold = SignalHold()
    defer { hold.release() }
    return try body(hold)
  }

  private init() {
    pendingBefore = Self.pending(Self.caused)
    var held = Self.set(Self.ending + Self.caused)
    unsafe pthread_sigmask(SIG_BLOCK, &held, &previous)
  }

  /// A signal that came meanwhile and would end the process, or nil.
  var waitingSignal: Int32? {
    Self.pending(Self.ending).first { signal in !isHeldByCaller(signal) && !Self.isIgnored(signal) }
  }

  private func release() {
    let fresh = Self.pending(Self.caused).filter { !pendingBefore.contains($0) }
    if !fresh.isEmpty {
      var set = Self.set(fresh)
      var signal: Int32 = 0
      // They are pending, so this never waits.
      for _ in fresh { unsafe sigwait(&set, &signal) }
    }
    var previous = self.previous
    unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
  }

  private func isHeldByCaller(_ signal: Int32) -> Bool {
    var previous = self.previous
    return unsafe sigismember(&previous, signal) == 1
  }

  private static func pending(_ signals: [Int32]) -> [Int32] {
    var set = sigset_t()
    unsafe sigpending(&set)
    return signals.filter { unsafe sigismember(&set, $0) == 1 }
  }

  /// A blocked signal is kept even if it is ignored, as HUP is under `nohup`.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = unsafe action.__sigaction_u.__sa_handler
    #else
      let handler = unsafe action.__sigaction_handler.sa_handler
    #endif
    return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    return set
  }
}
