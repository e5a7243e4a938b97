import CfgKitSecrets

/// How a type is decoded.
enum DecodedForm {
  /// Read from one value, as its key is declared.
  case text(any ConfigValue.Type)
  /// Foundation's `URL`, which asks for a keyed container with the text under `relative`.
  case foundationURL
  /// A type whose form in a configuration nobody could guess, and what to take for it.
  case refused(String)
  case list
  /// A dictionary: a JSON object in one value.
  case record
  /// Made from one value by its own `init(from:)`.
  case leaf
  /// A type with members.
  case nested

  init<Value: Decodable>(_ type: Value.Type) {
    if type is any DecodedList.Type {
      self = .list
    } else if type is any DecodedRecord.Type {
      self = .record
    } else if let readable = type as? any ConfigValue.Type {
      self = .text(readable)
    } else {
      self = Self.foundation(type) ?? (type is any RawRepresentable.Type ? .leaf : .nested)
    }
  }

  /// Foundation's types, by name: it is not imported.
  private static func foundation<Value>(_ type: Value.Type) -> DecodedForm? {
    let name = _typeName(type, qualified: true).split(separator: ".")
    guard name.count == 2, name[0].hasPrefix("Foundation") else { return nil }
    switch name[1] {
    case "URL": return .foundationURL
    case "UUID": return .leaf
    case "Date": return .refused("a date has many forms; take a String and a formatter")
    case "Data": return .refused("bytes have many forms; take a Secret, or a String and a decoder")
    case "Decimal": return .refused("take a Double or a String")
    default: return nil
    }
  }
}

/// The lists of the standard library.
protocol DecodedList {}
extension Array: DecodedList {}
extension ContiguousArray: DecodedList {}
extension Set: DecodedList {}

/// The dictionaries of the standard library.
protocol DecodedRecord {}
extension Dictionary: DecodedRecord {}
