import CSodium

/// Decodes a new key as its target does, before anyone gets it.
enum KeySelfCheck {
  static func passes(_ key: Secret, _ format: KeyFormat) -> Bool {
    let decodes = key.withBytes { text in decodesAsMeant(text, format) }
    guard decodes else { return false }
    // An identifier is no key, and says so when it is estimated.
    if format.kind == .uuid { return true }
    let estimate = StrengthEstimator().estimate(of: key)
    return estimate.verdict == .ok
  }

  private static func decodesAsMeant(_ text: borrowing RawSpan, _ format: KeyFormat) -> Bool {
    let size = format.size
    switch format.kind {
    case .base64url: return unsafe base64(text, .urlSafeUnpadded) { $0.count == size }
    case .fernet: return unsafe base64(text, .urlSafe) { $0.count == size }
    case .base64: return unsafe base64(text, .standard) { $0.count == size }
    case .laravel: return unsafe base64(text, .standard, skipping: 7) { $0.count == size }
    case .ed25519:
      return unsafe base64(text, .standard) { unsafe $0.count == 32 && signsAndVerifies(seed: $0) }
    case .ed25519PKCS8:
      return unsafe base64(text, .standard) { bytes in
        let head = KeyMaterial.ed25519Head
        guard bytes.count == head.count + 32, unsafe bytes.prefix(head.count).elementsEqual(head) else {
          return false
        }
        return unsafe signsAndVerifies(seed: UnsafeRawBufferPointer(rebasing: bytes[head.count...]))
      }
    case .wireguard: return unsafe base64(text, .standard) { unsafe $0.count == 32 && isX25519Secret($0) }
    case .hex: return hex(text, byteCount: size)
    case .totp: return text.byteCount == (size * 8 + 4) / 5 && isMade(text, of: Symbols.base32, from: 0)
    case .age: return isAgeIdentity(text)
    case .jwk: return unsafe base64(text, .urlSafeUnpadded, skipping: 18, dropping: 2) { $0.count == size }
    case .alnum: return text.byteCount == size && isMade(text, of: Symbols.alphanumeric, from: 0)
    case .digits: return text.byteCount == size && isMade(text, of: Symbols.digits, from: 0)
    case .password: return text.byteCount == size && isMade(text, of: Symbols.unreserved, from: 0)
    case .django: return text.byteCount == size && isMade(text, of: Symbols.django, from: 0)
    case .wordpress: return text.byteCount == size && isMade(text, of: Symbols.wordpress, from: 0)
    case .diceware: return text.byteCount >= size * 4 - 1
    case .uuid: return text.byteCount == 36 && text.octet(14) == UInt8(ascii: "4")
    }
  }

  private static func base64(
    _ text: borrowing RawSpan, _ variant: KeyText.Base64Variant, skipping head: Int = 0,
    dropping tail: Int = 0,
    _ isAsMeant: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    let count = text.byteCount - head - tail
    guard count > 0 else { return false }
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
    guard let decoded else { return false }
    return decoded.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe isAsMeant($0) } }
  }

  private static func hex(_ text: borrowing RawSpan, byteCount: Int) -> Bool {
    let decoded = try? SecretBytes(capacity: byteCount) { room in
      unsafe room.withUnsafeMutableBytes { target in
        unsafe text.withUnsafeBytes { source in
          guard let target = target.baseAddress, let start = source.baseAddress else { return 0 }
          var decodedCount = 0
          let result = unsafe sodium_hex2bin(
            target.assumingMemoryBound(to: UInt8.self), byteCount,
            start.assumingMemoryBound(to: CChar.self), source.count, nil, &decodedCount, nil)
          return result == 0 ? decodedCount : 0
        }
      }
    }
    guard let decoded else { return false }
    return decoded.byteCount == byteCount && text.byteCount == byteCount * 2
  }

  private static func signsAndVerifies(seed: UnsafeRawBufferPointer) -> Bool {
    var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_publickeybytes()))
    var signature = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_bytes()))
    let message: [UInt8] = Array("cfgkit self-check".utf8)
    let signed = try? SecretBytes(capacity: Int(crypto_sign_ed25519_secretkeybytes())) { room in
      unsafe room.withUnsafeMutableBytes { pair in
        guard let pair = unsafe pair.baseAddress?.assumingMemoryBound(to: UInt8.self),
          let seed = seed.baseAddress
        else {
          return 0
        }
        guard
          unsafe crypto_sign_ed25519_seed_keypair(&publicKey, pair, seed.assumingMemoryBound(to: UInt8.self))
            == 0,
          unsafe crypto_sign_ed25519_detached(&signature, nil, message, UInt64(message.count), pair) == 0
        else { return 0 }
        return 1
      }
    }
    guard let signed, signed.byteCount == 1 else { return false }
    return unsafe crypto_sign_ed25519_verify_detached(signature, message, UInt64(message.count), publicKey)
      == 0
  }

  private static func isX25519Secret(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var publicKey = [UInt8](repeating: 0, count: Int(crypto_scalarmult_curve25519_bytes()))
    guard let secret = bytes.baseAddress else { return false }
    return unsafe crypto_scalarmult_curve25519_base(&publicKey, secret.assumingMemoryBound(to: UInt8.self))
      == 0
  }

  private static func isAgeIdentity(_ text: borrowing RawSpan) -> Bool {
    let prefix: StaticString = "AGE-SECRET-KEY-"
    guard text.byteCount == 74 else { return false }
    var checksum = Bech32Checksum(prefix: prefix)
    for offset in (prefix.utf8CodeUnitCount + 1)..<text.byteCount {
      guard let group = unsafe Symbols.bech32.octets.firstIndex(of: text.octet(offset)) else { return false }
      checksum.add(UInt8(group))
    }
    return checksum.isValid
  }

  private static func isMade(_ text: borrowing RawSpan, of symbols: StaticString, from start: Int) -> Bool {
    for offset in start..<text.byteCount {
      guard unsafe symbols.octets.contains(text.octet(offset)) else { return false }
    }
    return true
  }
}
