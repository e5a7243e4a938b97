/// The form of a generated key, written `kind:size` in a schema: `hex:32`, `base64url:48`, `fernet`.
///
/// The size counts bytes of key material, characters or words, as the kind says. Kinds of one size take none.
/// Every format but `uuid` holds at least 128 bits.
public struct KeyFormat: Sendable, Hashable {
  /// How key material is written down.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Unpadded base64url of N bytes: the default; read alike by every `.env` reader, unquoted.
    case base64url
    /// Lowercase hexadecimal of N bytes: Flask, Symfony, Rails.
    case hex
    /// Padded base64 of N bytes: Rocket, Phoenix.
    case base64
    /// `base64:` and padded base64 of 32 or 16 bytes: Laravel.
    case laravel
    /// Padded base64url of 32 bytes: Fernet of Python's cryptography.
    case fernet
    /// Base64 of a 32-byte Ed25519 seed (RFC 8032).
    case ed25519
    /// Base64 of the PKCS #8 form (RFC 8410) of an Ed25519 seed: a PEM body.
    case ed25519PKCS8 = "ed25519-pkcs8"
    /// Base64 of a clamped X25519 secret (RFC 7748): WireGuard.
    case wireguard
    /// An age identity: `AGE-SECRET-KEY-1` and bech32 of an X25519 secret.
    case age
    /// Unpadded base32 of N bytes (RFC 4648 §6): TOTP.
    case totp
    /// A symmetric JSON Web Key (RFC 7517) of N bytes, on one line.
    case jwk
    /// N letters and digits.
    case alnum
    /// N decimal digits.
    case digits
    /// N of the unreserved characters of RFC 3986 §2.3: need no quoting in a URL, a shell or a `.env`.
    case password
    /// 50 of Django's symbols, less `#` and `$`, which `.env` readers disagree about.
    case django
    /// 64 of the 92 symbols of WordPress salts; needs single quotes in a `.env`.
    case wordpress
    /// N words of the EFF large list with `-` between: for people.
    case diceware
    /// A version 4 UUID: an identifier of 122 bits, not a key.
    case uuid
  }

  /// How key material is written down.
  public let kind: Kind
  /// Bytes of key material, characters or words, as the kind says.
  public let size: Int

  /// A format of a kind in its usual size.
  public init(_ kind: Kind) {
    self.kind = kind
    size = kind.usualSize
  }

  /// A format of a kind in a size of bytes, characters or words, as the kind says.
  ///
  /// - Throws: `KeyFormatError` for a size that the kind does not have or that holds less than 128 bits.
  public init(kind: Kind, size: Int) throws(KeyFormatError) {
    if let allowed = kind.onlySizes {
      guard allowed.contains(size) else { throw .unsupportedSize(size, kind, allowed: allowed) }
    } else {
      guard size >= kind.sizes.lowerBound else { throw .tooSmall(size, kind) }
      guard size <= kind.sizes.upperBound else { throw .tooLarge(size, kind) }
    }
    self.kind = kind
    self.size = size
  }

  /// Reads `kind` or `kind:size`.
  ///
  /// - Throws: `KeyFormatError`, whose message lists the kinds or the sizes to choose from.
  public init(parsing text: String) throws(KeyFormatError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let kind = Kind(rawValue: name) else { throw .unknownKind(name) }
    guard parts.count == 2 else {
      self.init(kind)
      return
    }
    let digits = parts[1]
    guard let size = Int(digits), size > 0, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .malformedSize(String(digits), kind)
    }
    try self.init(kind: kind, size: size)
  }

  /// 32 bytes in unpadded base64url.
  public static let standard = KeyFormat(.base64url)

  /// The names of all kinds, as `init(parsing:)` takes them.
  public static let kinds: [String] = Kind.allCases.map(\.rawValue)
}

extension KeyFormat: CustomStringConvertible {
  /// `kind:size`, or `kind` alone where there is one size; `init(parsing:)` reads it back.
  public var description: String { kind.onlySizes?.count == 1 ? kind.rawValue : "\(kind.rawValue):\(size)" }
}

extension KeyFormat.Kind {
  /// The size that the kind has when none is given.
  var usualSize: Int {
    switch self {
    case .base64url, .hex, .base64, .laravel, .fernet, .ed25519, .ed25519PKCS8, .wireguard, .age, .jwk: 32
    case .totp: 20
    case .alnum, .password: 32
    case .digits: 40
    case .django: 50
    case .wordpress: 64
    case .diceware: 10
    case .uuid: 16
    }
  }

  /// The sizes of a kind that has only these.
  var onlySizes: [Int]? {
    switch self {
    case .laravel: [16, 32]
    case .fernet, .ed25519, .ed25519PKCS8, .wireguard, .age: [32]
    case .django: [50]
    case .wordpress: [64]
    case .uuid: [16]
    default: nil
    }
  }

  /// From the first size that holds 128 bits to one that no target exceeds.
  var sizes: ClosedRange<Int> {
    switch self {
    case .alnum, .password: 22...1_024
    case .digits: 39...1_024
    case .diceware: 10...64
    default: 16...1_024
    }
  }
}
