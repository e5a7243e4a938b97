import CfgKitSecrets

/// A value, or a part of one, with the type that its key declares: what every read by name and every decoding goes through.
struct TypedValue {
  let value: LayerValue
  /// The declared type; nil where nothing is declared, so that the text alone counts.
  var type: ValueType?

  /// The value as it is declared; text where nothing is, or where it is not of its type.
  ///
  /// A secret is read too, into ordinary memory, so this is for readers that ask for no `Secret`.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  private var exposed: CheckedValue? {
    get throws(SecretError) {
      guard let type else { return nil }
      return try CheckedValue(exposing: value, as: type)
    }
  }

  /// The value as a type; nil if it is none of that.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  func read<Value: ConfigValue>(as target: Value.Type) throws(SecretError) -> Value? {
    if let target = target as? any DeclaredReading.Type {
      return try target.read(self) as? Value
    }
    return value.withBytes { target.read($0) }
  }

  /// The elements of a list, each with its declared type; nil if it is none, or has an empty element.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  func elements() throws(SecretError) -> [TypedValue]? {
    var (element, separator): (ValueType?, String) = (nil, ",")
    if case .array(let declared, let sign)? = type { (element, separator) = (declared, sign) }
    let values: [LayerValue]? =
      switch value {
      case .text: value.withBytes { ListText.elements(of: $0, separator: separator) }?.map { .text($0) }
      case .secret(let secret): try CheckedValue.elements(of: secret, separator)?.map { .secret($0) }
      }
    return values?.map { TypedValue(value: $0, type: element) }
  }

  /// The members of a JSON object, each with its declared type; nil if it is none.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  func members() throws(SecretError) -> [String: TypedValue]? {
    guard let members = value.withBytes({ ListText.members(of: $0) }) else { return nil }
    var element: ValueType?
    if case .record(let declared)? = type { element = declared }
    let isSecret = value.text == nil
    var values: [String: TypedValue] = [:]
    for (name, text) in members {
      let member: LayerValue = isSecret ? .secret(try Secret(copying: text)) : .text(text)
      values[name] = TypedValue(value: member, type: element)
    }
    return values
  }
}

/// A type of which a declaration may say more than the text does: `10MB` is a whole number, and `;` may separate a list.
private protocol DeclaredReading: ConfigValue {
  static func read(_ value: TypedValue) throws(SecretError) -> Self?
}

extension TypedValue {
  /// What was declared, as `read` makes it; the text, where it was declared as text.
  fileprivate func converted<Value: ConfigValue>(_ read: (CheckedValue) -> Value?) throws(SecretError)
    -> Value?
  {
    guard let exposed = try exposed else { return value.withBytes { Value.read($0) } }
    if case .text = exposed { return value.withBytes { Value.read($0) } }
    return read(exposed)
  }
}

extension DeclaredReading where Self: FixedWidthInteger {
  static func read(_ value: TypedValue) throws(SecretError) -> Self? {
    try value.converted { checked in
      switch checked {
      case .whole(let number): Self(exactly: number)
      // Beyond these a Double holds no whole number for sure.
      case .number(let number): abs(number) <= 0x1p53 ? Self(exactly: number) : nil
      default: nil
      }
    }
  }
}

extension Int: DeclaredReading {}
extension Int8: DeclaredReading {}
extension Int16: DeclaredReading {}
extension Int32: DeclaredReading {}
extension Int64: DeclaredReading {}
extension UInt: DeclaredReading {}
extension UInt8: DeclaredReading {}
extension UInt16: DeclaredReading {}
extension UInt32: DeclaredReading {}
extension UInt64: DeclaredReading {}

extension DeclaredReading where Self: BinaryFloatingPoint {
  static func read(_ value: TypedValue) throws(SecretError) -> Self? {
    try value.converted { checked in
      switch checked {
      case .whole(let number): Self(number)
      case .number(let number):
        Self(number).isFinite ? Self(number) : nil
      default: nil
      }
    }
  }
}

extension Double: DeclaredReading {}
extension Float: DeclaredReading {}

extension Bool: DeclaredReading {
  static func read(_ value: TypedValue) throws(SecretError) -> Bool? {
    try value.converted { if case .boolean(let flag) = $0 { flag } else { nil } }
  }
}

extension Duration: DeclaredReading {
  static func read(_ value: TypedValue) throws(SecretError) -> Duration? {
    try value.converted { if case .duration(let duration) = $0 { duration } else { nil } }
  }
}

extension Secret: DeclaredReading {
  static func read(_ value: TypedValue) throws(SecretError) -> Secret? { try value.value.guarded }
}

extension ConfigURL: DeclaredReading {
  static func read(_ value: TypedValue) throws(SecretError) -> ConfigURL? { try ConfigURL(value.value) }
}

extension Array: DeclaredReading where Element: ConfigValue {
  static func read(_ value: TypedValue) throws(SecretError) -> [Element]? {
    if Element.self == UInt8.self, let octets = try value.octets() { return octets as? [Element] }
    guard let parts = try value.elements() else { return nil }
    var elements: [Element] = []
    for part in parts {
      guard let element = try part.read(as: Element.self) else { return nil }
      elements.append(element)
    }
    return elements
  }
}

// MARK: Bytes

extension TypedValue {
  /// The bytes of what is declared as hexadecimal or base64; else nil.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  func octets() throws(SecretError) -> [UInt8]? {
    if case .octets(let octets)? = try exposed { octets } else { nil }
  }
}

/// Bytes as an interface wants them that knows no declarations: hexadecimal where that is declared, else base64 or base64url.
package struct OctetString: ConfigValue {
  /// The bytes.
  package let bytes: [UInt8]

  package static func read(_ bytes: borrowing RawSpan) -> OctetString? {
    OctetText.octets(base64: bytes).map(OctetString.init)
  }

  package static var expectation: String { "base64" }
}

extension OctetString: DeclaredReading {
  static func read(_ value: TypedValue) throws(SecretError) -> OctetString? {
    try value.converted { if case .octets(let bytes) = $0 { OctetString(bytes: bytes) } else { nil } }
  }
}
