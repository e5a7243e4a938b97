/// Why an edit was refused. The document is as it was.
public struct EditError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds.
  @nonexhaustive
  public enum Code: Sendable, Hashable {
    /// The file is too large, or not UTF-8 without NUL.
    case notADotEnv
    /// The file has errors, so nobody can tell what its values are.
    case hasErrors
    /// A quote is never closed, so that nobody can tell where the next key begins.
    case unterminatedQuote
    /// The key stands on a line that is no `KEY=…`.
    case brokenLine
    /// The name is no key.
    case badKey
    /// The value holds a NUL byte, or is not UTF-8.
    case badValue
    /// Another entry refers to the key and would be in error.
    case harmsOther
    /// The text is no comment, or there is nothing at the place.
    case badPlace
    /// Read again, the document did not say what was meant; a defect of this library.
    case notAsMeant
  }

  /// What kind it is.
  public let code: Code
  /// The place that stands in the way, if there is one.
  public let position: Position?
  /// The sentence for people, with the way out; it names the key and no value.
  public let message: String

  init(_ code: Code, _ message: String, at position: Position? = nil) {
    self.code = code
    self.message = message
    self.position = position
  }

  /// The message.
  public var description: String { message }

  /// The same kind at the same place.
  public static func == (left: EditError, right: EditError) -> Bool {
    left.code == right.code && left.position == right.position
  }
}
