import CSodium

/// Base64 (RFC 4648), written and read by libsodium: its `sodium_base64_VARIANT_*` are macros that Swift cannot import.
package enum Base64: Int32 {
  /// The alphabet of §4, padded.
  case standard = 1
  /// The alphabet of §5, padded.
  case urlSafe = 5
  /// The alphabet of §5, without padding.
  case urlSafeUnpadded = 7

  /// The text of bytes that are no secret.
  package func text(of bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: room(for: bytes.count))
    unsafe sodium_bin2base64(&text, text.count, bytes, bytes.count, rawValue)
    return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The text of bytes, in guarded memory.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  package func secret(of bytes: borrowing RawSpan) throws(SecretError) -> Secret {
    try unsafe bytes.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(SecretError) -> Secret in
      try Secret(capacity: room(for: bytes.count)) { target in
        unsafe target.withUnsafeMutableBytes { unsafe write(bytes, to: $0) }
      }
    }
  }

  /// The bytes of a text that is no secret; nil if it is not base64 of this variant.
  func bytes(of text: String) -> [UInt8]? {
    let characters = text.utf8.map { CChar(bitPattern: $0) }
    var bytes = [UInt8](repeating: 0, count: characters.count)
    var count = 0
    let result = unsafe sodium_base642bin(
      &bytes, bytes.count, characters, characters.count, nil, &count, nil, rawValue)
    return result == 0 ? Array(bytes.prefix(count)) : nil
  }

  /// Nil unless `text` is the one way of writing `count` bytes.
  func bytes(of text: String, count: Int) -> [UInt8]? {
    guard let bytes = bytes(of: text), bytes.count == count, self.text(of: bytes) == text else { return nil }
    return bytes
  }

  /// How many bytes `write` needs for the text of `byteCount` bytes, and the NUL that libsodium puts behind it.
  func room(for byteCount: Int) -> Int { sodium_base64_encoded_len(byteCount, rawValue) }

  /// Writes the text of bytes, and a NUL behind it, to the start of `target`.
  ///
  /// - Returns: how many bytes the text has.
  func write(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) -> Int {
    let length = room(for: bytes.count)
    precondition(target.count >= length, "there is no room for the text")
    guard let start = target.baseAddress, let source = bytes.baseAddress else { return 0 }
    unsafe sodium_bin2base64(
      start.assumingMemoryBound(to: CChar.self), length, source.assumingMemoryBound(to: UInt8.self),
      bytes.count, rawValue)
    return length - 1
  }
}
