import CfgKitDotEnv
import CfgKitSecrets

/// Bytes without their percent-encoding (RFC 3986 §2.1). A `%` without two digits stays as it is.
enum PercentCoding {
  /// The bytes, from guarded memory to guarded memory.
  static func decoded(_ bytes: borrowing RawSpan) throws(SecretError) -> Secret {
    // A span is not to be captured, so that it is handed on in a copy of the handle.
    let encoded = try Secret(copying: bytes)
    return try Secret(capacity: encoded.byteCount) { (room: inout MutableRawSpan) -> Int in
      encoded.withBytes { bytes in
        var end = 0
        forEach(in: bytes) { byte in
          room.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
          end += 1
        }
        return end
      }
    }
  }

  /// The bytes as text that is no secret.
  static func decodedText(_ bytes: borrowing RawSpan) -> String {
    var octets: [UInt8] = []
    forEach(in: bytes) { octets.append($0) }
    return String(decoding: octets, as: UTF8.self)
  }

  private static func forEach(in bytes: borrowing RawSpan, _ body: (UInt8) -> Void) {
    var index = 0
    while index < bytes.byteCount {
      let byte = bytes[octet: index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.byteCount,
        let octet = OctetText.octets(hex: bytes.extracting(index + 1..<index + 3))?.first
      {
        body(octet)
        index += 3
      } else {
        body(byte)
        index += 1
      }
    }
  }
}
