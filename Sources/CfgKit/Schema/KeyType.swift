import CfgKitSecrets

/// What the value of a `Key` must look like, and the Swift type that it is read as: a row of the table of types in
/// <doc:SchemaFile>.
///
/// Made by its static members: `.port`, `.oneOf(Store.self)`, `.url("redis", "rediss")`, `.secret(strength: 128)`.
public struct KeyType<Value: Sendable>: Sendable {
  /// What the text must be.
  let type: ValueType
  /// Whether the value is kept in guarded memory and never shown.
  var isSensitive = false
  /// The bits that a secret has to hold.
  var strength: Int?
  /// What keeps a key from being declared so, a sentence behind its name; nil if nothing does.
  var problem: String?
  /// The value of what was read and checked; nil if that is of another type.
  let read: @Sendable (CheckedValue) -> Value?
  /// The text of a value, as a default is written in a schema; nil if it has none.
  let text: @Sendable (Value) -> String?

  init(
    _ type: ValueType, read: @escaping @Sendable (CheckedValue) -> Value?,
    text: @escaping @Sendable (Value) -> String?
  ) {
    self.type = type
    self.read = read
    self.text = text
  }
}

// MARK: Text

extension KeyType where Value == String {
  /// Any text that is not blank.
  public static var string: Self { string() }

  /// Text of a form.
  ///
  /// - Parameters:
  ///   - minLength: the least number of UTF-8 bytes.
  ///   - maxLength: the greatest number of UTF-8 bytes.
  ///   - startsWith: what it begins with.
  ///   - endsWith: what it ends with.
  ///   - matches: a regular expression that must match somewhere in it.
  ///   - allowsEmpty: whether the empty text is a value; else it counts as missing.
  public static func string(
    minLength: Int? = nil, maxLength: Int? = nil, startsWith: String? = nil, endsWith: String? = nil,
    matches: String? = nil, allowsEmpty: Bool = false
  ) -> Self {
    var shape = ValueType.TextShape(minLength: minLength, maxLength: maxLength)
    shape.startsWith = startsWith
    shape.endsWith = endsWith
    shape.matches = matches
    shape.allowsEmpty = allowsEmpty
    return text(.string(shape))
  }

  /// A host name or an address, without a port.
  public static var host: Self { text(.host) }
  /// An address.
  public static var ip: Self { text(.ip(version: nil)) }
  /// An address of this version, 4 or 6.
  public static func ip(version: Int) -> Self { text(.ip(version: version)) }
  /// One mail address.
  public static var email: Self { text(.email) }
  /// A UUID, as its text.
  public static var uuid: Self { text(.uuid) }
  /// A semantic version, such as `1.2.3-rc.1`.
  public static var semver: Self { text(.semver) }
  /// An ISO 8601 date, such as `2026-11-23`, as its text.
  public static var isoDate: Self { text(.isoDate) }
  /// A path.
  public static var path: Self { path() }
  /// A path, of something that exists if `mustExist`.
  public static func path(mustExist: Bool = false) -> Self { text(.path(mustExist: mustExist)) }

  private static func text(_ type: ValueType) -> Self {
    Self(type, read: { if case .text(let text) = $0 { text } else { nil } }, text: { $0 })
  }
}

extension KeyType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the raw values of an enumeration, exactly.
  public static func oneOf(_ type: Value.Type = Value.self) -> Self {
    Self(
      .enumeration(type.allCases.map(\.rawValue)),
      read: { if case .text(let text) = $0 { Value(rawValue: text) } else { nil } }, text: { $0.rawValue })
  }
}

// MARK: Numbers

extension KeyType where Value == Int {
  /// A whole number.
  public static var int: Self { int() }

  /// A number of bytes, written with its unit: `10MB`, `10MiB`.
  public static var bytes: Self {
    Self(.bytes, read: { $0.whole() }, text: { $0 < 0 ? nil : Units.text(bytes: $0) })
  }
}

extension KeyType where Value: FixedWidthInteger {
  /// A whole number of an integer type, up to 2⁶³ − 1.
  ///
  /// - Parameters:
  ///   - type: the integer type, whose range bounds the value.
  ///   - min: the least value.
  ///   - max: the greatest value.
  public static func int(_ type: Value.Type = Value.self, min: Value? = nil, max: Value? = nil) -> Self {
    // A bound that lies on the far side of what an `Int` holds leaves nothing out; one on the near side would leave out everything.
    let least = Int(exactly: min ?? .min) ?? .min
    let most = Int(exactly: max ?? .max) ?? .max
    var made = Self(
      .integer(min: least == .min ? nil : least, max: most == .max ? nil : most), read: { $0.whole() },
      text: { String($0) })
    if min.map({ $0 > 0 && Int(exactly: $0) == nil }) == true
      || max.map({ $0 < 0 && Int(exactly: $0) == nil }) == true
    {
      made.problem = "has a bound beyond what a whole number here can be: -2⁶³ to 2⁶³ − 1"
    }
    return made
  }
}

extension KeyType where Value == UInt16 {
  /// A port, 1 to 65535.
  public static var port: Self { port() }

  /// A port within bounds.
  public static func port(min: UInt16? = nil, max: UInt16? = nil) -> Self {
    Self(.port(min: min.map(Int.init), max: max.map(Int.init)), read: { $0.whole() }, text: { String($0) })
  }
}

extension KeyType where Value == Double {
  /// A decimal number.
  public static var number: Self { number() }

  /// A decimal number within bounds.
  public static func number(min: Double? = nil, max: Double? = nil) -> Self {
    Self(
      .number(min: min, max: max), read: { if case .number(let number) = $0 { number } else { nil } },
      text: { $0.isFinite ? String($0) : nil })
  }
}

extension KeyType where Value == Bool {
  /// true false yes no on off t f 1 0, in any case.
  public static var bool: Self {
    Self(.boolean, read: { if case .boolean(let flag) = $0 { flag } else { nil } }, text: { String($0) })
  }
}

extension KeyType where Value == Duration {
  /// A duration with its unit: `500ms`, `30s`, `5m`, `1h`, `2d`.
  public static var duration: Self { duration() }

  /// A duration within bounds.
  public static func duration(min: Duration? = nil, max: Duration? = nil) -> Self {
    Self(
      .duration(min: min, max: max),
      read: { if case .duration(let duration) = $0 { duration } else { nil } }, text: Units.text(duration:))
  }
}

// MARK: Addresses, bytes, secrets

extension KeyType where Value == ConfigURL {
  /// A URL with a host.
  public static var url: Self { url() }

  /// A URL with a host and one of these schemes; `x+driver` counts as `x`.
  public static func url(_ schemes: String...) -> Self {
    Self(
      .url(schemes: schemes.map { $0.lowercased() }),
      read: { if case .url(let url) = $0 { url } else { nil } }, text: { _ in nil })
  }
}

extension KeyType where Value == [UInt8] {
  /// Base64 or base64url text (RFC 4648), read as its bytes.
  ///
  /// - Parameter bytes: how many bytes it has to stand for; nil for any number.
  public static func base64(bytes: Int? = nil) -> Self {
    octets(.base64(bytes: bytes), Base64.standard.text(of:))
  }

  /// Pairs of hexadecimal digits, read as their bytes.
  ///
  /// - Parameter bytes: how many bytes they have to stand for; nil for any number.
  public static func hex(bytes: Int? = nil) -> Self { octets(.hex(bytes: bytes), Hex.text(of:)) }

  private static func octets(_ type: ValueType, _ text: @escaping @Sendable ([UInt8]) -> String) -> Self {
    Self(
      type, read: { if case .octets(let octets) = $0 { octets } else { nil } },
      text: { $0.isEmpty ? nil : text($0) })
  }
}

extension KeyType where Value == Secret {
  /// A secret: kept in guarded memory, refused if it is a placeholder or published.
  ///
  /// - Parameters:
  ///   - strength: the bits that it has to hold, 1 to 4096; nil if only placeholders and published secrets are refused.
  ///   - minLength: the least number of bytes.
  public static func secret(strength: Int? = nil, minLength: Int? = nil) -> Self {
    secret(.string(ValueType.TextShape(minLength: minLength)), strength)
  }

  /// A secret of a form: `.secret(.hex(bytes: 16))`. It is read as the bytes of its text.
  ///
  /// - Parameters:
  ///   - form: what the text must look like; not a list, which is `.array(.secret())`.
  ///   - strength: the bits that it has to hold; those of the form if nil.
  public static func secret<Form>(_ form: KeyType<Form>, strength: Int? = nil) -> Self {
    var made = secret(form.type, strength ?? form.strength)
    made.problem = form.problem
    if case .array = form.type {
      made.problem = "is one secret in the form of a list: take .array(.secret())"
    }
    return made
  }

  private static func secret(_ type: ValueType, _ strength: Int?) -> Self {
    var made = Self(
      type, read: { if case .secret(let secret) = $0 { secret } else { nil } }, text: { _ in nil })
    made.isSensitive = true
    made.strength = strength
    return made
  }
}

// MARK: Several

extension KeyType {
  /// Elements separated by `separator`, or a JSON array; none is empty.
  public static func array<Element>(_ element: KeyType<Element>, separator: String = ",") -> Self
  where Value == [Element] {
    var made = Self(
      .array(element.type, separator: separator),
      read: { value in
        guard case .list(let values) = value else { return nil }
        let elements = values.compactMap(element.read)
        return elements.count == values.count ? elements : nil
      },
      text: { elements in
        let texts = elements.compactMap(element.text)
        guard texts.count == elements.count, !texts.isEmpty else { return nil }
        return ListText.array(texts, separator: separator)
      })
    made.isSensitive = element.isSensitive
    made.strength = element.strength
    made.problem = element.problem
    return made
  }

  /// A JSON object whose values are of one type, which is no secret.
  public static func record<Element>(_ element: KeyType<Element>) -> Self where Value == [String: Element] {
    var made = Self(
      .record(element.type),
      read: { value in
        guard case .record(let values) = value else { return nil }
        let elements = values.compactMapValues(element.read)
        return elements.count == values.count ? elements : nil
      },
      text: { elements in
        let texts = elements.compactMapValues(element.text)
        return texts.count == elements.count ? ListText.record(texts) : nil
      })
    made.problem =
      element.isSensitive
      ? "is a record of secrets, which nothing could read: declare a key for each, or .secret(.record(.string))"
      : element.problem
    return made
  }

  /// The same type for a key that may be unset.
  func optional() -> KeyType<Value?> {
    let read = read
    var made = KeyType<Value?>(
      type,
      read: { value in
        if case .missing = value { return .some(nil) }
        return read(value).map { .some($0) }
      },
      text: { [text] value in value.flatMap(text) })
    made.isSensitive = isSensitive
    made.strength = strength
    made.problem = problem
    return made
  }
}
