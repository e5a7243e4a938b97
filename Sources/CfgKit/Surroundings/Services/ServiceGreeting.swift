/// What is said to a service to see that it is the one that the URL names.
enum ServiceGreeting {
  /// Why the service is not what the URL says; nil if it is. Nothing of the URL but the host's name is sent.
  static func refusal(
    _ address: ServiceAddress, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Outcome? {
    switch address.scheme {
    case "redis":
      return try ask(connection, "*1\r\n$4\r\nPING\r\n", bytes: 5) {
        $0.starts(with: "+PONG".utf8) || $0.starts(with: "-NOAUTH".utf8)
      }
    case "postgres", "postgresql": return try postgres(address, connection)
    case "mysql", "mariadb":
      // A packet's head has four bytes; the protocol's version follows.
      let greeting = try connection.receive(atLeast: 5)
      return greeting.count >= 5 && greeting[4] == 10 ? nil : .otherProtocol
    case "smtp":
      let greeting = try connection.receive(atLeast: 3)
      guard greeting.starts(with: "220".utf8) else { return .otherProtocol }
      _ = connection.say(Array("QUIT\r\n".utf8))
      return nil
    case "http":
      let name = address.host.contains(":") ? "[\(address.host)]" : address.host
      let request = "HEAD / HTTP/1.1\r\nHost: \(name):\(address.port)\r\nConnection: close\r\n\r\n"
      return try ask(connection, request, bytes: 12, isRight: isHealthyHTTP)
    case "rediss", "https", "amqps", "smtps": return try tls(address, connection)
    default: return nil
    }
  }

  private static func ask(
    _ connection: borrowing ServiceConnection, _ request: String, bytes: Int, isRight: ([UInt8]) -> Bool
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Outcome? {
    guard connection.say(Array(request.utf8)) else { return .otherProtocol }
    let answer = try connection.receive(atLeast: bytes)
    if isRight(answer) { return nil }
    return TLSHello.answer(answer) == .tls ? .onlyTLS : .otherProtocol
  }

  /// Whether the other side answers a ClientHello with a TLS record.
  static func tls(
    _ address: ServiceAddress, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Outcome? {
    guard connection.say(TLSHello.bytes(for: address.host)) else { return .otherProtocol }
    switch TLSHello.answer(try connection.receive(atLeast: 2)) {
    case .tls: return nil
    case .other: return .noTLS
    case .nothing: return .otherProtocol
    }
  }

  /// SSLRequest: its length, and a number in the place of a protocol's version (PostgreSQL, message formats).
  private static func postgres(
    _ address: ServiceAddress, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Outcome? {
    guard connection.say([0, 0, 0, 8, 4, 210, 22, 47]) else { return .otherProtocol }
    switch try connection.receive(atLeast: 1).first {
    case UInt8(ascii: "S"): return address.requiresTLS ? try tls(address, connection) : nil
    case UInt8(ascii: "N"): return address.requiresTLS ? .noTLS : nil
    default: return .otherProtocol
    }
  }

  /// `HTTP/1.1 200`: any status below 500.
  private static func isHealthyHTTP(_ answer: [UInt8]) -> Bool {
    guard answer.count >= 12, answer.starts(with: "HTTP/1.".utf8) else { return false }
    return (UInt8(ascii: "1")...UInt8(ascii: "4")).contains(answer[9])
  }
}
