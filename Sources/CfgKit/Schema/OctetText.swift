import CfgKitDotEnv

/// Bytes that are no secret, written as text: hexadecimal, base64 (RFC 4648).
enum OctetText {
  /// Pairs of lower-case hexadecimal digits.
  static func hex(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of pairs of hexadecimal digits; nil for anything else.
  static func octets(hex value: borrowing RawSpan) -> [UInt8]? {
    guard TextForms.isHex(value) else { return nil }
    return (0..<value.byteCount / 2).map { index in
      nibble(value[octet: index * 2]) << 4 | nibble(value[octet: index * 2 + 1])
    }
  }

  private static func nibble(_ digit: UInt8) -> UInt8 {
    Octet.isDigit(digit) ? digit - UInt8(ascii: "0") : (digit | 0x20) - UInt8(ascii: "a") + 10
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Padded base64 (RFC 4648 §4).
  static func base64(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: octets.count, by: 3) {
      let group = octets[start..<min(start + 3, octets.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of base64 or base64url, with or without padding; nil for anything else.
  static func octets(base64 value: borrowing RawSpan) -> [UInt8]? {
    guard let count = TextForms.base64ByteCount(value) else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(count)
    var (bits, held) = (UInt32(0), UInt32(0))
    for index in 0..<value.byteCount {
      let byte = value[octet: index]
      guard byte != UInt8(ascii: "=") else { break }
      bits = (bits << 6 | UInt32(sixBits(byte))) & 0xFFFF
      held += 6
      if held >= 8 {
        held -= 8
        octets.append(UInt8(truncatingIfNeeded: bits >> held))
      }
    }
    return octets
  }

  private static func sixBits(_ symbol: UInt8) -> UInt8 {
    switch symbol {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbol - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): symbol - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): symbol - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    default: 63
    }
  }
}
