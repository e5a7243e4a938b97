/// The symbol sets that key generators draw from, and the bits that a text of them can hold at most.
///
/// There is none of "letters and separators": no generator draws from it, and it would hide phrases.
struct GeneratorAlphabet {
  /// The bits of the smallest alphabet that holds all of `text`, rounded down.
  ///
  /// A base64 or base32 text holds whole bytes, and padding holds nothing. Where several alphabets hold the
  /// text, the smallest bound is the right one: no format is credited with more than it has.
  static func bound(_ text: UnsafeRawBufferPointer) -> Int32 {
    let count = unsafe unpaddedCount(text)
    guard count > 0 else { return 0 }
    let seen = unsafe Classes.of(text, count)
    var least = Int64.max
    for index in 0..<Self.count {
      let alphabet = alphabet(index)
      guard alphabet.classes.isSuperset(of: seen) else { continue }
      // Its generator may end in `=`, which then is no padding.
      if let only = alphabet.onlyAtCount, only != count, only != text.count { continue }
      // 1/65536 bit a symbol, rounded down.
      var bits = Int64(count) * alphabet.bits
      if let size = alphabet.bitsOfDigit {
        let wholeBytes = (bits >> 19) << 19
        let last = unsafe text[count - 1]
        if wholeBytes >= keyBits || isEncoding(last, count, size) { bits = wholeBytes }
      }
      least = min(least, bits)
    }
    if least == Int64.max { least = unsafe textBound(text) }
    return Int32(clamping: least >> 8)
  }

  /// No generator draws from letters outside ASCII: such a text is language, of 1.3 bits a letter (Shannon, Prediction
  /// and Entropy of Printed English, 1951). A sign of Chinese, Japanese or Korean stands for two; a byte that is not
  /// UTF-8 is no letter, and holds 8.
  private static func textBound(_ text: UnsafeRawBufferPointer) -> Int64 {
    let letter: Int64 = 85_196
    var bits: Int64 = 0
    var index = 0
    while index < text.count {
      if unsafe text[index] < 0x80 {
        bits += letter
        index += 1
        continue
      }
      let (scalar, length) = unsafe TextUnits.scalar(text, at: index)
      if let scalar {
        bits += scalar >= 0x2E80 ? 2 * letter : letter
      } else {
        bits += 8 << 16
      }
      index += length
    }
    return bits
  }

  /// What a key holds at least, 98 bits. What would hold less as whole bytes is only taken for such if it ends as one that was encoded:
  /// of 20 printable characters all may be digits of base32 by chance.
  private static let keyBits: Int64 = 98 << 16

  /// Whether a text of base64 or base32 that ends in a digit is what bytes were encoded to: nothing is left in its last digit.
  private static func isEncoding(_ last: UInt8, _ count: Int, _ bitsOfDigit: Int) -> Bool {
    let spare = count * bitsOfDigit % 8
    guard spare < bitsOfDigit else { return false }
    let digit: UInt8
    switch last {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = last - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = bitsOfDigit == 5 ? last - 0x61 : last - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      digit = bitsOfDigit == 5 ? last &- 0x32 &+ 26 : last - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
    default: digit = 63
    }
    return digit & (1 << UInt8(spare) - 1) == 0
  }

  private static func unpaddedCount(_ text: UnsafeRawBufferPointer) -> Int {
    var end = text.count
    while end > 0, unsafe text[end - 1] == UInt8(ascii: "="), text.count - end < 6 { end -= 1 }
    return end
  }

  /// The classes of characters that it holds.
  private let classes: Classes
  /// log2 of its size in 1/65536 bit, rounded down.
  private let bits: Int64
  /// How many bits a digit holds, where its texts are an encoding of whole bytes.
  private let bitsOfDigit: Int?
  /// The one length at which its generator draws.
  private let onlyAtCount: Int?

  private init(_ classes: Classes, _ bits: Int64, bitsOfDigit: Int? = nil, onlyAtCount: Int? = nil) {
    self.classes = classes
    self.bits = bits
    self.bitsOfDigit = bitsOfDigit
    self.onlyAtCount = onlyAtCount
  }

  /// Disjoint classes of characters, cut so that every alphabet is a union of some.
  private struct Classes: OptionSet {
    let rawValue: UInt32

    static let zero = Classes(rawValue: 0x1)
    static let one = Classes(rawValue: 0x2)
    static let twoToSeven = Classes(rawValue: 0x4)
    static let eightNine = Classes(rawValue: 0x8)
    static let lowerAF = Classes(rawValue: 0x10)
    static let lowerL = Classes(rawValue: 0x20)
    static let lowerRest = Classes(rawValue: 0x40)
    static let upperAF = Classes(rawValue: 0x80)
    static let upperIL = Classes(rawValue: 0x100)
    static let upperO = Classes(rawValue: 0x200)
    static let upperU = Classes(rawValue: 0x400)
    static let upperRest = Classes(rawValue: 0x800)
    static let plus = Classes(rawValue: 0x1000)
    static let slash = Classes(rawValue: 0x2000)
    static let minus = Classes(rawValue: 0x4000)
    static let underscore = Classes(rawValue: 0x8000)
    static let dotTilde = Classes(rawValue: 0x1_0000)
    static let djangoSymbols = Classes(rawValue: 0x2_0000)
    static let hashDollar = Classes(rawValue: 0x4_0000)
    static let quotes = Classes(rawValue: 0x8_0000)
    static let symbols = Classes(rawValue: 0x10_0000)
    static let space = Classes(rawValue: 0x20_0000)
    static let other = Classes(rawValue: 0x40_0000)
    static let equals = Classes(rawValue: 0x80_0000)

    static let digits: Classes = [.zero, .one, .twoToSeven, .eightNine]
    static let lower: Classes = [.lowerAF, .lowerL, .lowerRest]
    static let upper: Classes = [.upperAF, .upperIL, .upperO, .upperU, .upperRest]
    static let alphanumeric: Classes = [.digits, .lower, .upper]
    static let unreserved: Classes = [.alphanumeric, .minus, .underscore, .dotTilde]
    static let printable: Classes = [
      .unreserved, .plus, .slash, .djangoSymbols, .hashDollar, .quotes, .symbols, .equals,
    ]

    /// The classes of the first characters of a text.
    static func of(_ text: UnsafeRawBufferPointer, _ count: Int) -> Classes {
      // First which characters there are, without a branch for each.
      var low: UInt64 = 0
      var high: UInt64 = 0
      var beyond: UInt8 = 0
      for index in 0..<count {
        let byte = unsafe text[index]
        let bit: UInt64 = 1 << UInt64(byte & 63)
        let isHigh = UInt64(byte >> 6 & 1)
        low |= bit & (isHigh &- 1)
        high |= bit & (0 &- isHigh)
        beyond |= byte
      }
      var seen: Classes = []
      if beyond >= 0x80 { return unsafe slowly(text, count) }
      while low != 0 {
        seen.formUnion(of(UInt8(low.trailingZeroBitCount)))
        low &= low - 1
      }
      while high != 0 {
        seen.formUnion(of(UInt8(64 + high.trailingZeroBitCount)))
        high &= high - 1
      }
      return seen
    }

    private static func slowly(_ text: UnsafeRawBufferPointer, _ count: Int) -> Classes {
      var seen: Classes = []
      for index in 0..<count { unsafe seen.formUnion(of(text[index])) }
      return seen
    }

    /// The class of a character.
    static func of(_ byte: UInt8) -> Classes {
      switch byte {
      case UInt8(ascii: "0"): .zero
      case UInt8(ascii: "1"): .one
      case UInt8(ascii: "2")...UInt8(ascii: "7"): .twoToSeven
      case UInt8(ascii: "8"), UInt8(ascii: "9"): .eightNine
      case UInt8(ascii: "a")...UInt8(ascii: "f"): .lowerAF
      case UInt8(ascii: "l"): .lowerL
      case UInt8(ascii: "g")...UInt8(ascii: "z"): .lowerRest
      case UInt8(ascii: "A")...UInt8(ascii: "F"): .upperAF
      case UInt8(ascii: "I"), UInt8(ascii: "L"): .upperIL
      case UInt8(ascii: "O"): .upperO
      case UInt8(ascii: "U"): .upperU
      case UInt8(ascii: "G")...UInt8(ascii: "Z"): .upperRest
      case UInt8(ascii: "+"): .plus
      case UInt8(ascii: "/"): .slash
      case UInt8(ascii: "-"): .minus
      case UInt8(ascii: "_"): .underscore
      case UInt8(ascii: "."), UInt8(ascii: "~"): .dotTilde
      case UInt8(ascii: "="): .equals
      case UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "&"),
        UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"):
        .djangoSymbols
      case UInt8(ascii: "#"), UInt8(ascii: "$"): .hashDollar
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): .quotes
      case UInt8(ascii: " "): .space
      case 0x21...0x7E: .symbols
      default: .other
      }
    }
  }

  private static let count = 21

  /// One of the alphabets. They are made where they are used: an array of them would be made at first use.
  private static func alphabet(_ index: Int) -> GeneratorAlphabet {
    switch index {
    case 0:
      return GeneratorAlphabet([.digits], 217_705)
    case 1:
      return GeneratorAlphabet([.digits, .lowerAF], 262_144)
    case 2:
      return GeneratorAlphabet([.digits, .upperAF], 262_144)
    case 3:
      return GeneratorAlphabet([.lower], 308_048)
    case 4:
      return GeneratorAlphabet([.upper], 308_048)
    case 5:
      return GeneratorAlphabet([.upper, .twoToSeven], 327_680, bitsOfDigit: 5)
    case 6:
      return GeneratorAlphabet([.lower, .twoToSeven], 327_680, bitsOfDigit: 5)
    case 7:
      return GeneratorAlphabet([.digits, .upperAF, .upperRest], 327_680)  // Crockford's base32
    case 8:
      return GeneratorAlphabet([.digits, .lower], 338_816)
    case 9:
      return GeneratorAlphabet([.digits, .upper], 338_816)
    case 10:
      return GeneratorAlphabet([.lower, .upper], 373_584)
    // base58 is alphanumeric without 0, O, I and l; I is kept with L here, so that the bound is not too low.
    case 11:
      return GeneratorAlphabet(
        [.one, .twoToSeven, .eightNine, .lowerAF, .lowerRest, .upperAF, .upperIL, .upperU, .upperRest],
        383_908)
    case 12:
      return GeneratorAlphabet([.alphanumeric], 390_214)
    case 13:
      return GeneratorAlphabet([.alphanumeric, .plus, .slash], 393_216, bitsOfDigit: 6)
    case 14:
      return GeneratorAlphabet([.alphanumeric, .minus, .underscore], 393_216, bitsOfDigit: 6)
    case 15:
      return GeneratorAlphabet([.unreserved], 396_125)
    case 16:
      return GeneratorAlphabet(
        [.digits, .lower, .djangoSymbols, .minus, .underscore, .equals, .plus], 366_016, onlyAtCount: 50)
    case 17:
      return GeneratorAlphabet(
        [.digits, .lower, .djangoSymbols, .hashDollar, .minus, .underscore, .equals, .plus], 369_875,
        onlyAtCount: 50)
    case 18:
      return GeneratorAlphabet(
        [
          .alphanumeric, .djangoSymbols, .hashDollar, .minus, .underscore, .equals, .plus, .slash, .dotTilde,
          .symbols,
          .space,
        ], 427_528, onlyAtCount: 64)
    case 19:
      return GeneratorAlphabet([.printable], 429_561)
    default:
      return GeneratorAlphabet([.printable, .space], 430_562)
    }
  }
}
