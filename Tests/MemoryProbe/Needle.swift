/// A value to search memory for, never whole in this process: each byte is masked, also while it is encoded.
struct Needle {
  static let mask: UInt8 = 0xA5

  /// The value, its hex, its base64 at every offset, its UTF-16; masked.
  let patterns: [[UInt8]]

  /// From hexadecimal digits of the masked bytes.
  init(maskedHex text: String) {
    let digits = Array(text.utf8).map { byte in
      byte < 0x3A ? byte - 0x30 : byte - 0x61 + 10
    }
    self.init(masked: stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
  }

  init(masked: [UInt8]) {
    let hex = { (alphabet: StaticString) in
      masked.flatMap { byte -> [UInt8] in
        let plain = byte ^ Needle.mask
        return [plain >> 4, plain & 15].map { Needle.masked(alphabet, Int($0)) }
      }
    }
    let standard: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let urlSafe: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let encoded = [standard, urlSafe].flatMap { alphabet in
      (0..<3).map { Needle.base64(masked, from: $0, alphabet) }
    }
    let wide = Array(masked.flatMap { [$0, Needle.mask] }.dropLast())
    patterns = [masked, hex("0123456789abcdef"), hex("0123456789ABCDEF"), wide] + encoded
  }

  /// The digits that whole groups of three bytes from an offset on give, however the value is aligned in what was encoded.
  private static func base64(_ masked: [UInt8], from offset: Int, _ alphabet: StaticString) -> [UInt8] {
    var digits: [UInt8] = []
    for start in stride(from: offset, through: masked.count - 3, by: 3) {
      let group = (0..<3).reduce(0) { $0 << 8 | Int(masked[start + $1] ^ mask) }
      for shift in [18, 12, 6, 0] { digits.append(Needle.masked(alphabet, group >> shift & 63)) }
    }
    return digits
  }

  private static func masked(_ alphabet: StaticString, _ index: Int) -> UInt8 {
    alphabet.utf8Start[index] ^ mask
  }
}
