import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a service said when it was asked once (checks.md §5). No credentials are sent, and no path of a URL.
package struct ServiceAnswer: Sendable, Hashable {
  /// How it went.
  package enum Outcome: Sendable, Hashable {
    /// It answers as its scheme says, after so many milliseconds.
    case reachable(milliseconds: Int)
    /// Nobody knows the host.
    case unknownHost
    /// Nobody listens.
    case refused
    /// No answer in time.
    case timeout
    /// The network does not lead there.
    case unreachable
    /// Something answers, but not what the scheme says.
    case otherProtocol
    /// The URL insists on TLS, and the service does not offer it.
    case noTLS
  }

  /// Who was asked.
  package let address: ServiceAddress
  /// What came of it.
  package let outcome: Outcome
}

/// Asks services whether they are there: one try each, all at once, 2 seconds for all.
enum ServiceProbe {
  static let limit = Duration.seconds(2)

  /// The answers, in the order of the addresses.
  static func answers(of addresses: [ServiceAddress]) -> [ServiceAnswer] {
    let deadline = ContinuousClock.now.advanced(by: limit)
    let board = Board(count: addresses.count)
    for (index, address) in addresses.enumerated() {
      // A thread each: a resolver that hangs holds up nobody else, and is left behind at the deadline.
      DetachedThread.start { board.put(outcome(of: address, until: deadline), at: index) }
    }
    let outcomes = board.wait(until: deadline.advanced(by: .milliseconds(200)))
    return zip(addresses, outcomes).map { ServiceAnswer(address: $0, outcome: $1 ?? .timeout) }
  }

  private static func outcome(
    of address: ServiceAddress, until deadline: ContinuousClock.Instant
  ) -> ServiceAnswer.Outcome {
    let start = ContinuousClock.now
    do throws(ServiceConnection.Failure) {
      let connection = try ServiceConnection(to: address.host, address.port, until: deadline)
      if let refusal = try ServiceGreeting.refusal(address, connection) { return refusal }
      let passed = start.duration(to: .now).components
      return .reachable(
        milliseconds: Int(passed.seconds * 1_000 + passed.attoseconds / 1_000_000_000_000_000))
    } catch {
      switch error {
      case .unknownHost: return .unknownHost
      case .refused: return .refused
      case .timeout: return .timeout
      case .unreachable: return .unreachable
      }
    }
  }

  /// Where the threads leave their outcomes.
  private final class Board: Sendable {
    private let outcomes: Mutex<[ServiceAnswer.Outcome?]>

    init(count: Int) { outcomes = Mutex(Array(repeating: nil, count: count)) }

    func put(_ outcome: ServiceAnswer.Outcome, at index: Int) {
      outcomes.withLock { $0[index] = outcome }
    }

    func wait(until deadline: ContinuousClock.Instant) -> [ServiceAnswer.Outcome?] {
      while true {
        let now = outcomes.withLock { $0 }
        if !now.contains(nil) || ContinuousClock.now >= deadline { return now }
        usleep(1_000)
      }
    }
  }
}

/// A thread that nobody waits for.
private enum DetachedThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  static func start(_ body: @escaping @Sendable () -> Void) {
    // The thread takes over the one reference that is handed to it.
    let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      let result = unsafe pthread_create(
        &thread, nil,
        { argument in
          unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, work)
      if result == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let result = unsafe pthread_create(
        &thread, nil,
        { argument in
          if let argument = unsafe argument {
            unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
          }
          return nil
        }, work)
      if result == 0 { pthread_detach(thread) }
    #endif
    if result != 0 { unsafe Unmanaged<Work>.fromOpaque(work).release() }
  }
}
