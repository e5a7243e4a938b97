/// Predicates over bytes: ASCII only, never Unicode's idea of a letter or a blank.
package enum Octet {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  @inlinable package static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }

  /// What `isspace` of C takes: a blank, LF, CR, VT or FF.
  @inlinable package static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  @inlinable package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inlinable package static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 6
  }

  /// What a hexadecimal digit stands for; nil for what is none.
  @inlinable package static func hexValue(_ digit: UInt8) -> UInt8? {
    if isDigit(digit) { return digit - 0x30 }
    return isHexDigit(digit) ? (digit | 0x20) - 0x61 + 10 : nil
  }

  /// The hexadecimal digit, in lower case, of a number below 16.
  @inlinable package static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? value + 0x30 : value - 10 + 0x61
  }

  @inlinable package static func isSmallLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

  @inlinable package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  @inlinable package static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// A letter or `_`: how keys and names begin.
  @inlinable package static func isNameStart(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_")
  }

  /// What names of variables go on with.
  @inlinable package static func isName(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

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
