import CSodium

/// The random key of a document's fingerprints: 16 bytes, written as 22 base64url characters.
///
/// It keeps the fingerprints of two keys with one value apart, and of one value in two documents.
package struct Salt: Sendable, Hashable, CustomStringConvertible {
  let bytes: [UInt8]

  /// A new one, from libsodium's source of randomness.
  package init() throws(SecretError) {
    try Sodium.start()
    var bytes = [UInt8](repeating: 0, count: 16)
    unsafe randombytes_buf(&bytes, bytes.count)
    self.bytes = bytes
  }

  /// Reads what `description` gives; nil for anything else.
  package init?(parsing text: String) {
    guard let bytes = Base64.urlSafeUnpadded.bytes(of: text, count: 16) else { return nil }
    self.bytes = bytes
  }

  /// 22 base64url characters.
  package var description: String { Base64.urlSafeUnpadded.text(of: bytes) }
}
