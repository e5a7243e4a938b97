import CfgKitSecrets

/// Logs in to a service on this machine, and does nothing there. To another host a password would travel in clear, so that none is sent.
enum ServiceAuthentication {
  /// What came of it; nil for a service that cfgkit cannot log in to.
  static func outcome(
    _ login: ServiceLogin, at address: ServiceAddress, until deadline: ContinuousClock.Instant
  ) -> ServiceAnswer.Login? {
    guard ["redis", "postgres", "postgresql"].contains(address.scheme) else { return nil }
    guard isHere(address.host) else { return .inClear }
    do throws(ServiceConnection.Failure) {
      let connection = try ServiceConnection(to: address.host, address.port, until: deadline)
      return address.scheme == "redis"
        ? try redis(login, connection) : try PostgresLogin.outcome(login, connection)
    } catch {
      return .refused
    }
  }

  private static func isHere(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  /// `AUTH`, with a user where the URL names one; without a password whether Redis asks for one.
  private static func redis(
    _ login: ServiceLogin, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Login {
    if login.password.isEmpty {
      _ = connection.say(Array("*1\r\n$4\r\nPING\r\n".utf8))
      return try connection.receive(atLeast: 5).starts(with: "+PONG".utf8) ? .accepted : .refused
    }
    let user = login.user.isEmpty ? "" : "$\(login.user.utf8.count)\r\n\(login.user)\r\n"
    let head = "*\(user.isEmpty ? 2 : 3)\r\n$4\r\nAUTH\r\n\(user)$\(login.password.byteCount)\r\n"
    _ = connection.say(Array(head.utf8))
    _ = connection.say(login.password)
    _ = connection.say(Array("\r\n".utf8))
    return try connection.receive(atLeast: 3).starts(with: "+OK".utf8) ? .accepted : .refused
  }
}
