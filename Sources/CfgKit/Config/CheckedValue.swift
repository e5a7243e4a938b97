import CfgKitSecrets

/// A value as its declared type, read once when a `Config` is made.
enum CheckedValue: Sendable {
  /// Unset or empty.
  case missing
  /// Whole numbers, ports, numbers of bytes.
  case whole(Int)
  case number(Double)
  case boolean(Bool)
  case text(String)
  case duration(Duration)
  case url(ConfigURL)
  case octets([UInt8])
  case list([CheckedValue])
  case record([String: CheckedValue])
  case secret(Secret)

  /// The whole number as an integer type, or nil.
  func whole<Number: FixedWidthInteger>() -> Number? {
    if case .whole(let number) = self { Number(exactly: number) } else { nil }
  }
}

extension CheckedValue {
  /// The value of what a layer holds. What is not of the type stays text: validation has said so, where it matters.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  init(_ value: LayerValue, as type: ValueType, isSensitive: Bool) throws(SecretError) {
    if isSensitive {
      self = try Self.sensitive(value, type)
    } else if case .text = value {
      self = try CheckedValue(exposing: value, as: type)
    } else {
      self = .secret(try value.guarded)
    }
  }

  /// The same of a value that is to be read as what it is, a secret's too: in ordinary memory.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  init(exposing value: LayerValue, as type: ValueType) throws(SecretError) {
    let text = value.withBytes { $0.text }
    self = try Self.read(text, as: type) ?? .text(text)
  }

  private static func sensitive(_ value: LayerValue, _ type: ValueType) throws(SecretError) -> CheckedValue {
    let secret = try value.guarded
    switch type {
    case .url: return try ConfigURL(.secret(secret)).map { .url($0) } ?? .secret(secret)
    case .array(_, let separator):
      return try elements(of: secret, separator).map { elements in .list(elements.map { .secret($0) }) }
        ?? .secret(secret)
    default: return .secret(secret)
    }
  }

  static func elements(of secret: Secret, _ separator: String) throws(SecretError) -> [Secret]? {
    let isJSON = secret.withBytes { $0.starts(with: "[") }
    let list = FallbackList(format: isJSON ? .json : .csv, separator: separator)
    do throws(FallbackList.Failure) { return try list.elements(of: secret) } catch {
      if case .memory(let error) = error { throw error }
      return nil
    }
  }

  /// Nil if the text is not of the type.
  private static func read(_ text: String, as type: ValueType) throws(SecretError) -> CheckedValue? {
    let bytes = LayerValue.text(text)
    switch type {
    case .integer, .port: return bytes.withBytes { TextForms.integer($0) }.map { .whole($0) }
    case .number: return bytes.withBytes { Double.read($0) }.map { .number($0) }
    case .boolean: return Bool(reading: text).map { .boolean($0) }
    case .duration: return Units.duration(text).map { .duration($0) }
    case .bytes: return Units.byteCount(text).map { .whole($0) }
    case .url: return try ConfigURL(bytes).map { .url($0) }
    case .hex: return bytes.withBytes { OctetText.octets(hex: $0) }.map { .octets($0) }
    case .base64: return bytes.withBytes { OctetText.octets(base64: $0) }.map { .octets($0) }
    case .array(let element, let separator): return try list(bytes, element, separator)
    case .record(let element): return try record(bytes, element)
    case .string, .enumeration, .host, .ip, .email, .uuid, .semver, .isoDate, .path: return .text(text)
    }
  }

  private static func list(_ bytes: LayerValue, _ element: ValueType, _ separator: String)
    throws(SecretError) -> CheckedValue?
  {
    guard let texts = bytes.withBytes({ ListText.elements(of: $0, separator: separator) }) else { return nil }
    var values: [CheckedValue] = []
    for text in texts {
      guard let value = try read(text, as: element) else { return nil }
      values.append(value)
    }
    return .list(values)
  }

  private static func record(_ bytes: LayerValue, _ element: ValueType) throws(SecretError) -> CheckedValue? {
    guard let members = bytes.withBytes({ ListText.members(of: $0) }) else { return nil }
    var values: [String: CheckedValue] = [:]
    for (name, text) in members {
      guard let value = try read(text, as: element) else { return nil }
      values[name] = value
    }
    return .record(values)
  }
}
