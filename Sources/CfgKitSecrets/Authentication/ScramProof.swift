import CSodium

/// The client's proof of SCRAM-SHA-256 (RFC 5802, RFC 7677) that it knows a password. HMAC and SHA-256 are libsodium's; the password stays in
/// guarded memory, and what is derived of it is wiped.
package enum ScramProof {
  /// The proof as base64; nil where the password is empty, the salt is no base64, or the server asks for more rounds than a login has, which would only burn
  /// time.
  ///
  /// - Parameters:
  ///   - salt: as the server sent it, base64.
  ///   - message: what both sides have said so far, as RFC 5802 joins it.
  package static func text(password: Secret, salt: String, rounds: Int, message: [UInt8]) -> String? {
    guard (1...maximumRounds).contains(rounds), !password.isEmpty, let salt = Base64.standard.bytes(of: salt),
      (try? Sodium.start()) != nil
    else {
      return nil
    }
    var salted = password.withBytes { Self.salted($0, salt, rounds) }
    defer { SHA256.wipe(&salted) }
    var clientKey = SHA256.code(of: Array("Client Key".utf8), key: salted)
    defer { SHA256.wipe(&clientKey) }
    let signature = SHA256.code(of: message, key: SHA256.hash(clientKey))
    return Base64.standard.text(of: zip(clientKey, signature).map { $0 ^ $1 })
  }

  /// PostgreSQL asks for 4,096.
  private static let maximumRounds = 1_000_000

  /// PBKDF2 with HMAC-SHA-256, one block (RFC 5802, `Hi`).
  private static func salted(_ password: borrowing RawSpan, _ salt: [UInt8], _ rounds: Int) -> [UInt8] {
    var keyed = crypto_auth_hmacsha256_state()
    defer { unsafe sodium_memzero(&keyed, MemoryLayout.size(ofValue: keyed)) }
    // The key is lent for the call, and the state is the only thing that keeps what is made of it.
    unsafe password.withUnsafeBytes { key in
      guard let start = unsafe key.bindMemory(to: UInt8.self).baseAddress else { return }
      _ = unsafe crypto_auth_hmacsha256_init(&keyed, start, key.count)
    }
    var block = SHA256.code(of: salt + [0, 0, 0, 1], from: keyed)
    var result = block
    for _ in 1..<rounds {
      block = SHA256.code(of: block, from: keyed)
      for index in result.indices { result[index] ^= block[index] }
    }
    SHA256.wipe(&block)
    return result
  }
}
