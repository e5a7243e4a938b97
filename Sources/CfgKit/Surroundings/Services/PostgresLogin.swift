import CfgKitSecrets

/// A login to PostgreSQL, by its protocol 3.0 (message flow, SASL authentication). Passwords in clear and SCRAM-SHA-256 are known; MD5, which
/// PostgreSQL itself calls deprecated, is not.
struct PostgresLogin: ~Copyable {
  private let login: ServiceLogin
  /// Bytes that came and were not read yet.
  private var bytes: [UInt8] = []

  private init(_ login: ServiceLogin) { self.login = login }

  /// What came of it.
  static func outcome(
    _ login: ServiceLogin, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Login {
    var exchange = PostgresLogin(login)
    return try exchange.run(connection)
  }

  private mutating func run(
    _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> ServiceAnswer.Login {
    let user = login.user.isEmpty ? "postgres" : login.user
    let database = login.database.isEmpty ? user : login.database
    let parameters = ["user", user, "database", database, "application_name", "cfgkit", ""]
    let startup: [UInt8] = parameters.reduce(into: [0, 3, 0, 0]) { bytes, text in
      bytes += Array(text.utf8) + [0]
    }
    _ = connection.say(Self.number(startup.count + 4) + startup)
    while let (type, body) = try message(connection) {
      switch (type, type == "R" ? Self.number(body, at: 0) : 0) {
      case ("R", 0): continue
      case ("R", 3):
        _ = connection.say([UInt8(ascii: "p")] + Self.number(login.password.byteCount + 5))
        _ = connection.say(login.password)
        _ = connection.say([0])
      case ("R", 10):
        guard let accepted = try scram(connection, body) else { return .unknownMethod }
        if !accepted { return .refused }
      case ("R", _): return .unknownMethod
      // Ready for a query: none comes. `X` says so.
      case ("Z", _):
        _ = connection.say([UInt8(ascii: "X"), 0, 0, 0, 4])
        return .accepted
      case ("E", _): return .refused
      default: continue
      }
    }
    return .refused
  }

  /// Nil if the server has no method that is known here.
  private mutating func scram(
    _ connection: borrowing ServiceConnection, _ methods: [UInt8]
  ) throws(ServiceConnection.Failure) -> Bool? {
    let names = methods.dropFirst(4).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard names.contains("SCRAM-SHA-256"),
      let nonce = try? OperationID().description + OperationID().description
    else { return nil }
    let first = "n=,r=\(nonce)"
    let opening =
      Array("SCRAM-SHA-256".utf8) + [0] + Self.number(first.utf8.count + 3) + Array("n,,\(first)".utf8)
    _ = connection.say([UInt8(ascii: "p")] + Self.number(opening.count + 4) + opening)
    guard case ("R", let body)? = try message(connection), Self.number(body, at: 0) == 11 else {
      return false
    }
    let challenge = String(decoding: body.dropFirst(4), as: UTF8.self)
    var fields: [Substring: Substring] = [:]
    for field in challenge.split(separator: ",") { fields[field.prefix(1)] = field.dropFirst(2) }
    guard let joined = fields["r"], joined.hasPrefix(nonce), let rounds = fields["i"].flatMap({ Int($0) }),
      let salt = fields["s"]
    else { return false }
    let final = "c=biws,r=\(joined)"
    let message = Array("\(first),\(challenge),\(final)".utf8)
    guard
      let proof = ScramProof.text(
        password: login.password, salt: String(salt), rounds: rounds, message: message)
    else { return nil }
    let answer = Array("\(final),p=\(proof)".utf8)
    _ = connection.say([UInt8(ascii: "p")] + Self.number(answer.count + 4) + answer)
    guard case ("R", let end)? = try self.message(connection) else { return false }
    return Self.number(end, at: 0) == 12
  }

  /// The next message: its type and its body; nil if the server ended the connection, or says something that is none.
  private mutating func message(
    _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) -> (type: Character, body: [UInt8])? {
    try fill(5, connection)
    guard bytes.count >= 5 else { return nil }
    let count = Self.number(bytes, at: 1)
    guard (4..<65_536).contains(count) else { return nil }
    try fill(count + 1, connection)
    guard bytes.count > count else { return nil }
    defer { bytes.removeFirst(count + 1) }
    return (Character(UnicodeScalar(bytes[0])), Array(bytes[5...count]))
  }

  private mutating func fill(
    _ count: Int, _ connection: borrowing ServiceConnection
  ) throws(ServiceConnection.Failure) {
    if bytes.count < count { bytes += try connection.receive(atLeast: count - bytes.count) }
  }

  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
    guard bytes.count >= offset + 4 else { return -1 }
    return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
