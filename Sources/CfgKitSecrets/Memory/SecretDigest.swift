import CSodium

/// A keyed BLAKE2b hash for comparing secrets in constant time; never stored, never shown.
struct SecretDigest {
  private static let byteCount = 32

  /// Drawn once in each process, so that a digest means nothing outside it.
  private static let key: [UInt8] = {
    var key = [UInt8](repeating: 0, count: byteCount)
    unsafe randombytes_buf(&key, key.count)
    return key
  }()

  private var bytes = [UInt8](repeating: 0, count: byteCount)

  init(of secret: Secret) {
    let key = SecretDigest.key
    let result = secret.withBytes { content in
      unsafe content.withUnsafeBytes { input in
        unsafe crypto_generichash(
          &bytes, bytes.count, input.bindMemory(to: UInt8.self).baseAddress, UInt64(input.count), key,
          key.count)
      }
    }
    Sodium.clearStack()
    precondition(result == 0, "BLAKE2b refused its parameters")
  }

  func matches(_ other: SecretDigest) -> Bool {
    unsafe sodium_memcmp(bytes, other.bytes, bytes.count) == 0
  }
}
