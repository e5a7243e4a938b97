/// A place in a document: line and column from 1, the column in UTF-8 bytes.
public struct Position: Sendable, Hashable, Comparable {
  /// The line; LF, CRLF and CR each end one, inside quotes too.
  public var line: Int
  /// The byte in its line; a TAB counts 1, a byte order mark 3.
  public var column: Int
  /// The same column in UTF-16 code units, which editors and code scanning services count in.
  public let utf16Column: Int

  /// - Parameter utf16Column: nil where it is the same, as in ASCII.
  init(line: Int, column: Int, utf16Column: Int? = nil) {
    self.line = line
    self.column = column
    self.utf16Column = utf16Column ?? column
  }

  /// So many characters of ASCII further on the line.
  package func advanced(by count: Int) -> Position {
    Position(line: line, column: column + count, utf16Column: utf16Column + count)
  }

  /// The same place; what else its column may be called is left out.
  public static func == (left: Position, right: Position) -> Bool {
    (left.line, left.column) == (right.line, right.column)
  }

  /// As `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(line)
    hasher.combine(column)
  }

  /// By line, then column.
  public static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
