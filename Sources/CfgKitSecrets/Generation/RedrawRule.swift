/// Which texts are drawn again, because some reader of a `.env` takes them for something else.
///
/// These are a text that is a JSON value, a number in any notation, `inf`, `nan`, a boolean or null (16
/// hex digits are a number once in about 850, and Flask's `from_prefixed_env` makes it an int), that begins with
/// `-` (an option, to commands), or holds `, ' " $ # \` or white space.
enum RedrawRule {
  static func accepts(_ text: borrowing RawSpan, _ format: KeyFormat) -> Bool {
    let first = text.byteCount > 0 ? text.octet(0) : 0
    switch format.kind {
    // A number, and JSON, by their nature.
    case .digits, .jwk: return true
    // Its symbols are among the forbidden ones.
    case .wordpress: break
    // At the start of a word a shell takes `~` for somebody's home, and a file that begins with `.` is hidden.
    case .password where first == UInt8(ascii: "~") || first == UInt8(ascii: "."): return false
    default:
      for offset in 0..<text.byteCount where isForbidden(text.octet(offset)) { return false }
    }
    return first != UInt8(ascii: "-") && !mayBeNumber(text)
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "#"),
      UInt8(ascii: "\\"):
      true
    default: byte <= 0x20 || byte == 0x7F
    }
  }

  /// Wider than any reader's notion of a number, so that none of them finds one: optional sign, then digits with
  /// separators, points and exponents, or a radix prefix with digits of it. Words such as `true` and `nan` are
  /// shorter than any key.
  private static func mayBeNumber(_ text: borrowing RawSpan) -> Bool {
    var offset = 0
    let count = text.byteCount
    if count > 0, text.octet(0) == UInt8(ascii: "+") { offset = 1 }
    if count - offset > 2, text.octet(offset) == UInt8(ascii: "0") {
      let radix: UInt8 =
        switch text.octet(offset + 1) | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: 0
        }
      if radix > 0 {
        var isNumber = true
        for rest in (offset + 2)..<count where digitValue(text.octet(rest)) >= radix { isNumber = false }
        if isNumber { return true }
      }
    }
    var exponents = 0
    while offset < count {
      switch text.octet(offset) {
      case 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): break
      case UInt8(ascii: "e"), UInt8(ascii: "E"): exponents += 1
      default: return false
      }
      offset += 1
    }
    return exponents <= 1
  }

  private static func digitValue(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    case UInt8(ascii: "_"): 0
    default: 255
    }
  }
}

extension RawSpan {
  /// The byte at an offset, bounds checked.
  func octet(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}
