public import CfgKitSecrets

/// A type that a configured value can be read as. Reading is lenient in nothing: <doc:SchemaFile> says what each
/// type accepts.
public protocol ConfigValue {
  /// The value of this text, or nil if it is none. `bytes` is UTF-8 and not empty.
  static func read(_ bytes: borrowing RawSpan) -> Self?

  /// What messages call it: `a whole number`.
  static var expectation: String { get }
}

extension String: ConfigValue {
  /// The text itself.
  public static func read(_ bytes: borrowing RawSpan) -> String? { bytes.text }
  /// `a text`.
  public static var expectation: String { "a text" }
}

extension Bool: ConfigValue {
  /// true false yes no on off t f 1 0, in any case.
  public static func read(_ bytes: borrowing RawSpan) -> Bool? { Bool(reading: bytes.text) }
  /// `a boolean`.
  public static var expectation: String { "a boolean" }
}

extension Double: ConfigValue {
  /// `1.5`, `2e3`; neither `NaN` nor hexadecimal, nor more than the type can hold.
  public static func read(_ bytes: borrowing RawSpan) -> Double? {
    TextForms.isDecimal(bytes) ? Double(bytes.text).flatMap { $0.isFinite ? $0 : nil } : nil
  }
  /// `a number`.
  public static var expectation: String { "a number" }
}

extension ConfigValue where Self: FixedWidthInteger {
  /// `-12`, within the range of the type.
  public static func read(_ bytes: borrowing RawSpan) -> Self? {
    TextForms.integer(bytes, as: Self.self)
  }
  /// `a whole number from … to …`.
  public static var expectation: String { "a whole number from \(Self.min) to \(Self.max)" }
}

extension Int: ConfigValue {}
extension Int8: ConfigValue {}
extension Int16: ConfigValue {}
extension Int32: ConfigValue {}
extension Int64: ConfigValue {}
extension UInt: ConfigValue {}
extension UInt8: ConfigValue {}
extension UInt16: ConfigValue {}
extension UInt32: ConfigValue {}
extension UInt64: ConfigValue {}

extension Float: ConfigValue {
  /// `1.5`, `2e3`; neither `NaN` nor hexadecimal, nor more than the type can hold.
  public static func read(_ bytes: borrowing RawSpan) -> Float? {
    TextForms.isDecimal(bytes) ? Float(bytes.text).flatMap { $0.isFinite ? $0 : nil } : nil
  }
  /// `a number`.
  public static var expectation: String { "a number" }
}

extension Secret: ConfigValue {
  /// The bytes, in guarded memory; nil where that is not to be had.
  public static func read(_ bytes: borrowing RawSpan) -> Secret? { try? Secret(copying: bytes) }
  /// `a secret`.
  public static var expectation: String { "a secret" }
}

extension ConfigURL: ConfigValue {
  /// A URL; its password goes to guarded memory.
  public static func read(_ bytes: borrowing RawSpan) -> ConfigURL? {
    guard let parts = URLParts(bytes) else { return nil }
    let isSecret = parts.password != nil
    return (try? LayerValue(copying: bytes, isSensitive: isSecret)).flatMap { try? ConfigURL($0) }
  }
  /// `a URL`.
  public static var expectation: String { "a URL" }
}

extension Duration: ConfigValue {
  /// `30s`, `5m`, `1h`, `2d`.
  public static func read(_ bytes: borrowing RawSpan) -> Duration? { Units.duration(bytes.text) }
  /// `a duration, such as 30s`.
  public static var expectation: String { "a duration, such as 30s" }
}

extension Array: ConfigValue where Element: ConfigValue {
  /// Elements separated by commas, none empty, or a JSON array. A key that is declared as a list has the separator of its declaration.
  public static func read(_ bytes: borrowing RawSpan) -> [Element]? {
    var elements: [Element] = []
    let isList = ListText.forEach(in: bytes, separator: ",") { part in
      guard let element = Element.read(part) else { return false }
      elements.append(element)
      return true
    }
    return isList ? elements : nil
  }
  /// `a list, each element of its type`.
  public static var expectation: String { "a list, each element \(Element.expectation)" }
}

extension ConfigValue where Self: RawRepresentable, RawValue == String {
  /// The case of this raw value.
  public static func read(_ bytes: borrowing RawSpan) -> Self? { Self(rawValue: bytes.text) }
  /// `one of the declared words`.
  public static var expectation: String { "one of the declared words" }
}
