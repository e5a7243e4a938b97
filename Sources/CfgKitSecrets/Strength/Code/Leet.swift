/// Letters that are written as digits or signs.
enum Leet {
  /// Marks the digit and the sign that stand for i and also for l.
  static let ambiguous: UInt8 = 0x80
  /// The other letter that they stand for, from 1 for a on.
  static let otherLetter: UInt8 = 12

  /// The letter that a digit or a sign stands for, from 1 for a on, or 0.
  static func letter(_ unit: UInt16) -> UInt8 {
    switch unit {
    case 0x30: 15
    case 0x31, 0x21: 9 | ambiguous
    case 0x32: 26
    case 0x33: 5
    case 0x34, 0x40: 1
    case 0x35, 0x24: 19
    case 0x36, 0x39: 7
    case 0x37, 0x2B: 20
    case 0x38: 2
    default: 0
    }
  }

  /// Whether a letter, from 0 for a on, has a form in digits or signs: none has more than two.
  static func hasForm(_ symbol: UInt8) -> Bool { 0x020C_4953 >> UInt32(symbol) & 1 != 0 }

  /// The unit for a letter, from 0 for a on, where all that can be are written as digits, or 0.
  static func digit(_ symbol: UInt8) -> UInt16 {
    switch symbol {
    case 0: 0x34
    case 4: 0x33
    case 8: 0x31
    case 14: 0x30
    case 18: 0x35
    case 19: 0x37
    default: 0
    }
  }

  /// The unit for a letter, from 0 for a on, where all that can be are written as signs, or 0.
  static func sign(_ symbol: UInt8) -> UInt16 {
    switch symbol {
    case 0: 0x40
    case 8: 0x21
    case 18: 0x24
    default: digit(symbol)
    }
  }
}
