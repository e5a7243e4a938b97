import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// How a value is written in the formats of `export`.
enum ValueSpelling {
  /// A JSON string, which is also a double-quoted scalar of YAML.
  case json
  /// A single-quoted word of a POSIX shell.
  case shell
  /// The bytes as they are.
  case raw
  /// RFC 4648 §4, with padding.
  case base64

  /// The value in this spelling. Throws 65 for bytes that the format cannot hold.
  func spelled(_ value: LayerValue, key: String) throws -> Secret {
    try value.withBytes { (bytes: borrowing RawSpan) throws -> Secret in
      switch self {
      case .raw: return try Secret(copying: bytes)
      case .json: return try Self.json(bytes, key: key)
      case .shell: return try Self.shell(bytes)
      case .base64: return try Base64.standard.secret(of: bytes)
      }
    }
  }

  private static func json(_ bytes: borrowing RawSpan, key: String) throws -> Secret {
    guard bytes.isUTF8 else {
      throw Failure(
        .unreadable, "not-utf8", "\(key) is not UTF-8, so this format cannot hold it; use --format shell")
    }
    return try Secret(capacity: bytes.byteCount * 6 + 2) { (span: inout MutableRawSpan) -> Int in
      var end = 0
      span.append(UInt8(ascii: "\""), at: &end)
      for index in 0..<bytes.byteCount {
        switch bytes[octet: index] {
        case UInt8(ascii: "\""): span.append("\\\"", at: &end)
        case UInt8(ascii: "\\"): span.append("\\\\", at: &end)
        case UInt8(ascii: "\n"): span.append("\\n", at: &end)
        case UInt8(ascii: "\r"): span.append("\\r", at: &end)
        case UInt8(ascii: "\t"): span.append("\\t", at: &end)
        case let byte where byte < 0x20 || byte == 0x7F:
          span.append("\\u00", at: &end)
          span.append(Octet.hexDigit(byte >> 4), at: &end)
          span.append(Octet.hexDigit(byte & 0xF), at: &end)
        case let byte: span.append(byte, at: &end)
        }
      }
      span.append(UInt8(ascii: "\""), at: &end)
      return end
    }
  }

  private static func shell(_ bytes: borrowing RawSpan) throws -> Secret {
    try Secret(capacity: bytes.byteCount * 4 + 2) { (span: inout MutableRawSpan) -> Int in
      var end = 0
      span.append(UInt8(ascii: "'"), at: &end)
      for index in 0..<bytes.byteCount {
        let byte = bytes[octet: index]
        if byte == UInt8(ascii: "'") { span.append("'\\''", at: &end) } else { span.append(byte, at: &end) }
      }
      span.append(UInt8(ascii: "'"), at: &end)
      return end
    }
  }
}
