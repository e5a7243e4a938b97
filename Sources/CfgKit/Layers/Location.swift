import CfgKitDotEnv

/// A place in a file, as shown to people and tools.
///
/// Lines and columns count from 1; columns count UTF-8 bytes. Everything but the path may be absent: a finding about a
/// whole file has no line.
public struct Location: Sendable, Hashable {
  /// The file, relative to the working directory where it lies below it.
  public let path: String
  /// The line on which the place begins, or nil for the whole file.
  public let line: Int?
  /// The byte column at which the place begins.
  public let column: Int?
  /// The line on which the place ends.
  public let endLine: Int?
  /// The byte column behind the last byte of the place.
  public let endColumn: Int?
  /// `column` and `endColumn` in UTF-16 code units, which code scanning services count in.
  package let utf16Column: Int?
  package let utf16EndColumn: Int?

  /// A place in `path`; nil for what is not known.
  public init(path: String, line: Int? = nil, column: Int? = nil, endLine: Int? = nil, endColumn: Int? = nil)
  {
    self.path = path
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    utf16Column = column
    utf16EndColumn = endColumn
  }

  /// The place from one byte to the one before another; of one byte if there is no other.
  init(path: String, _ start: Position, to end: Position? = nil) {
    self.path = path
    line = start.line
    column = start.column
    utf16Column = start.utf16Column
    endLine = end?.line
    endColumn = end?.column
    utf16EndColumn = end?.utf16Column
  }
}

extension Location: CustomStringConvertible {
  /// `path`, `path:line` or `path:line:column`.
  public var description: String {
    guard let line else { return path }
    guard let column else { return "\(path):\(line)" }
    return "\(path):\(line):\(column)"
  }

  /// `path:line`, without the column.
  public var lineDescription: String {
    line.map { "\(path):\($0)" } ?? path
  }
}

extension Location: Comparable {
  /// By path, line, column: the order of every report.
  public static func < (left: Location, right: Location) -> Bool {
    (left.path, left.line ?? .max, left.column ?? 0) < (right.path, right.line ?? .max, right.column ?? 0)
  }
}
