/// Letters that are written as digits or signs.
enum Leet {
  /// The letter that a digit or a sign stands for, or 0; one and the exclamation mark stand for two.
  static func letter(_ unit: UInt16, _ reading: Int) -> UInt8 {
    switch unit {
    case 0x30: UInt8(ascii: "o")
    case 0x31, 0x21: reading == 0 ? UInt8(ascii: "i") : UInt8(ascii: "l")
    case 0x32: UInt8(ascii: "z")
    case 0x33: UInt8(ascii: "e")
    case 0x34, 0x40: UInt8(ascii: "a")
    case 0x35, 0x24: UInt8(ascii: "s")
    case 0x36: UInt8(ascii: "g")
    case 0x37, 0x2B: UInt8(ascii: "t")
    case 0x38: UInt8(ascii: "b")
    case 0x39: UInt8(ascii: "g")
    default: 0
    }
  }

  /// Whether a letter, from 0 for a on, has a form in digits or signs: none has more than two.
  static func hasForm(_ symbol: UInt8) -> Bool { 0x020C_4953 >> UInt32(symbol) & 1 != 0 }

  /// The unit for a letter where all that can be are written as digits, or 0.
  static func digit(_ letter: UInt8) -> UInt16 {
    switch letter {
    case UInt8(ascii: "a"): 0x34
    case UInt8(ascii: "e"): 0x33
    case UInt8(ascii: "i"): 0x31
    case UInt8(ascii: "o"): 0x30
    case UInt8(ascii: "s"): 0x35
    case UInt8(ascii: "t"): 0x37
    default: 0
    }
  }

  /// The unit for a letter where all that can be are written as signs, or 0.
  static func sign(_ letter: UInt8) -> UInt16 {
    switch letter {
    case UInt8(ascii: "a"): 0x40
    case UInt8(ascii: "i"): 0x21
    case UInt8(ascii: "s"): 0x24
    default: digit(letter)
    }
  }
}
