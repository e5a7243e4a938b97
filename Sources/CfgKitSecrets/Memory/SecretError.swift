/// Why a secret could not be held or made.
///
/// Equal by code, so that a caller can compare with a case and a test stays readable. The message names the
/// reason and the way out, and never holds a byte of a value.
public struct SecretError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What went wrong.
  @nonexhaustive
  public enum Code: Sendable, Hashable {
    /// libsodium could not be initialised: there is no usable source of randomness.
    case sodiumUnavailable
    /// Guarded memory could not be allocated.
    case outOfMemory
    /// A generated key did not survive its self-check twice in a row.
    case selfCheckFailed
    /// The key of a cryptographic operation was refused by libsodium.
    case unusableKey
  }

  /// What went wrong.
  public let code: Code
  /// A sentence for people: the subject first, the way out last.
  public let message: String

  /// The message.
  public var description: String { message }

  /// Equal by code.
  public static func == (left: SecretError, right: SecretError) -> Bool { left.code == right.code }

  static func sodiumUnavailable() -> SecretError {
    SecretError(
      code: .sodiumUnavailable,
      message:
        "libsodium could not start, no source of randomness answers; check that /dev/urandom is readable")
  }

  static func outOfMemory(byteCount: Int) -> SecretError {
    SecretError(
      code: .outOfMemory,
      message: "Guarded memory for \(byteCount) bytes could not be allocated; free some memory and try again")
  }

  static func selfCheckFailed(_ format: KeyFormat) -> SecretError {
    SecretError(
      code: .selfCheckFailed,
      message: "A generated \(format) key failed its self-check twice; do not use this machine to make keys")
  }

  static func unusableKey(_ format: KeyFormat) -> SecretError {
    SecretError(
      code: .unusableKey,
      message: "libsodium refused a generated \(format) key; do not use this machine to make keys")
  }
}

/// The error of filling guarded memory through a closure: the memory's own, or the closure's.
public enum SecretFillingError<Failure: Error>: Error {
  /// The memory could not be had.
  case memory(SecretError)
  /// The closure threw.
  case filling(Failure)
}

extension SecretFillingError: Equatable where Failure: Equatable {}
