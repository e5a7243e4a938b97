import CfgKitDotEnv
import CfgKitSecrets

/// Who logs in to a service, for `doctor --auth` alone. A type of its own, so that an address never holds a password.
struct ServiceLogin: Sendable {
  /// The user, percent-decoded; empty if the URL names none.
  let user: String
  /// The password, percent-decoded; empty if the URL has none.
  let password: Secret
  /// The path without its first `/`: a database.
  let database: String

  /// The login of a key that holds a URL; nil if it holds none, or there is no guarded memory.
  init?(_ key: Resolution.ResolvedKey) {
    let read = key.winner?.value.withBytes { bytes -> ServiceLogin? in
      guard let parts = URLParts(bytes) else { return nil }
      return ServiceLogin(bytes, parts)
    }
    guard let login = read ?? nil else { return nil }
    self = login
  }

  private init?(_ bytes: borrowing RawSpan, _ parts: URLParts) {
    let user = parts.user.map { Self.decoded(bytes.extracting($0)) } ?? .some(nil)
    let password = parts.password.map { Self.decoded(bytes.extracting($0)) } ?? (try? Secret(copying: ""))
    let path = Self.decoded(bytes.extracting(parts.path))
    guard let password, let path else { return nil }
    self.user = (user ?? nil)?.exposedText() ?? ""
    self.password = password
    database = String(path.exposedText().drop { $0 == "/" })
  }

  /// The bytes with `%41` as `A`; nil without guarded memory.
  private static func decoded(_ bytes: borrowing RawSpan) -> Secret? {
    let count = bytes.byteCount
    if count == 0 { return try? Secret(copying: "") }
    // A borrowed span cannot go into the closure that fills another one, so the bytes come as a secret of their own.
    guard let source = try? Secret(copying: bytes) else { return nil }
    return try? Secret(capacity: count) { room in
      source.withBytes { bytes in
        var (index, used) = (0, 0)
        while index < count {
          var byte = bytes[octet: index]
          if byte == UInt8(ascii: "%"), index + 2 < count, let high = Octet.hexValue(bytes[octet: index + 1]),
            let low = Octet.hexValue(bytes[octet: index + 2])
          {
            byte = high << 4 | low
            index += 2
          }
          room.storeBytes(of: byte, toByteOffset: used, as: UInt8.self)
          index += 1
          used += 1
        }
        return used
      }
    }
  }
}

extension Project {
  /// The logins of the services that `serviceAddresses` names, by key.
  var serviceLogins: [String: ServiceLogin] {
    serviceAddresses.reduce(into: [:]) { logins, address in
      logins[address.key] = resolution[address.key].flatMap(ServiceLogin.init)
    }
  }
}
