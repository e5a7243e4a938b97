import CfgKitDotEnv

extension Location {
  /// The place of an entry's key, which stands on one line and is ASCII.
  init(path: String, keyOf entry: Entry, in document: Document) {
    let start = document.position(at: entry.keyRange.lowerBound)
    self.init(path: path, start, to: start.advanced(by: entry.keyRange.count))
  }

  /// The place of a range of bytes of a document.
  init(path: String, range: Range<Int>, in document: Document) {
    self.init(
      path: path, document.position(at: range.lowerBound), to: document.position(at: range.upperBound))
  }
}
