import CfgKitDotEnv
import CfgKitSecrets

/// Goes through what stands between the quotes of a JSON string (RFC 8259 §7), and gives the bytes that it stands for, one by one: of a
/// secret no copy is made.
struct JSONString {
  private var offset = 0
  /// The rest of a character that was written as an escape.
  private var rest = Unicode.UTF8.EncodedScalar()
  /// Whether something was no escape, or must not stand in a string; nothing comes behind it.
  private(set) var isMalformed = false

  /// A whole string without its escapes, in guarded memory; nil if something was no escape.
  static func unescaped(_ raw: borrowing RawSpan) throws(SecretError) -> Secret? {
    var string = JSONString()
    // No escape is shorter than what it stands for.
    let secret = try Secret(capacity: raw.byteCount) { (room: inout MutableRawSpan) -> Int in
      var end = 0
      while let octet = string.next(raw) {
        room.storeBytes(of: octet, toByteOffset: end, as: UInt8.self)
        end += 1
      }
      return end
    }
    return string.isMalformed ? nil : secret
  }

  /// The next byte of `raw`, which is the same at each call; nil at its end.
  mutating func next(_ raw: borrowing RawSpan) -> UInt8? {
    if !rest.isEmpty { return rest.removeFirst() }
    guard !isMalformed, offset < raw.byteCount else { return nil }
    let byte = raw[octet: offset]
    offset += 1
    guard byte == UInt8(ascii: "\\") || byte < 0x20 else { return byte }
    guard byte >= 0x20, let scalar = escape(raw), let encoded = Unicode.UTF8.encode(scalar) else {
      isMalformed = true
      return nil
    }
    rest = encoded
    return rest.removeFirst()
  }

  private mutating func escape(_ raw: borrowing RawSpan) -> Unicode.Scalar? {
    guard let byte = take(raw) else { return nil }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let high = hex(raw) else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard take(raw) == UInt8(ascii: "\\"), take(raw) == UInt8(ascii: "u"), let low = hex(raw),
        (0xDC00..<0xE000).contains(low)
      else { return nil }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func hex(_ raw: borrowing RawSpan) -> UInt32? {
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = take(raw).flatMap(Octet.hexValue) else {
        return nil
      }
      number = number << 4 | UInt32(digit)
    }
    return number
  }

  private mutating func take(_ raw: borrowing RawSpan) -> UInt8? {
    guard offset < raw.byteCount else { return nil }
    defer { offset += 1 }
    return raw[octet: offset]
  }
}
