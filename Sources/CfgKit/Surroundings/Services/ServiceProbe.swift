/// What a service said when it was asked once. No credentials are sent but for a login that was asked for, and no path of a URL.
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
    /// The service speaks TLS, and the URL does not.
    case onlyTLS

    /// A word for programs.
    package var word: String {
      switch self {
      case .reachable: "reachable"
      case .unknownHost: "unknown-host"
      case .refused: "refused"
      case .timeout: "timeout"
      case .unreachable: "unreachable"
      case .otherProtocol: "other-protocol"
      case .noTLS: "no-tls"
      case .onlyTLS: "only-tls"
      }
    }
  }

  /// What came of a login.
  package enum Login: String, Sendable, Hashable {
    /// The service took it.
    case accepted
    /// The service did not take it.
    case refused
    /// None was tried: the password would travel in clear to another host.
    case inClear = "in-clear"
    /// None was tried: the service wants one in a way that is not known here.
    case unknownMethod = "unknown-method"
  }

  /// Who was asked.
  package let address: ServiceAddress
  /// What came of it.
  package let outcome: Outcome
  /// What came of the login; nil if there was none.
  package let login: Login?
}

/// Asks services whether they are there: one try each, all at once, 2 seconds for all.
enum ServiceProbe {
  static let limit = Duration.seconds(2)

  /// The answers, in the order of the addresses.
  ///
  /// - Parameter logins: who logs in where, by key; none by default.
  static func answers(of addresses: [ServiceAddress], logins: [String: ServiceLogin] = [:]) -> [ServiceAnswer]
  {
    let deadline = ContinuousClock.now.advanced(by: limit)
    let board = ResultBoard<ServiceAnswer>(count: addresses.count)
    for (index, address) in addresses.enumerated() {
      let login = logins[address.key]
      // A thread each: a resolver that hangs holds up nobody else, and is left behind at the deadline.
      DetachedThread.start { board.put(answer(of: address, login, until: deadline), at: index) }
    }
    let answers = board.wait(until: deadline.advanced(by: .milliseconds(200)))
    return zip(addresses, answers).map { $1 ?? ServiceAnswer(address: $0, outcome: .timeout, login: nil) }
  }

  private static func answer(
    of address: ServiceAddress, _ login: ServiceLogin?, until deadline: ContinuousClock.Instant
  ) -> ServiceAnswer {
    let outcome = outcome(of: address, until: deadline)
    guard case .reachable = outcome, let login else {
      return ServiceAnswer(address: address, outcome: outcome, login: nil)
    }
    let result = ServiceAuthentication.outcome(login, at: address, until: deadline)
    return ServiceAnswer(address: address, outcome: outcome, login: result)
  }

  private static func outcome(
    of address: ServiceAddress, until deadline: ContinuousClock.Instant
  ) -> ServiceAnswer.Outcome {
    let start = ContinuousClock.now
    do throws(ServiceConnection.Failure) {
      let connection = try ServiceConnection(to: address.host, address.port, until: deadline)
      if let refusal = try ServiceGreeting.refusal(address, connection) {
        return refusal == .otherProtocol && speaksTLS(address, until: deadline) ? .onlyTLS : refusal
      }
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

  /// Whether a service that ended the connection without a word speaks TLS: some answer nothing else.
  private static func speaksTLS(_ address: ServiceAddress, until deadline: ContinuousClock.Instant) -> Bool {
    guard address.scheme == "redis" || address.scheme == "http",
      let connection = try? ServiceConnection(to: address.host, address.port, until: deadline)
    else { return false }
    do { return try ServiceGreeting.tls(address, connection) == nil } catch { return false }
  }
}
