/// Predicates over the bytes of a `.env` file: ASCII only, never Unicode's idea of a letter or a blank.
enum Octet {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// A letter or `_`: how keys and names begin.
  static func isNameStart(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") }

  /// What names of variables go on with.
  static func isName(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  /// What keys go on with.
  static func isKey(_ byte: UInt8) -> Bool {
    isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  /// What stands unquoted in all of the readers that were tried.
  static func isPortable(_ byte: UInt8) -> Bool {
    if isName(byte) { return true }
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "%"),
      UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "-"):
      return true
    default: return false
    }
  }
}
