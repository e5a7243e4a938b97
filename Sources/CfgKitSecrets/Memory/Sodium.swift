import CSodium

/// The one place where libsodium is started.
enum Sodium {
  private static let isAvailable: Bool = sodium_init() >= 0

  /// Starts libsodium if this is the first call; thread-safe.
  static func start() throws(SecretError) {
    guard isAvailable else { throw .sodiumUnavailable() }
  }
}
