/// A line of a document. A value that spans lines belongs to one `Line`.
public struct Line: Sendable, Hashable {
  /// What stands on a line.
  public enum Kind: Sendable, Hashable {
    /// Nothing but blanks (or a byte order mark).
    case blank
    /// Only a comment.
    case comment
    /// `KEY=…`.
    case entry
    /// Something that has no structure, which a diagnostic explains.
    case malformed
  }

  /// What stands on the line.
  public let kind: Kind
  /// The 1-based number of the line of its first byte.
  public let number: Int
  /// Its bytes without the line end; a byte order mark stands before the first line.
  public let range: Range<Int>
  /// The entry on it, as an index into `Document.entries`.
  public let entryIndex: Int?
  /// Its bytes with the line end.
  let fullRange: Range<Int>
}
