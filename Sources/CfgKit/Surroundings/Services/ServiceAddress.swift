/// Where a service listens, as a key's URL says. The parts that name a user, a password, a path or a query are not here: that is how
/// they are kept out of connections and reports.
package struct ServiceAddress: Sendable, Hashable {
  /// The key.
  package let key: String
  /// Where the key stands; nil for the environment.
  package let location: Location?
  /// The scheme, in small letters.
  package let scheme: String
  /// A name or an address.
  package let host: String
  /// The port, the scheme's own if the URL has none.
  package let port: UInt16
  /// Whether the URL insists on TLS: by its scheme or by `sslmode=require` and stricter.
  package let requiresTLS: Bool

  /// The address of a key; nil if it holds no URL with a host, or one whose port nobody knows.
  init?(_ key: Resolution.ResolvedKey) {
    guard let winner = key.winner, !key.isMissing else { return nil }
    self.key = key.key
    location = winner.origin.location
    let parts = winner.value.withBytes { bytes -> (String, String, UInt16?, Bool)? in
      guard let parts = URLParts(bytes), !parts.host.isEmpty else { return nil }
      let port = parts.port.flatMap { $0.isEmpty ? nil : UInt16(bytes.extracting($0).text) ?? 0 }
      let query = parts.query.map { bytes.extracting($0).text } ?? ""
      return (
        bytes.extracting(parts.scheme).text.lowercased(), bytes.extracting(parts.host).text, port,
        Self.insistsOnTLS(query)
      )
    }
    guard let (scheme, host, port, insists) = parts else { return nil }
    let plain = String(scheme.prefix { $0 != "+" })
    guard let known = port ?? Self.ports[plain], known > 0 else { return nil }
    self.scheme = plain
    self.host = host
    self.port = known
    requiresTLS = insists || ["rediss", "https", "amqps", "smtps"].contains(plain)
  }

  private static func insistsOnTLS(_ query: String) -> Bool {
    query.split(separator: "&").contains { pair in
      ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"].contains(pair)
    }
  }

  private static let ports: [String: UInt16] = [
    "redis": 6379, "rediss": 6379, "postgres": 5432, "postgresql": 5432, "mysql": 3306, "mariadb": 3306,
    "smtp": 25, "smtps": 465, "http": 80, "https": 443, "amqp": 5672, "amqps": 5671, "mongodb": 27017,
  ]
}

extension Project {
  /// The services of the keys that the schema types as URLs, and of those whose value is a URL with a host.
  package var serviceAddresses: [ServiceAddress] {
    resolution.keys.compactMap { resolution[$0].flatMap(ServiceAddress.init) }
  }

  /// The keys whose URL names several hosts, of which none is contacted.
  var keysWithSeveralHosts: [String] {
    resolution.keys.filter { key in
      guard let resolved = resolution[key], !resolved.isMissing, let winner = resolved.winner else {
        return false
      }
      return winner.value.withBytes { bytes in
        URLParts(bytes).map { $0.hasAuthority && $0.host.isEmpty && !$0.hosts.isEmpty } ?? false
      }
    }
  }
}
