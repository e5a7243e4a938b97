import CSodium

/// Tells whether two secrets are the same without telling what they are: the first 8 bytes of BLAKE2b (16
/// bytes, keyed with the document's salt) over name ‖ 0 ‖ value, written as 11 base64url characters.
///
/// Of a value that can be guessed, a fingerprint is an oracle for guessing it: make none for a value below the
/// strength bar.
package struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// The fingerprint of a value under the name of its key.
  package init(of secret: Secret, name: String, salt: Salt) {
    self = secret.withBytes { Fingerprint(of: $0, name: name, salt: salt) }
  }

  /// The fingerprint of a value under the name of its key.
  package init(of value: borrowing RawSpan, name: String, salt: Salt) {
    let name = Array(name.utf8)
    var digest = [UInt8](repeating: 0, count: 16)
    unsafe value.withUnsafeBytes { value in
      // The state is 64-byte aligned; it goes through a buffer of that alignment and is wiped.
      unsafe withUnsafeTemporaryAllocation(byteCount: crypto_generichash_statebytes(), alignment: 64) {
        room in
        guard let base = room.baseAddress else { return }
        let state = OpaquePointer(base)
        unsafe crypto_generichash_init(state, salt.bytes, salt.bytes.count, digest.count)
        unsafe crypto_generichash_update(state, name, UInt64(name.count))
        unsafe crypto_generichash_update(state, [0], 1)
        unsafe crypto_generichash_update(
          state, value.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(value.count))
        unsafe crypto_generichash_final(state, &digest, digest.count)
        unsafe sodium_memzero(base, room.count)
      }
    }
    Sodium.clearStack()
    bytes = Array(digest.prefix(8))
  }

  /// Reads what `description` gives; nil for anything else.
  package init?(parsing text: String) {
    guard let bytes = Base64.urlSafeUnpadded.bytes(of: text, count: 8) else { return nil }
    self.bytes = bytes
  }

  /// 11 base64url characters.
  package var description: String { Base64.urlSafeUnpadded.text(of: bytes) }
}
