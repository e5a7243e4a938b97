/// Reads a JSON array of strings (RFC 8259), and nothing else, out of bytes that are not to be copied around.
struct StringArrayReader {
  private var offset = 0
  private var wanted = -1
  private var end = 0

  /// How many strings the array has; nil if the bytes are no array of strings.
  mutating func countElements(_ bytes: borrowing RawSpan) -> Int? {
    var nowhere = MutableRawSpan()
    return read(bytes, copying: -1, into: &nowhere)
  }

  /// Writes one string, without its escapes, to the beginning of a room as large as the array; gives its length.
  mutating func copyElement(_ index: Int, of bytes: borrowing RawSpan, into room: inout MutableRawSpan) -> Int
  {
    end = 0
    _ = read(bytes, copying: index, into: &room)
    return end
  }

  private mutating func read(_ bytes: borrowing RawSpan, copying index: Int, into room: inout MutableRawSpan)
    -> Int?
  {
    offset = 0
    wanted = index
    guard take("[", bytes) else { return nil }
    if take("]", bytes) { return isAtEnd(bytes) ? 0 : nil }
    var count = 0
    repeat {
      guard string(bytes, isWanted: count == wanted, &room) else { return nil }
      count += 1
    } while take(",", bytes)
    return take("]", bytes) && isAtEnd(bytes) ? count : nil
  }

  private mutating func string(_ bytes: borrowing RawSpan, isWanted: Bool, _ room: inout MutableRawSpan)
    -> Bool
  {
    guard take("\"", bytes) else { return false }
    while offset < bytes.byteCount {
      let byte = bytes[octet: offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard let scalar = escape(bytes) else { return false }
        if isWanted { for unit in Unicode.UTF8.encode(scalar) ?? .init() { put(unit, &room) } }
      case 0..<0x20: return false
      default: if isWanted { put(byte, &room) }
      }
    }
    return false
  }

  private mutating func escape(_ bytes: borrowing RawSpan) -> Unicode.Scalar? {
    guard offset < bytes.byteCount else { return nil }
    let byte = bytes[octet: offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let high = hex(bytes) else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard takeNow("\\", bytes), takeNow("u", bytes), let low = hex(bytes), (0xDC00..<0xE000).contains(low)
      else {
        return nil
      }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func hex(_ bytes: borrowing RawSpan) -> UInt32? {
    guard offset + 4 <= bytes.byteCount else { return nil }
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[octet: offset])).hexDigitValue else { return nil }
      number = number << 4 | UInt32(digit)
      offset += 1
    }
    return number
  }

  private mutating func take(_ sign: Unicode.Scalar, _ bytes: borrowing RawSpan) -> Bool {
    while offset < bytes.byteCount, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[octet: offset]) { offset += 1 }
    return takeNow(sign, bytes)
  }

  private mutating func takeNow(_ sign: Unicode.Scalar, _ bytes: borrowing RawSpan) -> Bool {
    guard offset < bytes.byteCount, bytes[octet: offset] == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  private mutating func isAtEnd(_ bytes: borrowing RawSpan) -> Bool {
    while offset < bytes.byteCount, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[octet: offset]) { offset += 1 }
    return offset == bytes.byteCount
  }

  private mutating func put(_ byte: UInt8, _ room: inout MutableRawSpan) {
    room.storeBytes(of: byte, toByteOffset: end, as: UInt8.self)
    end += 1
  }
}
