import CSodium

/// SHA-256 and its HMAC, by libsodium, for protocols that ask for them.
package enum SHA256 {
  // In bounds: each pointer is that of an array, with its own count, or of a state; digests have the sizes that libsodium names.

  private static let count = Int(crypto_auth_hmacsha256_BYTES)

  /// The code of a message under a key.
  static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    defer { unsafe sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
    unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
    return code(of: message, from: state)
  }

  /// The code of a message under a key that was taken in before.
  static func code(of message: [UInt8], from keyed: crypto_auth_hmacsha256_state) -> [UInt8] {
    var state = keyed
    defer { unsafe sodium_memzero(&state, MemoryLayout.size(ofValue: state)) }
    var code = [UInt8](repeating: 0, count: count)
    unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
    unsafe crypto_auth_hmacsha256_final(&state, &code)
    return code
  }

  /// The hash of bytes.
  static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest
  }

  /// The hash of bytes that are no secret, 64 hexadecimal digits.
  package static func hex(of bytes: [UInt8]) -> String { Hex.text(of: hash(bytes)) }

  static func wipe(_ bytes: inout [UInt8]) {
    let count = bytes.count
    unsafe bytes.withUnsafeMutableBytes { unsafe sodium_memzero($0.baseAddress, count) }
  }
}
