import CSodium

/// The one place where libsodium is started, and cleaned up after.
package enum Sodium {
  private static let isAvailable: Bool = sodium_init() >= 0

  /// The version of the library that this process uses: `1.0.18`.
  // The library's text is constant and lives as long as the process.
  package static var version: String { unsafe String(cString: sodium_version_string()) }

  /// Starts libsodium if this is the first call; thread-safe.
  static func start() throws(SecretError) {
    guard isAvailable else { throw .sodiumUnavailable() }
  }

  /// Wipes the part of the stack that a function of libsodium has used: hashes and encoders leave pieces of their input there.
  static func clearStack() { sodium_stackzero(4_096) }
}
