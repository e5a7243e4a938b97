/// The signature of a request to AWS (Signature Version 4, step 3): HMAC-SHA-256 under a key that is derived of the secret access key for
/// one day, region and service. The secret key stays in guarded memory, and what is derived of it is wiped.
package enum RequestSignature {
  /// What a signature is good for.
  package struct Scope: Sendable, CustomStringConvertible {
    private let parts: [String]

    /// - Parameter day: in UTC, `20261126`.
    package init(day: String, region: String, service: String) {
      parts = [day, region, service, "aws4_request"]
    }

    /// As it stands in a request: `20261126/eu-central-1/secretsmanager/aws4_request`.
    package var description: String { parts.joined(separator: "/") }

    fileprivate var steps: [[UInt8]] { parts.map { Array($0.utf8) } }
  }

  /// The signature of a text, 64 hexadecimal digits.
  ///
  /// - Throws: `SecretError` when libsodium cannot be started.
  package static func hex(of text: String, in scope: Scope, by secretKey: Secret) throws(SecretError)
    -> String
  {
    try Sodium.start()
    var key = secretKey.withBytes { bytes in
      var key = Array("AWS4".utf8)
      key.reserveCapacity(4 + bytes.byteCount)
      for offset in 0..<bytes.byteCount {
        // In bounds, and every byte is a UInt8.
        key.append(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
      }
      return key
    }
    defer { SHA256.wipe(&key) }
    for step in scope.steps {
      let next = SHA256.code(of: step, key: key)
      SHA256.wipe(&key)
      key = next
    }
    return Hex.text(of: SHA256.code(of: Array(text.utf8), key: key))
  }
}
