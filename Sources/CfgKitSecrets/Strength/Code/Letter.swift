/// What one character of a text is: a UTF-16 unit, or 0xDC80 and up for a byte that is not UTF-8.
enum Letter {
  static let digitSymbol: UInt8 = 27
  static let separatorSymbol: UInt8 = 26
  static let otherSymbol: UInt8 = 28

  /// The symbol of the text model: 0 to 25 for a letter, then separator, digit, another letter.
  static func symbol(_ lower: UInt16) -> UInt8 {
    if lower &- 0x61 < 26 { return UInt8(truncatingIfNeeded: lower &- 0x61) }
    if lower &- 0x30 < 10 { return digitSymbol }
    return lower < 0x80 ? separatorSymbol : otherSymbol
  }

  @inline(__always)
  static func isSeparator(_ unit: UInt16) -> Bool {
    unit < 0x80 && unit > 0x1F && symbol(unit | (isUpper(unit) ? 0x20 : 0)) == separatorSymbol
  }

  static func isUpper(_ unit: UInt16) -> Bool { unit &- 0x41 < 26 }
  static func isASCIILetter(_ lower: UInt16) -> Bool { lower &- 0x61 < 26 }
  static func isDigit(_ unit: UInt16) -> Bool { unit &- 0x30 < 10 }

  /// The lowercase of a unit, in the scripts that have it and that placeholders are written in.
  static func lowercased(_ unit: UInt16) -> UInt16 {
    if unit < 0x80 { return isUpper(unit) ? unit | 0x20 : unit }
    switch unit {
    case 0xC0...0xDE: return unit == 0xD7 ? unit : unit + 0x20
    case 0x100...0x137, 0x14A...0x177, 0x1E00...0x1EFF: return unit | 1
    case 0x139...0x148, 0x179...0x17E: return unit & 1 == 1 ? unit + 1 : unit
    case 0x1A0, 0x1AF: return unit + 1
    case 0x386: return 0x3AC
    case 0x388...0x38A: return unit + 0x25
    case 0x391...0x3A9: return unit + 0x20
    case 0x400...0x40F: return unit + 0x50
    case 0x410...0x42F: return unit + 0x20
    default: return unit
    }
  }

  /// A lowercase letter without its accents, as people write it where they cannot type them.
  static func withoutAccent(_ lower: UInt16) -> UInt16 {
    guard lower >= 0xE0, lower <= 0x1EFF else { return lower }
    for (letter, first, last) in plainRanges where lower >= first && lower <= last {
      return UInt16(letter)
    }
    return lower
  }

  private static let plainRanges: [(UInt8, UInt16, UInt16)] = [
    (UInt8(ascii: "a"), 0xE0, 0xE6), (UInt8(ascii: "c"), 0xE7, 0xE7), (UInt8(ascii: "e"), 0xE8, 0xEB),
    (UInt8(ascii: "i"), 0xEC, 0xEF), (UInt8(ascii: "n"), 0xF1, 0xF1), (UInt8(ascii: "o"), 0xF2, 0xF6),
    (UInt8(ascii: "o"), 0xF8, 0xF8), (UInt8(ascii: "u"), 0xF9, 0xFC), (UInt8(ascii: "y"), 0xFD, 0xFD),
    (UInt8(ascii: "y"), 0xFF, 0xFF), (UInt8(ascii: "a"), 0x100, 0x105), (UInt8(ascii: "c"), 0x106, 0x10D),
    (UInt8(ascii: "d"), 0x10E, 0x111), (UInt8(ascii: "e"), 0x112, 0x11B), (UInt8(ascii: "g"), 0x11C, 0x123),
    (UInt8(ascii: "i"), 0x128, 0x131), (UInt8(ascii: "k"), 0x136, 0x137), (UInt8(ascii: "l"), 0x139, 0x142),
    (UInt8(ascii: "n"), 0x143, 0x148), (UInt8(ascii: "o"), 0x14C, 0x151), (UInt8(ascii: "r"), 0x154, 0x159),
    (UInt8(ascii: "s"), 0x15A, 0x161), (UInt8(ascii: "t"), 0x162, 0x167), (UInt8(ascii: "u"), 0x168, 0x173),
    (UInt8(ascii: "z"), 0x179, 0x17E), (UInt8(ascii: "o"), 0x1A0, 0x1A1), (UInt8(ascii: "u"), 0x1AF, 0x1B0),
    (UInt8(ascii: "a"), 0x1EA0, 0x1EB7), (UInt8(ascii: "e"), 0x1EB8, 0x1EC7),
    (UInt8(ascii: "i"), 0x1EC8, 0x1ECB), (UInt8(ascii: "o"), 0x1ECC, 0x1EE3),
    (UInt8(ascii: "u"), 0x1EE4, 0x1EF1), (UInt8(ascii: "y"), 0x1EF2, 0x1EF9),
    (UInt8(ascii: "s"), 0x219, 0x219), (UInt8(ascii: "t"), 0x21B, 0x21B),
  ]

  /// Whether a unit is Chinese, Japanese or Korean.
  static func isIdeograph(_ unit: UInt16) -> Bool { unit >= 0x3040 && unit <= 0xD7A3 }
}
