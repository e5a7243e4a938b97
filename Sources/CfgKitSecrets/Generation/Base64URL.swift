import CSodium

/// Unpadded base64url of bytes that are not secret: salts and fingerprints.
enum Base64URL {
  private static let variant = KeyText.Base64Variant.urlSafeUnpadded.rawValue

  static func encoded(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
    unsafe sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
    return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Nil unless `text` is the one way of writing `byteCount` bytes.
  static func decoded(_ text: String, byteCount: Int) -> [UInt8]? {
    let characters = text.utf8.map { CChar(bitPattern: $0) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var count = 0
    let result = unsafe sodium_base642bin(
      &bytes, byteCount, characters, characters.count, nil, &count, nil, variant)
    guard result == 0, count == byteCount, encoded(bytes) == text else { return nil }
    return bytes
  }
}
