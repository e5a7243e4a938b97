/// The symbol sets that key generators draw from, and the bits that a text of them can hold at most.
///
/// There is none of "letters and separators": no generator draws from it, and it would hide phrases.
struct GeneratorAlphabet {
  /// The bits of the smallest alphabet that holds all of `text`, rounded down.
  ///
  /// A base64 or base32 text holds whole bytes, and padding holds nothing. Where several alphabets hold the
  /// text, the smallest bound is the right one: no format is credited with more than it has.
  static func bound(_ text: UnsafeRawBufferPointer) -> Int32 {
    var seen: UInt32 = 0
    var count = 0
    let end = unsafe unpaddedCount(text)
    while count < end {
      seen |= unsafe membership[Int(text[count])]
      count += 1
    }
    guard count > 0 else { return 0 }
    var least = Int64.max
    for alphabet in all where seen & ~alphabet.classes == 0 {
      if let only = alphabet.onlyAtCount, only != count { continue }
      // 1/65536 bit a symbol, rounded down.
      var bits = Int64(count) * alphabet.bits
      if alphabet.holdsBytes { bits = (bits >> 19) << 19 }
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

  private static func unpaddedCount(_ text: UnsafeRawBufferPointer) -> Int {
    var end = text.count
    while end > 0, unsafe text[end - 1] == UInt8(ascii: "="), text.count - end < 6 { end -= 1 }
    return end
  }

  /// The classes of characters that it holds.
  private let classes: UInt32
  /// log2 of its size in 1/65536 bit, rounded down.
  private let bits: Int64
  /// Whether its texts are an encoding of whole bytes.
  private let holdsBytes: Bool
  /// The one length at which its generator draws.
  private let onlyAtCount: Int?

  private init(_ classes: [Class], _ bits: Int64, holdsBytes: Bool = false, onlyAtCount: Int? = nil) {
    self.classes = classes.reduce(0) { $0 | $1.rawValue }
    self.bits = bits
    self.holdsBytes = holdsBytes
    self.onlyAtCount = onlyAtCount
  }

  /// Disjoint classes of characters, cut so that every alphabet is a union of some.
  private enum Class: UInt32, CaseIterable {
    case zero = 0x1
    case one = 0x2
    case twoToSeven = 0x4
    case eightNine = 0x8
    case lowerAF = 0x10
    case lowerL = 0x20
    case lowerRest = 0x40
    case upperAF = 0x80
    case upperIL = 0x100
    case upperO = 0x200
    case upperU = 0x400
    case upperRest = 0x800
    case plus = 0x1000
    case slash = 0x2000
    case minus = 0x4000
    case underscore = 0x8000
    case dotTilde = 0x1_0000
    case djangoSymbols = 0x2_0000
    case hashDollar = 0x4_0000
    case quotes = 0x8_0000
    case symbols = 0x10_0000
    case space = 0x20_0000
    case other = 0x40_0000
    case equals = 0x80_0000

    init(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "0"): self = .zero
      case UInt8(ascii: "1"): self = .one
      case UInt8(ascii: "2")...UInt8(ascii: "7"): self = .twoToSeven
      case UInt8(ascii: "8"), UInt8(ascii: "9"): self = .eightNine
      case UInt8(ascii: "a")...UInt8(ascii: "f"): self = .lowerAF
      case UInt8(ascii: "l"): self = .lowerL
      case UInt8(ascii: "g")...UInt8(ascii: "z"): self = .lowerRest
      case UInt8(ascii: "A")...UInt8(ascii: "F"): self = .upperAF
      case UInt8(ascii: "I"), UInt8(ascii: "L"): self = .upperIL
      case UInt8(ascii: "O"): self = .upperO
      case UInt8(ascii: "U"): self = .upperU
      case UInt8(ascii: "G")...UInt8(ascii: "Z"): self = .upperRest
      case UInt8(ascii: "+"): self = .plus
      case UInt8(ascii: "/"): self = .slash
      case UInt8(ascii: "-"): self = .minus
      case UInt8(ascii: "_"): self = .underscore
      case UInt8(ascii: "."), UInt8(ascii: "~"): self = .dotTilde
      case UInt8(ascii: "="): self = .equals
      case UInt8(ascii: "!"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "&"),
        UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"):
        self = .djangoSymbols
      case UInt8(ascii: "#"), UInt8(ascii: "$"): self = .hashDollar
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): self = .quotes
      case UInt8(ascii: " "): self = .space
      case 0x21...0x7E: self = .symbols
      default: self = .other
      }
    }
  }

  private static let membership: [UInt32] = (0..<256).map { Class(UInt8($0)).rawValue }

  private static let all: [GeneratorAlphabet] = {
    let digits: [Class] = [.zero, .one, .twoToSeven, .eightNine]
    let lower: [Class] = [.lowerAF, .lowerL, .lowerRest]
    let upper: [Class] = [.upperAF, .upperIL, .upperO, .upperU, .upperRest]
    let alphanumeric = digits + lower + upper
    let unreserved = alphanumeric + [.minus, .underscore, .dotTilde]
    let printable = Class.allCases.filter { $0 != .space && $0 != .other }
    return [
      GeneratorAlphabet(digits, 217_705),
      GeneratorAlphabet(digits + [.lowerAF], 262_144),
      GeneratorAlphabet(digits + [.upperAF], 262_144),
      GeneratorAlphabet(lower, 308_048),
      GeneratorAlphabet(upper, 308_048),
      GeneratorAlphabet(upper + [.twoToSeven], 327_680, holdsBytes: true),
      GeneratorAlphabet(lower + [.twoToSeven], 327_680, holdsBytes: true),
      GeneratorAlphabet(digits + [.upperAF, .upperRest], 327_680),  // Crockford's base32
      GeneratorAlphabet(digits + lower, 338_816),
      GeneratorAlphabet(digits + upper, 338_816),
      GeneratorAlphabet(lower + upper, 373_584),
      // base58 is alphanumeric without 0, O, I and l; I is kept with L here, so that the bound is not too low.
      GeneratorAlphabet(
        [.one, .twoToSeven, .eightNine, .lowerAF, .lowerRest, .upperAF, .upperIL, .upperU, .upperRest],
        383_908),
      GeneratorAlphabet(alphanumeric, 390_214),
      GeneratorAlphabet(alphanumeric + [.plus, .slash], 393_216, holdsBytes: true),
      GeneratorAlphabet(alphanumeric + [.minus, .underscore], 393_216, holdsBytes: true),
      GeneratorAlphabet(unreserved, 396_125),
      GeneratorAlphabet(
        digits + lower + [.djangoSymbols, .minus, .underscore, .equals, .plus], 366_016, onlyAtCount: 50),
      GeneratorAlphabet(
        digits + lower + [.djangoSymbols, .hashDollar, .minus, .underscore, .equals, .plus], 369_875,
        onlyAtCount: 50),
      GeneratorAlphabet(
        alphanumeric + [
          .djangoSymbols, .hashDollar, .minus, .underscore, .equals, .plus, .slash, .dotTilde, .symbols,
          .space,
        ], 427_528, onlyAtCount: 64),
      GeneratorAlphabet(printable, 429_561),
      GeneratorAlphabet(printable + [.space], 430_562),
    ]
  }()
}
