import CSodium

/// A JSON Web Key Set (RFC 7517 §5) on one line: what verifies the tokens that keys sign, each under its id.
package enum WebKeySet {
  /// The set of some keys in their order.
  ///
  /// A seed of Ed25519, alone or in PKCS #8, is listed by its public key, which libsodium derives (RFC 8037 §2). A symmetric JSON Web Key
  /// has none and is listed as it is: such a set is as secret as its keys.
  ///
  /// - Parameter keys: texts in the formats `ed25519`, `ed25519-pkcs8` and `jwk` of `KeyFormat`, with their ids.
  /// - Returns: nil if one is in none of these formats.
  /// - Throws: `SecretError` when guarded memory is not to be had.
  package static func text(of keys: [(key: Secret, id: Fingerprint)]) throws(SecretError) -> Secret? {
    try Sodium.start()
    var entries: [Secret] = []
    for (key, id) in keys {
      guard let entry = try entry(of: key, id) else { return nil }
      entries.append(entry)
    }
    let (head, tail) = (frame.head.utf8CodeUnitCount, frame.tail.utf8CodeUnitCount)
    return try Secret(capacity: entries.reduce(head + tail) { $0 + $1.byteCount + 1 }) { room in
      unsafe room.withUnsafeMutableBytes { target in
        unsafe target.copyBytes(from: frame.head.octets)
        var end = head
        for (index, entry) in entries.enumerated() {
          if index > 0 {
            unsafe target[end] = UInt8(ascii: ",")
            end += 1
          }
          entry.withBytes { bytes in
            unsafe bytes.withUnsafeBytes { unsafe put($0, in: target, at: end) }
          }
          end += entry.byteCount
        }
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[end...]).copyBytes(from: frame.tail.octets)
        return end + tail
      }
    }
  }

  private static let frame: (head: StaticString, tail: StaticString) = (#"{"keys":["#, "]}")

  private static func put(
    _ bytes: UnsafeRawBufferPointer, in target: UnsafeMutableRawBufferPointer, at start: Int
  ) {
    unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...]).copyMemory(from: bytes)
  }

  private static func entry(of key: Secret, _ id: Fingerprint) throws(SecretError) -> Secret? {
    defer { Sodium.clearStack() }
    return try key.withBytes { (text: borrowing RawSpan) throws(SecretError) -> Secret? in
      if KeySelfCheck.has(text, KeyText.webKeyHead, at: 0) { return try symmetric(text, id) }
      guard let publicKey = publicKey(of: text) else { return nil }
      let x = Base64.urlSafeUnpadded.text(of: publicKey)
      return try Secret(
        copying: #"{"kty":"OKP","crv":"Ed25519","kid":"\#(id)","use":"sig","alg":"EdDSA","x":"\#(x)"}"#)
    }
  }

  // MARK: Symmetric keys

  private static func symmetric(_ text: borrowing RawSpan, _ id: Fingerprint) throws(SecretError) -> Secret? {
    let (head, tail) = (KeyText.webKeyHead.utf8CodeUnitCount, KeyText.webKeyTail.utf8CodeUnitCount)
    let end = text.byteCount - tail
    guard KeySelfCheck.has(text, KeyText.webKeyTail, at: end),
      KeyMaterial.decoding(text, .urlSafeUnpadded, skipping: head, dropping: tail) != nil
    else { return nil }
    let start = Array(#"{"kty":"oct","kid":"\#(id)","k":""#.utf8)
    return try Secret(capacity: start.count + text.byteCount - head) { room in
      unsafe room.withUnsafeMutableBytes { target in
        unsafe target.copyBytes(from: start)
        unsafe text.withUnsafeBytes { text in
          unsafe put(UnsafeRawBufferPointer(rebasing: text[head...]), in: target, at: start.count)
        }
        return start.count + text.byteCount - head
      }
    }
  }

  // MARK: Ed25519

  private static func publicKey(of text: borrowing RawSpan) -> [UInt8]? {
    guard let material = KeyMaterial.decoding(text, .standard) else { return nil }
    return material.bytes.withBytes { bytes in
      let head = KeyMaterial.ed25519Head.count
      switch bytes.byteCount {
      case 32: return publicKey(seed: bytes.extracting(0..<32))
      case head + 32:
        for (offset, octet) in KeyMaterial.ed25519Head.enumerated() where bytes.octet(offset) != octet {
          return nil
        }
        return publicKey(seed: bytes.extracting(head..<(head + 32)))
      default: return nil
      }
    }
  }

  private static func publicKey(seed: borrowing RawSpan) -> [UInt8]? {
    var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_ed25519_publickeybytes()))
    // libsodium gives the pair only together, so the secret half has guarded memory of its own.
    let pair = try? SecretBytes(capacity: Int(crypto_sign_ed25519_secretkeybytes())) { room in
      unsafe room.withUnsafeMutableBytes { pair in
        unsafe seed.withUnsafeBytes { seed in
          guard let pair = pair.baseAddress, let seed = seed.baseAddress,
            unsafe crypto_sign_ed25519_seed_keypair(
              &publicKey, pair.assumingMemoryBound(to: UInt8.self), seed.assumingMemoryBound(to: UInt8.self))
              == 0
          else { return 0 }
          return Int(crypto_sign_ed25519_secretkeybytes())
        }
      }
    }
    guard let pair, pair.byteCount > 0 else { return nil }
    return publicKey
  }
}
