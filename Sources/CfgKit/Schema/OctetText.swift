import CfgKitDotEnv

/// Bytes that are no secret, read from text: hexadecimal, base64 (RFC 4648).
enum OctetText {
  /// The bytes of pairs of hexadecimal digits; nil for anything else.
  static func octets(hex value: borrowing RawSpan) -> [UInt8]? {
    guard value.byteCount > 0, value.byteCount.isMultiple(of: 2) else { return nil }
    var octets: [UInt8] = []
    octets.reserveCapacity(value.byteCount / 2)
    for index in stride(from: 0, to: value.byteCount, by: 2) {
      guard let high = Octet.hexValue(value[octet: index]), let low = Octet.hexValue(value[octet: index + 1])
      else { return nil }
      octets.append(high << 4 | low)
    }
    return octets
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
