import SystemPackage

/// Whether the services that URLs name are there, if they were asked; and whether a SQLite file can be there at all.
struct ServiceCheck: MachineCheck {
  let rules: [Rule] = [.serviceUnreachable, .serviceTLS, .serviceAuthentication]

  func findings(in examined: ExaminedProject) -> [Finding] {
    (examined.surroundings.services ?? []).compactMap(finding)
      + examined.checked.allKeys.compactMap { sqlite($0) }
  }

  private func finding(_ answer: ServiceAnswer) -> Finding? {
    let address = answer.address
    let place = "\(address.host):\(address.port)"
    let problem: String
    switch answer.outcome {
    case .reachable: return answer.login == .refused ? Self.refusal(address, place) : nil
    case .noTLS:
      return Finding(
        .serviceTLS, key: address.key, "\(address.key) insists on TLS, and \(place) does not offer it",
        at: address.location, fix: .manual("switch TLS on at the service, or name the one that has it"))
    case .unknownHost: problem = "nobody knows the host \(address.host)"
    case .refused: problem = "\(place) refuses connections"
    case .timeout: problem = "\(place) did not answer within \(ServiceProbe.limit.components.seconds) s"
    case .unreachable: problem = "\(place) cannot be reached"
    case .otherProtocol: problem = "\(place) answers, but not as \(address.scheme)"
    case .onlyTLS: problem = "\(place) speaks TLS, and \(address.scheme) does not"
    }
    return Finding(
      .serviceUnreachable, key: address.key, "\(address.key): \(problem)", at: address.location,
      fix: .manual("start the service, or correct the address: cfgkit set \(address.key)"))
  }

  private static func refusal(_ address: ServiceAddress, _ place: String) -> Finding {
    Finding(
      .serviceAuthentication, key: address.key, "\(address.key): \(place) refuses the login",
      at: address.location,
      fix: .manual(
        "correct user, password or database: cfgkit set \(address.key); or the account at the service"))
  }

  /// `sqlite:////var/lib/app/app.db`: SQLite makes the file, but not the folder.
  private func sqlite(_ key: Resolution.ResolvedKey) -> Finding? {
    guard let winner = key.winner, !key.isMissing else { return nil }
    let path = winner.value.withBytes { bytes -> String? in
      guard let parts = URLParts(bytes), bytes.extracting(parts.scheme).text.hasPrefix("sqlite") else {
        return nil
      }
      return bytes.extracting(parts.path).text
    }
    guard let path, path.hasPrefix("//") else { return nil }
    let file = FilePath(String(path.dropFirst()))
    guard (try? file.removingLastComponent().stat())?.type != .directory else { return nil }
    return Finding(
      .serviceUnreachable, key: key.key, "\(key.key): the folder of its SQLite file does not exist",
      at: winner.origin.location, fix: .manual("make the folder, or correct the path: cfgkit set \(key.key)"))
  }
}

extension Rule {
  static let serviceUnreachable = Rule(
    "service-unreachable", 806, .warning, inProduction: .error, "a service that is not there",
    why: "The application starts, looks healthy, and fails at the first login or query.",
    example: "REDIS_URL=redis://localhost:6379     # and nothing listens there",
    fix: "Start the service, or correct its address.", source: "cfgkit doctor --online")
  static let serviceTLS = Rule(
    "service-tls", 807, .warning, inProduction: .error, "a service without the TLS that its URL insists on",
    why: "The driver refuses the connection, so that no login or query works.",
    example: "DATABASE_URL=postgresql://app@db/app?sslmode=require",
    fix: "Switch TLS on at the service.",
    source: "postgresql.org/docs/current/protocol-flow.html (SSL session encryption)")
  static let serviceAuthentication = Rule(
    "service-auth", 808, .warning, inProduction: .error, "a service that refuses the login of its URL",
    why: "The application starts, looks healthy, and fails at the first login or query.",
    example: "DATABASE_URL=postgresql://app:old-password@localhost/app",
    fix: "Correct the URL, or the account at the service.",
    source:
      "redis.io/docs/latest/commands/auth; postgresql.org/docs/current/protocol-flow.html; cfgkit doctor --auth"
  )
}
