/// How a value is written: the first spelling of the table that fits it. It never makes an expansion.
struct ValueWriter {
  enum Form {
    case bare
    case single
    case double
    /// `"…"` with `\\ \" \$ \r`, which readers disagree about.
    case escaped
  }

  let form: Form
  let byteCount: Int
  private let value: ByteView

  var isPortable: Bool { form != .escaped }

  /// - Parameter emptyNeedsQuotes: whether a comment follows, so that nothing would be ambiguous.
  init(_ value: ByteView, emptyNeedsQuotes: Bool = false) {
    self.value = value
    form = Self.form(of: value, emptyNeedsQuotes: emptyNeedsQuotes)
    switch form {
    case .bare: byteCount = value.count
    case .single, .double: byteCount = value.count + 2
    case .escaped:
      var escapes = 0
      for place in 0..<value.count where Self.escape(of: value[place]) != nil { escapes += 1 }
      byteCount = value.count + 2 + escapes
    }
  }

  private static func form(of value: ByteView, emptyNeedsQuotes: Bool) -> Form {
    guard value.count > 0 else { return emptyNeedsQuotes ? .double : .bare }
    var isPlain = true
    var hasSingleQuote = false
    var hasLineFeed = false
    var hasCarriageReturn = false
    var needsEscape = false
    for place in 0..<value.count {
      let byte = value[place]
      guard !isPlainByte(byte) else { continue }
      isPlain = false
      switch byte {
      case Byte.singleQuote: hasSingleQuote = true
      case Byte.lineFeed: hasLineFeed = true
      case Byte.carriageReturn: hasCarriageReturn = true
      case Byte.doubleQuote, Byte.backslash, Byte.dollar, Byte.backtick: needsEscape = true
      default: break
      }
    }
    if isPlain { return .bare }
    let fitsSingle =
      !hasSingleQuote && !hasCarriageReturn && value[value.count - 1] != Byte.backslash
    if fitsSingle && !hasLineFeed { return .single }
    if !needsEscape && !hasCarriageReturn { return .double }
    return fitsSingle ? .single : .escaped
  }

  /// `A-Za-z0-9_./:@%+,=-`: read alike by all of 22 readers.
  private static func isPlainByte(_ byte: UInt8) -> Bool {
    if byte.continuesKey { return true }
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "+"),
      UInt8(ascii: ","), UInt8(ascii: "="):
      return true
    default:
      return false
    }
  }

  /// The byte after the backslash, for a byte that `"…"` needs one for.
  private static func escape(of byte: UInt8) -> UInt8? {
    switch byte {
    case Byte.backslash, Byte.doubleQuote, Byte.dollar: byte
    case Byte.carriageReturn: UInt8(ascii: "r")
    default: nil
    }
  }

  /// Writes the value in its spelling.
  func write(to text: inout TextBuilder) {
    let quote: UInt8? =
      switch form {
      case .bare: nil
      case .single: Byte.singleQuote
      case .double, .escaped: Byte.doubleQuote
      }
    if let quote { text.append(quote) }
    if form == .escaped {
      for place in 0..<value.count {
        if let escape = Self.escape(of: value[place]) {
          text.append(Byte.backslash)
          text.append(escape)
        } else {
          text.append(value[place])
        }
      }
    } else {
      text.append(0..<value.count, of: value)
    }
    if let quote { text.append(quote) }
  }
}
