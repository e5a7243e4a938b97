import CSodium

/// Names one change of a document, so that its author knows it again: 16 random hex digits.
package struct OperationID: Sendable, Hashable, CustomStringConvertible {
  /// 16 lowercase hex digits.
  package let description: String

  /// A new one, from libsodium's source of randomness.
  package init() throws(SecretError) {
    try Sodium.start()
    var bytes = [UInt8](repeating: 0, count: 8)
    unsafe randombytes_buf(&bytes, bytes.count)
    description = Hex.text(of: bytes)
  }

  /// Reads 16 lowercase hex digits; nil for anything else.
  package init?(parsing text: String) {
    guard text.utf8.count == 16 else { return nil }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      return nil
    }
    description = text
  }
}
