import CSodium

/// A key that one machine keeps for itself, and seals with what it leaves on its disk: XSalsa20 and Poly1305 (libsodium's `secretbox`).
package struct MachineKey: Sendable {
  /// How many bytes it has.
  package static let byteCount = 32
  private static let nonceBytes = 24
  private static let tagBytes = 16

  private let key: Secret

  /// A new one, from libsodium's source of randomness.
  package init() throws(SecretError) {
    try Sodium.start()
    key = try Secret(capacity: Self.byteCount) { room in
      unsafe room.withUnsafeMutableBytes { room in
        if let base = room.baseAddress { unsafe randombytes_buf(base, Self.byteCount) }
      }
      return Self.byteCount
    }
  }

  /// One that was kept; nil unless it has 32 bytes.
  package init?(_ bytes: Secret) throws(SecretError) {
    try Sodium.start()
    guard bytes.byteCount == Self.byteCount else { return nil }
    key = bytes
  }

  /// Lends its bytes, to be kept.
  package func withBytes<R, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    try key.withBytes(body)
  }

  /// Seals bytes under a nonce of their own, which comes first.
  package func seal(_ bytes: borrowing RawSpan) -> [UInt8] {
    var box = [UInt8](repeating: 0, count: Self.nonceBytes + Self.tagBytes + bytes.byteCount)
    unsafe box.withUnsafeMutableBytes { box in
      guard let base = unsafe box.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      unsafe randombytes_buf(base, Self.nonceBytes)
      key.withBytes { key in
        unsafe key.withUnsafeBytes { key in
          unsafe bytes.withUnsafeBytes { bytes in
            guard let key = unsafe key.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            // It fails for messages of more than 2^64 bytes only.
            _ = unsafe crypto_secretbox_easy(
              base + Self.nonceBytes, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
              UInt64(bytes.count),
              base, key)
          }
        }
      }
    }
    Sodium.clearStack()
    return box
  }

  /// Opens what `seal` gave, into guarded memory.
  ///
  /// - Returns: nil if it was sealed with another key, or is not as it was.
  /// - Throws: `SecretError` when guarded memory is not to be had.
  package func open(_ box: [UInt8]) throws(SecretError) -> SecretBytes? {
    let count = box.count - Self.nonceBytes - Self.tagBytes
    guard count >= 0 else { return nil }
    var isOpened = false
    let bytes = try SecretBytes(capacity: count) { (room: inout MutableRawSpan) -> Int in
      unsafe room.withUnsafeMutableBytes { room in
        unsafe box.withUnsafeBytes { box in
          key.withBytes { key in
            unsafe key.withUnsafeBytes { key in
              guard let base = unsafe box.baseAddress?.assumingMemoryBound(to: UInt8.self),
                let key = unsafe key.baseAddress?.assumingMemoryBound(to: UInt8.self)
              else { return }
              let result = unsafe crypto_secretbox_open_easy(
                room.baseAddress?.assumingMemoryBound(to: UInt8.self), base + Self.nonceBytes,
                UInt64(box.count - Self.nonceBytes), base, key)
              isOpened = result == 0
            }
          }
        }
      }
      return isOpened ? count : 0
    }
    Sodium.clearStack()
    guard isOpened else { return nil }
    return bytes
  }
}
