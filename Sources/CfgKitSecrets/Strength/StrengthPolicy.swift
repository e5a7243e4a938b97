/// How strong a value must be.
public struct StrengthPolicy: Sendable, Hashable {
  /// Bits a value should hold: 30 below is refused, 4 below is warned about (a random key of that many bits
  /// falls short by chance, never by much). `strength=` of a schema, `--min-bits` of the command.
  public var minimumBits: Int

  /// A policy of so many bits.
  public init(minimumBits: Int = 128) {
    self.minimumBits = minimumBits
  }

  /// 128 bits: what a key must hold.
  public static let key = StrengthPolicy()

  /// Less than this is refused, in bits: 98 for keys, 0 at least.
  var rejectBelow: Int32 { Cost.bits(max(0, minimumBits - 30)) }
  /// Less than this is warned about, in bits: 124 for keys.
  var warnBelow: Int32 { Cost.bits(max(0, minimumBits - 4)) }
}

/// What a value is for, where the use has rules of its own.
public enum KeyUse: Sendable, Hashable {
  /// Anything.
  case general
  /// HMAC with SHA-256 in a JWT: 32 bytes at least (RFC 7518 §3.2).
  case hs256
  /// HMAC with SHA-384 in a JWT: 48 bytes at least.
  case hs384
  /// HMAC with SHA-512 in a JWT: 64 bytes at least.
  case hs512

  var minimumByteCount: Int {
    switch self {
    case .general: 0
    case .hs256: 32
    case .hs384: 48
    case .hs512: 64
    }
  }
}
