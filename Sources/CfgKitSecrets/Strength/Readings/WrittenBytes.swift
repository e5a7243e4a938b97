/// Bytes that are written one by one: `0x1f, 0xa4`, `\\x1f\\xa4`, `1f:a4-9c`, `[31, 164]`.
enum WrittenBytes {
  /// A shorter key is refused anyway.
  private static let fewest = 12

  /// A sign between numbers or around them, which holds nothing.
  private static func isSign(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: " "),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  /// The hexadecimal digits alone; nil if there is anything else but signs between.
  static func hex(_ text: UnsafeRawBufferPointer) -> Reading? {
    Scratch.lend(text.count + 16) { room in
      let digits = room.row(UInt8.self, text.count)
      var count = 0
      var hasLetter = false
      var index = 0
      while index < text.count {
        let octet = unsafe text[index]
        let isLead = octet == UInt8(ascii: "0") || octet == UInt8(ascii: "\\")
        if isLead, index + 1 < text.count, unsafe text[index + 1] | 0x20 == UInt8(ascii: "x") {
          index += 2
          continue
        }
        if ASCII.isHexDigit(octet) {
          digits[count] = octet
          count += 1
          if !ASCII.isDigit(octet) { hasLetter = true }
        } else if !isSign(octet) {
          return nil
        }
        index += 1
      }
      // Dates are digits and signs, too.
      guard hasLetter, count >= 2 * fewest, count < text.count else { return nil }
      return unsafe Reading(characters: digits.bytes(count))
    }
  }

  /// Decimal numbers up to 255 with signs between: 8 bits each.
  static func decimal(_ text: UnsafeRawBufferPointer) -> Reading? {
    Scratch.lend(text.count + 16) { room in
      let bytes = room.row(UInt8.self, text.count)
      var count = 0
      var number = -1
      for index in 0...text.count {
        if index < text.count, unsafe ASCII.isDigit(text[index]) {
          number = max(0, number) * 10 + Int(unsafe text[index] - 0x30)
          guard number < 256 else { return nil }
          continue
        }
        guard unsafe index == text.count || isSign(text[index]) else { return nil }
        if number >= 0 {
          bytes[count] = UInt8(truncatingIfNeeded: number)
          count += 1
        }
        number = -1
      }
      guard count >= fewest else { return nil }
      return Reading(
        charset: Cost.bits(8 * count), code: Description.ofBytes(bytes, count).code,
        tally: Tally(.random, text.count))
    }
  }
}
