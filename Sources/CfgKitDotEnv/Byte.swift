/// The bytes that mean something in a `.env` file.
enum Byte {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let dollar = UInt8(ascii: "$")
  static let doubleQuote = UInt8(ascii: "\"")
  static let singleQuote = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let backtick = UInt8(ascii: "`")
  static let equals = UInt8(ascii: "=")
  static let colon = UInt8(ascii: ":")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openParenthesis = UInt8(ascii: "(")
  static let plus = UInt8(ascii: "+")
  static let minus = UInt8(ascii: "-")
  static let question = UInt8(ascii: "?")
}

extension UInt8 {
  /// Space or TAB: the grammar's WSP, nothing else.
  @inline(__always)
  var isBlank: Bool { self == Byte.space || self == Byte.tab }

  @inline(__always)
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }

  /// The first byte of a KEY or a NAME.
  @inline(__always)
  var startsName: Bool { isLetter || self == UInt8(ascii: "_") }

  /// A further byte of a NAME, which `${}` can refer to.
  @inline(__always)
  var continuesName: Bool { startsName || isDigit }

  /// A further byte of a KEY: those of a NAME, `.` and `-`.
  @inline(__always)
  var continuesKey: Bool { continuesName || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") }
}
