import CfgKitDotEnv

extension Location {
  /// The place of one byte.
  init(path: String, _ position: Position) {
    self.init(path: path, line: position.line, column: position.column)
  }

  /// The place of an entry's key, which stands on one line.
  init(path: String, keyOf entry: Entry, in document: Document) {
    let start = document.position(at: entry.keyRange.lowerBound)
    self.init(
      path: path, line: start.line, column: start.column, endLine: start.line,
      endColumn: start.column + entry.keyRange.count)
  }

  /// The place of a range of bytes of a document.
  init(path: String, range: Range<Int>, in document: Document) {
    let start = document.position(at: range.lowerBound)
    let end = document.position(at: range.upperBound)
    self.init(
      path: path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column)
  }
}
