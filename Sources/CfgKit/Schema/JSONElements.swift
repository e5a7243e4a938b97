import CfgKitDotEnv

/// The elements of a JSON array or object (RFC 8259), as ranges of its bytes: nothing is copied before it is wanted.
struct JSONElements {
  /// One element of an array, or one member of an object.
  struct Element {
    /// The name of a member, without its quotes; nil in an array.
    let name: Range<Int>?
    /// The value, without its quotes if it is a text; a nested array or object as it stands.
    let value: Range<Int>
    /// Whether the value is a JSON string.
    let isText: Bool
    /// Whether there is a backslash in name or value.
    let hasEscapes: Bool
  }

  private var offset = 0
  private var sawEscape = false

  /// The elements; nil if the bytes are neither a JSON array nor a JSON object, or hold a null.
  static func elements(of value: borrowing RawSpan) -> [Element]? {
    var reader = JSONElements()
    return reader.read(value)
  }

  /// The text of a name or a value, without its escapes.
  static func text(_ range: Range<Int>, of value: borrowing RawSpan, isText: Bool) -> String? {
    let raw = value.extracting(range)
    guard isText, raw.contains("\\") else { return raw.text }
    var string = JSONString()
    var octets: [UInt8] = []
    while let octet = string.next(raw) { octets.append(octet) }
    return string.isMalformed ? nil : String(decoding: octets, as: UTF8.self)
  }

  private mutating func read(_ bytes: borrowing RawSpan) -> [Element]? {
    let isObject = bytes.starts(with: "{")
    guard take(isObject ? "{" : "[", bytes) else { return nil }
    let close: Unicode.Scalar = isObject ? "}" : "]"
    var elements: [Element] = []
    if take(close, bytes) { return isAtEnd(bytes) ? elements : nil }
    repeat {
      sawEscape = false
      var name: Range<Int>?
      if isObject {
        guard let read = text(bytes), take(":", bytes) else { return nil }
        name = read
      }
      skipBlanks(bytes)
      let isText = offset < bytes.byteCount && bytes[octet: offset] == UInt8(ascii: "\"")
      guard let value = isText ? text(bytes) : other(bytes) else { return nil }
      elements.append(Element(name: name, value: value, isText: isText, hasEscapes: sawEscape))
    } while take(",", bytes)
    return take(close, bytes) && isAtEnd(bytes) ? elements : nil
  }

  /// A string, without its quotes.
  private mutating func text(_ bytes: borrowing RawSpan) -> Range<Int>? {
    guard take("\"", bytes) else { return nil }
    let start = offset
    while offset < bytes.byteCount {
      let byte = bytes[octet: offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return start..<(offset - 1)
      case UInt8(ascii: "\\"):
        sawEscape = true
        offset += 1
      case 0..<0x20: return nil
      default: break
      }
    }
    return nil
  }

  /// A number, a boolean, or a nested array or object up to its end.
  private mutating func other(_ bytes: borrowing RawSpan) -> Range<Int>? {
    let start = offset
    var depth = 0
    while offset < bytes.byteCount {
      switch bytes[octet: offset] {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0, offset > start { return nil }
        depth += 1
        offset += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return scalar(start, bytes) }
        depth -= 1
        offset += 1
        if depth == 0 { return start..<offset }
      case UInt8(ascii: ",") where depth == 0: return scalar(start, bytes)
      case UInt8(ascii: "\"") where depth > 0:
        guard text(bytes) != nil else { return nil }
      case UInt8(ascii: "\""): return nil
      default: offset += 1
      }
    }
    return nil
  }

  private func scalar(_ start: Int, _ bytes: borrowing RawSpan) -> Range<Int>? {
    var end = offset
    while end > start, Self.isBlank(bytes[octet: end - 1]) { end -= 1 }
    let raw = bytes.extracting(start..<end)
    return TextForms.isJSONScalarButNoText(raw) && !raw.equals("null") ? start..<end : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func skipBlanks(_ bytes: borrowing RawSpan) {
    while offset < bytes.byteCount, Self.isBlank(bytes[octet: offset]) { offset += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar, _ bytes: borrowing RawSpan) -> Bool {
    skipBlanks(bytes)
    guard offset < bytes.byteCount, bytes[octet: offset] == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  private mutating func isAtEnd(_ bytes: borrowing RawSpan) -> Bool {
    skipBlanks(bytes)
    return offset == bytes.byteCount
  }
}
