import CSodium

/// Decodes a new key as its target does, before anyone gets it.
enum KeySelfCheck {
  /// Whether the text is exactly what its target takes.
  static func decodes(_ key: Secret, _ format: KeyFormat) -> Bool {
    defer { Sodium.clearStack() }
    return key.withBytes { text in decodesAsMeant(text, format) }
  }

  /// Whether the estimator takes it for a key. One key of a short kind in a few hundred happens to have a pattern.
  static func isStrong(_ key: Secret, _ format: KeyFormat) -> Bool {
    // An identifier is no key, and says so when it is estimated.
    format.kind == .uuid || StrengthEstimator().estimate(of: key).verdict == .ok
  }

  private static func decodesAsMeant(_ text: borrowing RawSpan, _ format: KeyFormat) -> Bool {
    let size = format.size
    switch format.kind {
    case .base64url: return unsafe base64(text, .urlSafeUnpadded) { $0.count == size }
    case .fernet: return unsafe base64(text, .urlSafe) { $0.count == size }
    case .base64: return unsafe base64(text, .standard) { $0.count == size }
    case .laravel:
      let head = KeyText.laravelHead
      guard has(text, head, at: 0) else { return false }
      return unsafe base64(text, .standard, skipping: head.utf8CodeUnitCount) { $0.count == size }
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
    case .jwk:
      let (head, tail) = (KeyText.webKeyHead, KeyText.webKeyTail)
      let (headCount, tailCount) = (head.utf8CodeUnitCount, tail.utf8CodeUnitCount)
      guard has(text, head, at: 0), has(text, tail, at: text.byteCount - tailCount) else { return false }
      return unsafe base64(text, .urlSafeUnpadded, skipping: headCount, dropping: tailCount) {
        $0.count == size
      }
    case .alnum: return text.byteCount == size && isMade(text, of: Symbols.alphanumeric, from: 0)
    case .digits: return text.byteCount == size && isMade(text, of: Symbols.digits, from: 0)
    case .password: return text.byteCount == size && isMade(text, of: Symbols.unreserved, from: 0)
    case .django: return text.byteCount == size && isMade(text, of: Symbols.django, from: 0)
    case .wordpress: return text.byteCount == size && isMade(text, of: Symbols.wordpress, from: 0)
    case .diceware: return isPassphrase(text, wordCount: size)
    case .uuid: return isVersion4UUID(text)
    }
  }

  /// Whether a fixed text stands at an offset.
  static func has(_ text: borrowing RawSpan, _ part: StaticString, at start: Int) -> Bool {
    let part = unsafe part.octets
    guard start >= 0, start + part.count <= text.byteCount else { return false }
    for index in 0..<part.count where unsafe text.octet(start + index) != part[index] { return false }
    return true
  }

  /// Words of the list with a hyphen between. Four of them hold one, and `drop-down` is also two words: so at least as many.
  private static func isPassphrase(_ text: borrowing RawSpan, wordCount: Int) -> Bool {
    unsafe text.withUnsafeBytes { bytes in
      let parts = unsafe bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      var found = 0
      var index = 0
      while unsafe index < parts.count {
        let one = unsafe UnsafeRawBufferPointer(rebasing: parts[index])
        if unsafe EFFWordList.number(of: one) != nil {
          index += 1
        } else {
          guard unsafe index + 1 < parts.count else { return false }
          let both = unsafe UnsafeRawBufferPointer(
            rebasing: bytes[parts[index].startIndex..<parts[index + 1].endIndex])
          guard unsafe EFFWordList.number(of: both) != nil else { return false }
          index += 2
        }
        found += 1
      }
      return found >= wordCount
    }
  }

  private static func isVersion4UUID(_ text: borrowing RawSpan) -> Bool {
    guard text.byteCount == 36, text.octet(14) == UInt8(ascii: "4"),
      "89ab".utf8.contains(text.octet(19))
    else { return false }
    for offset in 0..<36 {
      let isHyphen = text.octet(offset) == UInt8(ascii: "-")
      guard isHyphen == [8, 13, 18, 23].contains(offset), isHyphen || ASCII.isHexDigit(text.octet(offset))
      else { return false }
    }
    return true
  }

  private static func base64(
    _ text: borrowing RawSpan, _ variant: Base64, skipping head: Int = 0,
    dropping tail: Int = 0,
    _ isAsMeant: (UnsafeRawBufferPointer) -> Bool
  ) -> Bool {
    guard let decoded = KeyMaterial.decoding(text, variant, skipping: head, dropping: tail) else {
      return false
    }
    return decoded.bytes.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe isAsMeant($0) } }
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

  /// 52 symbols of 5 bits are 32 bytes and 4 bits of padding; a recipient can be made of them; six symbols are the checksum.
  private static func isAgeIdentity(_ text: borrowing RawSpan) -> Bool {
    let prefix = KeyText.agePrefix
    let start = prefix.utf8CodeUnitCount + 1
    guard text.byteCount == 74, has(text, prefix, at: 0), text.octet(start - 1) == UInt8(ascii: "1") else {
      return false
    }
    var checksum = Bech32Checksum(prefix: prefix)
    var isMade = true
    let secret = try? SecretBytes(capacity: 32) { room in
      var pending: UInt32 = 0
      var bits = 0
      var count = 0
      for offset in start..<text.byteCount {
        guard let group = unsafe Symbols.bech32.octets.firstIndex(of: text.octet(offset)) else {
          isMade = false
          return 0
        }
        checksum.add(UInt8(group))
        guard offset < start + 52 else { continue }
        pending = pending << 5 | UInt32(group)
        bits += 5
        if bits >= 8 {
          bits -= 8
          room.storeBytes(of: UInt8(pending >> UInt32(bits) & 255), toByteOffset: count, as: UInt8.self)
          count += 1
        }
      }
      return count
    }
    guard let secret, isMade, checksum.isValid, secret.byteCount == 32 else { return false }
    return secret.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe isX25519Secret($0) } }
  }

  private static func isMade(_ text: borrowing RawSpan, of symbols: StaticString, from start: Int) -> Bool {
    for offset in start..<text.byteCount {
      guard unsafe symbols.octets.contains(text.octet(offset)) else { return false }
    }
    return true
  }
}
