import CSodium

/// Makes keys from libsodium's source of randomness, in guarded memory from the first byte on.
///
/// Every key is checked before it is given out: it decodes as its target decodes it, has the exact length, is
/// `ok` to the strength estimator, and reads alike in every `.env` reader (no text that is a number, a boolean
/// or JSON, none that starts with `-`, no quotes, commas or white space where the kind itself has none).
///
/// A virtual machine that is restored from a snapshot can repeat random output; that is out of its reach.
public struct SecretGenerator: Sendable {
  /// - Throws: `SecretError` when libsodium has no source of randomness.
  public init() throws(SecretError) {
    try Sodium.start()
  }

  /// A new key.
  ///
  /// - Parameter format: how it is written down; 32 bytes of unpadded base64url unless told.
  /// - Throws: `SecretError` when guarded memory is not to be had, or when a key fails its check twice.
  public func generate(_ format: KeyFormat = .standard) throws(SecretError) -> Secret {
    // An unlucky text is drawn again: one in 64 begins with "-". So many in a row cannot be chance.
    var failures = 0
    for _ in 0..<64 where failures < 2 {
      let key = try Draft(of: format).secret
      if !KeySelfCheck.decodes(key, format) {
        failures += 1
      } else if key.withBytes({ RedrawRule.accepts($0, format) }), KeySelfCheck.isStrong(key, format) {
        return key
      }
    }
    throw .selfCheckFailed(format)
  }
}

/// One attempt at a key.
private struct Draft {
  let secret: Secret

  init(of format: KeyFormat) throws(SecretError) {
    let size = format.size
    switch format.kind {
    case .base64url: secret = try KeyText.base64(of: .random(size), .urlSafeUnpadded)
    case .fernet: secret = try KeyText.base64(of: .random(size), .urlSafe)
    case .base64, .ed25519: secret = try KeyText.base64(of: .random(size), .standard)
    case .laravel: secret = try KeyText.base64(of: .random(size), .standard, prefix: KeyText.laravelHead)
    case .hex: secret = try KeyText.hex(of: .random(size))
    case .totp: secret = try KeyText.base32(of: .random(size))
    case .ed25519PKCS8: secret = try KeyText.base64(of: .ed25519PKCS8(), .standard)
    case .wireguard: secret = try KeyText.base64(of: .clampedX25519(), .standard)
    case .age: secret = try KeyText.bech32(of: .random(size), prefix: KeyText.agePrefix)
    case .jwk: secret = try KeyText.webKey(of: .random(size))
    case .alnum: secret = try KeyText.drawn(size, from: Symbols.alphanumeric)
    case .digits: secret = try KeyText.drawn(size, from: Symbols.digits)
    case .password: secret = try KeyText.drawn(size, from: Symbols.unreserved)
    case .django: secret = try KeyText.drawn(size, from: Symbols.django)
    case .wordpress: secret = try KeyText.drawn(size, from: Symbols.wordpress)
    case .diceware: secret = try KeyText.words(size)
    case .uuid: secret = try KeyText.uuid(of: .random(size))
    }
  }
}
