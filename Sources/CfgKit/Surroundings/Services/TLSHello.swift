/// The first message of a TLS connection (RFC 8446 section 4.1.2), to see whether the other side speaks TLS at all. Nothing is agreed on and
/// no certificate is looked at: the answer's first bytes tell a TLS record from plain text, and the connection ends there.
enum TLSHello {
  /// What the first bytes of an answer are.
  enum Answer {
    /// A TLS record: a handshake, or an alert of a side that wants other ciphers than the ones offered.
    case tls
    /// Anything else.
    case other
    /// None: the other side ended the connection.
    case nothing
  }

  /// What an answer to `bytes(for:)`, or to anything else, is.
  static func answer(_ bytes: [UInt8]) -> Answer {
    guard let first = bytes.first else { return .nothing }
    let isRecord = (first == alert || first == handshake) && bytes.count > 1 && bytes[1] == 3
    return isRecord ? .tls : .other
  }

  private static let alert: UInt8 = 21
  private static let handshake: UInt8 = 22

  /// The message, for a server that knows several names.
  static func bytes(for host: String) -> [UInt8] {
    let isName = host.utf8.contains { (UInt8(ascii: "g")...UInt8(ascii: "z")).contains($0 | 0x20) }
    let extensions =
      (isName && !host.contains(":") ? serverName(host) : [])
      + extensionBytes(0x000A, sized(2, groups))
      + extensionBytes(0x000B, [1, 0])  // points: uncompressed
      + extensionBytes(0x000D, sized(2, signatures))
      + extensionBytes(0x002B, [4, 0x03, 0x04, 0x03, 0x03])  // versions 1.3 and 1.2
      + extensionBytes(0x0033, [0, 0])  // no key yet; the server asks for one
    let padding = extensionBytes(0x0015, Array(repeating: 0, count: max(0, paddedCount - extensions.count)))
    let hello: [UInt8] = [3, 3] + random + [0] + sized(2, ciphers) + [1, 0] + sized(2, extensions + padding)
    let message: [UInt8] = [1, 0] + sized(2, hello)
    return [handshake, 3, 1] + sized(2, message)
  }

  /// Enough for a message of 2,560 to 2,815 bytes, whose length then begins with a line feed: the fourth byte of all. A server that
  /// reads lines answers to that, and says so that it speaks no TLS; else it would wait for the end of its line for ever.
  private static let paddedCount = 2_600

  /// Not random: no key is ever made of it.
  private static let random = Array("cfgkit asks if there is TLS here".utf8)

  private static let ciphers: [UInt8] = [
    0x13, 0x01, 0x13, 0x02, 0x13, 0x03, 0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x2C, 0xC0, 0x30, 0xCC, 0xA9, 0xCC,
    0xA8,
    0x00, 0x9C, 0x00, 0x9D, 0x00, 0x2F, 0x00, 0x35,
  ]
  /// x25519, P-256, P-384.
  private static let groups: [UInt8] = [0x00, 0x1D, 0x00, 0x17, 0x00, 0x18]
  private static let signatures: [UInt8] = [
    0x04, 0x03, 0x05, 0x03, 0x06, 0x03, 0x08, 0x04, 0x08, 0x05, 0x08, 0x06, 0x04, 0x01, 0x05, 0x01, 0x06,
    0x01,
    0x08, 0x07,
  ]

  private static func serverName(_ host: String) -> [UInt8] {
    extensionBytes(0, sized(2, [0] + sized(2, Array(host.utf8))))
  }

  private static func extensionBytes(_ type: Int, _ body: [UInt8]) -> [UInt8] {
    [UInt8(type >> 8), UInt8(type & 0xFF)] + sized(2, body)
  }

  /// The bytes behind their number, which has `width` bytes.
  private static func sized(_ width: Int, _ bytes: [UInt8]) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) } + bytes
  }
}
