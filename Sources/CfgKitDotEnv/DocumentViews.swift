extension Document {
  /// The lines of a document, made when asked for.
  public struct Lines: RandomAccessCollection, Sendable {
    let document: Document

    /// 0.
    public var startIndex: Int { 0 }
    /// How many lines there are.
    public var endIndex: Int { document.index.lines.count }

    /// The line at `place`, from 0.
    public subscript(place: Int) -> Line {
      let record = document.index.lines[place]
      return Line(
        kind: record.kind, number: Int(record.number), range: Int(record.start)..<Int(record.end),
        entryIndex: record.entryIndex, fullRange: document.fullRange(ofLine: place))
    }
  }

  /// The entries of a document, made when asked for.
  public struct Entries: RandomAccessCollection, Sendable {
    let index: DocumentIndex

    /// 0.
    public var startIndex: Int { 0 }
    /// How many entries there are.
    public var endIndex: Int { index.entries.count }

    /// The entry at `place`, from 0.
    public subscript(place: Int) -> Entry {
      Entry(index.entries[place], at: place, in: index)
    }
  }
}
