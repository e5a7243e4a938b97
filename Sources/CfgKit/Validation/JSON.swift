/// A JSON value with its fields in a fixed order, written without Foundation (RFC 8259).
package enum JSON: Sendable {
  case object([(String, JSON)])
  case array([JSON])
  case string(String)
  case integer(Int)
  case bool(Bool)
  case null

  /// The value on lines of two-space steps, with a line end.
  package var text: String {
    var text = ""
    write(into: &text, indent: 0, pretty: true)
    return text + "\n"
  }

  /// The value on one line, without a line end.
  package var line: String {
    var text = ""
    write(into: &text, indent: 0, pretty: false)
    return text
  }

  private func write(into text: inout String, indent: Int, pretty: Bool) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .string(let value): Self.quote(value, into: &text)
    case .array(let elements):
      Self.list(elements, "[", "]", into: &text, indent: indent, pretty: pretty) { element, text in
        element.write(into: &text, indent: indent + 1, pretty: pretty)
      }
    case .object(let fields):
      Self.list(fields, "{", "}", into: &text, indent: indent, pretty: pretty) { field, text in
        Self.quote(field.0, into: &text)
        text += pretty ? ": " : ":"
        field.1.write(into: &text, indent: indent + 1, pretty: pretty)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, into text: inout String, indent: Int,
    pretty: Bool,
    _ write: (Element, inout String) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if pretty { text += "\n" + String(repeating: "  ", count: indent + 1) }
      write(element, &text)
    }
    if pretty, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
