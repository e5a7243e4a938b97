import CSodium

/// Raw key material in guarded memory, before it is written down as text.
struct KeyMaterial: ~Copyable {
  // In bounds: each room has exactly the bytes that are written, and decoded base64 is no longer than its text.

  let bytes: SecretBytes

  /// The PKCS #8 head of an Ed25519 seed: RFC 8410 §7, version 0, id-Ed25519, an octet string in one.
  static let ed25519Head: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  static func random(_ count: Int) throws(SecretError) -> KeyMaterial {
    KeyMaterial(
      bytes: try SecretBytes(capacity: count) { room in
        unsafe room.withUnsafeMutableBytes {
          unsafe fillRandomly(unsafe UnsafeMutableRawBufferPointer(rebasing: $0[...]))
        }
        return count
      })
  }

  static func ed25519PKCS8() throws(SecretError) -> KeyMaterial {
    let head = ed25519Head
    return KeyMaterial(
      bytes: try SecretBytes(capacity: head.count + 32) { room in
        unsafe room.withUnsafeMutableBytes { target in
          unsafe target.copyBytes(from: head)
          unsafe fillRandomly(unsafe UnsafeMutableRawBufferPointer(rebasing: target[head.count...]))
        }
        return head.count + 32
      })
  }

  /// 32 bytes with the bits set that RFC 7748 §5 wants in an X25519 secret, as `wg genkey` sets them.
  static func clampedX25519() throws(SecretError) -> KeyMaterial {
    KeyMaterial(
      bytes: try SecretBytes(capacity: 32) { room in
        unsafe room.withUnsafeMutableBytes { target in
          unsafe fillRandomly(target)
          unsafe target[0] &= 248
          unsafe target[31] = target[31] & 127 | 64
        }
        return 32
      })
  }

  /// The bytes that a piece of base64 stands for; nil if it is not the one way of writing them.
  ///
  /// - Parameters:
  ///   - head: how many bytes before it belong to something else.
  ///   - tail: how many after it.
  static func decoding(
    _ text: borrowing RawSpan, _ variant: Base64, skipping head: Int = 0,
    dropping tail: Int = 0
  ) -> KeyMaterial? {
    let count = text.byteCount - head - tail
    guard count > 0 else { return nil }
    let decoded = try? SecretBytes(capacity: count) { room in
      unsafe room.withUnsafeMutableBytes { target in
        unsafe text.withUnsafeBytes { source in
          guard let target = target.baseAddress, let source = source.baseAddress else { return 0 }
          var decodedCount = 0
          let result = unsafe sodium_base642bin(
            target.assumingMemoryBound(to: UInt8.self), count,
            (source + head).assumingMemoryBound(to: CChar.self), count, nil, &decodedCount, nil,
            variant.rawValue)
          return result == 0 ? decodedCount : 0
        }
      }
    }
    guard let decoded, decoded.byteCount > 0 else { return nil }
    return KeyMaterial(bytes: decoded)
  }

  private static func fillRandomly(_ target: UnsafeMutableRawBufferPointer) {
    guard let base = target.baseAddress else { return }
    unsafe randombytes_buf(base, target.count)
  }
}
