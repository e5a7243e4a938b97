/// A place in a document: line and column from 1, the column in UTF-8 bytes.
public struct Position: Sendable, Hashable, Comparable {
  /// The line; LF, CRLF and CR each end one, inside quotes too.
  public var line: Int
  /// The byte in its line; a TAB counts 1, a byte order mark 3.
  public var column: Int

  /// By line, then column.
  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
