/// The type of a key's value, as <doc:SchemaFile> lists them. Numbers are inclusive bounds; lengths count UTF-8 bytes.
public indirect enum ValueType: Sendable, Hashable {
  /// Text, with what it must look like.
  case string(TextShape)
  /// A whole number.
  case integer(min: Int?, max: Int?)
  /// A decimal number.
  case number(min: Double?, max: Double?)
  /// true false yes no on off t f 1 0, in any case.
  case boolean
  /// One of these words, exactly.
  case enumeration([String])
  /// A URL with one of these schemes; any scheme if there are none.
  case url(schemes: [String])
  /// A TCP or UDP port, 1 to 65535, within these bounds.
  case port(min: Int?, max: Int?)
  /// A host name or an address, without a port.
  case host
  /// An address; 4, 6 or either.
  case ip(version: Int?)
  case email
  case uuid
  case semver
  case isoDate
  /// `30s`, `5m`, `1h`, `2d`.
  case duration(min: Duration?, max: Duration?)
  /// `10MB`, `10MiB`.
  case bytes
  /// Elements with a separator, or a JSON array.
  case array(ValueType, separator: String)
  /// A JSON object with values of this type.
  case record(ValueType)
  /// A path; it has to exist if `mustExist`.
  case path(mustExist: Bool)
  /// Base64 of this many bytes.
  case base64(bytes: Int?)
  /// Hexadecimal digits of this many bytes.
  case hex(bytes: Int?)

  /// What a text must look like.
  public struct TextShape: Sendable, Hashable {
    /// The least number of bytes, or nil.
    public var minLength: Int?
    /// The greatest number of bytes, or nil.
    public var maxLength: Int?
    /// What it begins with, or nil.
    public var startsWith: String?
    /// What it ends with, or nil.
    public var endsWith: String?
    /// A regular expression that must match somewhere in the text.
    public var matches: String?
    /// Whether the empty text is a value; otherwise it counts as missing.
    public var allowsEmpty = false

    /// Any text.
    public init(minLength: Int? = nil, maxLength: Int? = nil) {
      self.minLength = minLength
      self.maxLength = maxLength
    }
  }

  /// Any text.
  public static let text = ValueType.string(TextShape())

  /// The word that `list` and messages use: `string`, `int`, `url`.
  public var name: String {
    switch self {
    case .string: "string"
    case .integer: "int"
    case .number: "number"
    case .boolean: "boolean"
    case .enumeration: "enum"
    case .url: "url"
    case .port: "port"
    case .host: "host"
    case .ip: "ip"
    case .email: "email"
    case .uuid: "uuid"
    case .semver: "semver"
    case .isoDate: "isoDate"
    case .duration: "duration"
    case .bytes: "bytes"
    case .array(let element, _): "array(\(element.name))"
    case .record(let element): "record(\(element.name))"
    case .path: "path"
    case .base64: "base64"
    case .hex: "hex"
    }
  }
}

extension ValueType {
  /// Whether the empty text is a value; otherwise it counts as missing.
  var allowsEmpty: Bool {
    if case .string(let shape) = self { shape.allowsEmpty } else { false }
  }
}
