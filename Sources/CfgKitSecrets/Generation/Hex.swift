import CSodium

/// Lower-case hexadecimal, written by libsodium.
package enum Hex {
  /// Two digits for each of some bytes that are no secret.
  package static func text(of bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: bytes.count * 2 + 1)
    unsafe sodium_bin2hex(&text, text.count, bytes, bytes.count)
    return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
