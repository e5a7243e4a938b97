/// How a value is written so that the most readers read it alike: the first of these that can hold it.
enum Spelling: Sendable, Hashable {
  case bare
  case single
  case double
  /// Single quotes over several lines.
  case singleLines
  /// Double quotes with escapes, which readers do not agree on.
  case escaped

  /// What in a value decides how it can be spelled.
  private struct Content {
    var isPlain = true
    var hasSingleQuote = false
    var hasLineFeed = false
    var hasReturn = false
    var hasSpecial = false
    var isTakenApart = false
    var endsInBackslash = false

    init(_ value: borrowing RawSpan) {
      for index in 0..<value.byteCount {
        let byte = value[octet: index]
        if Octet.isPortable(byte) { continue }
        isPlain = false
        switch byte {
        case UInt8(ascii: "'"): hasSingleQuote = true
        case Octet.lineFeed: hasLineFeed = true
        case Octet.carriageReturn: hasReturn = true
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"): hasSpecial = true
        default: break
        }
        guard index + 1 < value.byteCount else { continue }
        switch (byte, value[octet: index + 1]) {
        case (UInt8(ascii: "\\"), UInt8(ascii: "\\")), (UInt8(ascii: "$"), UInt8(ascii: "{")):
          isTakenApart = true
        default: break
        }
      }
      endsInBackslash = value.byteCount > 0 && value[octet: value.byteCount - 1] == UInt8(ascii: "\\")
    }

    var fitsSingle: Bool { !hasSingleQuote && !hasReturn && !endsInBackslash }
    var fitsDouble: Bool { !hasSpecial && !hasReturn }
  }

  /// The first spelling of the table that fits the value.
  init(for value: borrowing RawSpan) {
    let content = Content(value)
    if content.isPlain {
      self = .bare
    } else if content.fitsSingle, !content.hasLineFeed {
      self = .single
    } else if content.fitsDouble {
      self = .double
    } else if content.fitsSingle {
      self = .singleLines
    } else {
      self = .escaped
    }
  }

  /// Whether most readers read the value alike as it is spelled here. python-dotenv takes two backslashes for one and expands `${`
  /// even in single quotes, and no other spelling is read by more.
  func isPortable(for value: borrowing RawSpan) -> Bool {
    self != .escaped && !Content(value).isTakenApart
  }

  /// Whether double quotes hold the value as it is.
  static func fitsDouble(_ value: borrowing RawSpan) -> Bool { Content(value).fitsDouble }

  /// How many bytes `write` appends at most.
  static func capacity(for value: borrowing RawSpan) -> Int { value.byteCount * 2 + 2 }

  /// Appends the value as it is spelt.
  func write(_ value: borrowing RawSpan, to output: ValueBuffer) {
    switch self {
    case .bare: output.append(value)
    case .single, .singleLines: wrap(value, in: UInt8(ascii: "'"), output)
    case .double: wrap(value, in: UInt8(ascii: "\""), output)
    case .escaped:
      output.append(UInt8(ascii: "\""))
      for index in 0..<value.byteCount { Self.appendEscaped(value[octet: index], to: output) }
      output.append(UInt8(ascii: "\""))
    }
  }

  /// Appends a byte as it stands in double quotes.
  static func appendEscaped(_ byte: UInt8, to output: ValueBuffer) {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"):
      output.append(UInt8(ascii: "\\"))
      output.append(byte)
    case Octet.carriageReturn:
      output.append(UInt8(ascii: "\\"))
      output.append(UInt8(ascii: "r"))
    default: output.append(byte)
    }
  }

  private func wrap(_ value: borrowing RawSpan, in quote: UInt8, _ output: ValueBuffer) {
    output.append(quote)
    output.append(value)
    output.append(quote)
  }
}
