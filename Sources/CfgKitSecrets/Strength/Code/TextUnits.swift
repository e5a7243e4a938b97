/// A text as the code sees it: one unit a character, with its lowercase and its symbol in the text model.
struct TextUnits {
  // In bounds: bytes are read below `bytes.count`, and a scalar's only after its length has been held against it. Rows are checked.

  let units: Row<UInt16>
  let lower: Row<UInt16>
  let symbols: Row<UInt8>
  /// The lowercase letter that each unit is or stands for, from 1 for a on, or 0; with `Leet.ambiguous` if for another, too.
  let letters: Row<UInt8>
  /// The low byte of each lowercase letter without its accents: what phrases are looked up by.
  let plain: Row<UInt8>
  private(set) var count = 0

  /// Bytes that a text of `count` bytes needs.
  static func byteCount(_ count: Int) -> Int {
    2 * ScratchRoom.byteCount(UInt16.self, count + 1)
      + 3 * ScratchRoom.byteCount(UInt8.self, count + 1)
  }

  init(_ bytes: UnsafeRawBufferPointer, _ room: inout ScratchRoom) {
    units = room.row(UInt16.self, bytes.count + 1)
    lower = room.row(UInt16.self, bytes.count + 1)
    symbols = room.row(UInt8.self, bytes.count + 1)
    letters = room.row(UInt8.self, bytes.count + 1)
    plain = room.row(UInt8.self, bytes.count + 1)
    var index = 0
    while index < bytes.count {
      let byte = unsafe bytes[index]
      if byte < 0x80 {
        append(UInt16(byte))
        index += 1
        continue
      }
      let (scalar, length) = unsafe TextUnits.scalar(bytes, at: index)
      if let scalar {
        if scalar > 0xFFFF {
          append(UInt16(truncatingIfNeeded: 0xD800 + ((scalar - 0x10000) >> 10)))
          append(UInt16(truncatingIfNeeded: 0xDC00 + ((scalar - 0x10000) & 0x3FF)))
        } else {
          append(UInt16(truncatingIfNeeded: scalar))
        }
      } else {
        append(0xDC80 + UInt16(byte & 0x7F))
      }
      index += length
    }
  }

  @inline(__always)
  private mutating func append(_ unit: UInt16) {
    let low = Letter.lowercased(unit)
    units[count] = unit
    lower[count] = low
    let symbol = Letter.symbol(low)
    symbols[count] = symbol
    letters[count] = symbol < Letter.separatorSymbol ? symbol + 1 : Leet.letter(low)
    plain[count] = UInt8(truncatingIfNeeded: low < 0x80 ? low : Letter.withoutAccent(low))
    count += 1
  }

  /// Whether a sign of ASCII stands at a position.
  @inline(__always)
  func isSeparator(_ position: Int) -> Bool {
    symbols[position] == Letter.separatorSymbol && units[position] > 0x1F
  }

  /// The scalar at a byte from 0x80 on and the bytes it takes; nil and 1 if the bytes there are not UTF-8.
  static func scalar(_ bytes: UnsafeRawBufferPointer, at index: Int) -> (UInt32?, Int) {
    let lead = unsafe bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, index + length <= bytes.count else { return (nil, 1) }
    var scalar = UInt32(lead & (0xFF >> UInt8(length + 1)))
    for offset in 1..<length {
      let next = unsafe bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return (nil, 1) }
      scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard scalar >= least, scalar <= 0x10_FFFF, scalar & ~0x7FF != 0xD800 else { return (nil, 1) }
    return (scalar, length)
  }
}
