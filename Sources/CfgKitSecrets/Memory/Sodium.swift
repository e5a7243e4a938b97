import CSodium

/// The one place where libsodium is started, and cleaned up after.
enum Sodium {
  private static let isAvailable: Bool = sodium_init() >= 0

  /// Starts libsodium if this is the first call; thread-safe.
  static func start() throws(SecretError) {
    guard isAvailable else { throw .sodiumUnavailable() }
  }

  /// Wipes the part of the stack that a function of libsodium has used: hashes and encoders leave pieces of their input there.
  static func clearStack() { sodium_stackzero(4_096) }
}
