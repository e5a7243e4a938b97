/// Why a text does not name a format that keys can be made in.
public struct KeyFormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong with the text.
  @nonexhaustive
  public enum Code: Sendable, Hashable {
    /// The part before the colon is no kind.
    case unknownKind
    /// The part after the colon is no whole number.
    case malformedSize
    /// The kind has one size, or a few, and this is none of them.
    case unsupportedSize
    /// Keys of this size would hold less than 128 bits.
    case tooSmall
    /// Larger than any target takes.
    case tooLarge
  }

  /// What is wrong with the text.
  public let code: Code
  /// A sentence for people, with the way out last.
  public let message: String

  /// The message.
  public var description: String { message }

  /// Equal by code.
  public static func == (left: KeyFormatError, right: KeyFormatError) -> Bool { left.code == right.code }

  static func unknownKind(_ name: String) -> KeyFormatError {
    KeyFormatError(
      code: .unknownKind,
      message: "Key format \(name) is not known; use one of \(KeyFormat.kinds.joined(separator: ", "))")
  }

  static func malformedSize(_ text: String, _ kind: KeyFormat.Kind) -> KeyFormatError {
    KeyFormatError(
      code: .malformedSize,
      message: "Size \(text) of \(kind.rawValue) is not a whole number from 1 on; write \(KeyFormat(kind))")
  }

  static func unsupportedSize(_ size: Int, _ kind: KeyFormat.Kind, allowed: [Int]) -> KeyFormatError {
    let sizes = allowed.map(String.init).joined(separator: " or ")
    return KeyFormatError(
      code: .unsupportedSize,
      message: "Keys of kind \(kind.rawValue) have size \(sizes), not \(size); write \(KeyFormat(kind))")
  }

  static func tooSmall(_ size: Int, _ kind: KeyFormat.Kind) -> KeyFormatError {
    KeyFormatError(
      code: .tooSmall,
      message: "\(kind.rawValue):\(size) holds less than 128 bits; "
        + "write \(kind.rawValue):\(kind.sizes.lowerBound) or more")
  }

  static func tooLarge(_ size: Int, _ kind: KeyFormat.Kind) -> KeyFormatError {
    KeyFormatError(
      code: .tooLarge,
      message:
        "\(kind.rawValue):\(size) is too large; write \(kind.rawValue):\(kind.sizes.upperBound) or less")
  }
}
