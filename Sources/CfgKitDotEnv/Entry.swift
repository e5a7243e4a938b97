/// A `KEY=…` of a document: byte ranges, no text.
///
/// An entry is structurally sound; its *value* may still be in error, which a reading tells.
public struct Entry: Sendable, Hashable {
  /// How a value is written.
  public enum Spelling: UInt8, Sendable, Hashable {
    /// Nothing after the `=`.
    case empty
    /// Without quotes.
    case bare
    /// `'…'`: literal.
    case single
    /// `"…"`: with escapes and expansion.
    case double
  }

  /// Its place in `Document.entries`.
  public let index: Int
  /// The bytes of the KEY.
  public let keyRange: Range<Int>
  /// The bytes of the value with its quotes; if empty, right after the `=`.
  public let valueRange: Range<Int>
  /// How the value is written.
  public let spelling: Spelling
  /// Whether `export` stands before the KEY.
  public let isExported: Bool
  /// The 1-based number of the line that the entry begins on.
  public let lineNumber: Int
}
