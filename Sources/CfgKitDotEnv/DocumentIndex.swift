internal import Synchronization

/// What the structure pass found: byte ranges only, so that it says nothing about any value.
final class DocumentIndex: Sendable {
  /// 16 bytes a line.
  struct LineRecord: Sendable {
    /// Values of `content` above every entry's index.
    static let blank = UInt32.max
    static let comment = UInt32.max - 1
    static let malformed = UInt32.max - 2

    var start: UInt32
    /// Without the line end.
    var end: UInt32
    var number: UInt32
    /// The index of the entry on it, or one of the three above.
    var content: UInt32

    var kind: Line.Kind {
      switch content {
      case Self.blank: .blank
      case Self.comment: .comment
      case Self.malformed: .malformed
      default: .entry
      }
    }

    var entryIndex: Int? { kind == .entry ? Int(content) : nil }
  }

  /// 24 bytes an entry.
  struct EntryRecord: Sendable {
    struct Traits: OptionSet, Sendable {
      let rawValue: UInt8
      static let exported = Traits(rawValue: 1)
      /// A blank before `=`, or between `=` and a value.
      static let spacedEquals = Traits(rawValue: 2)
      /// A comment right after the closing quote.
      static let gluedComment = Traits(rawValue: 4)
      /// Text after the closing quote; the value then reaches to the end of its line.
      static let textAfterQuote = Traits(rawValue: 8)
      /// `.` or `-` in the KEY.
      static let nonPosixKey = Traits(rawValue: 16)
    }

    var keyStart: UInt32
    var keyEnd: UInt32
    var valueStart: UInt32
    var valueEnd: UInt32
    var line: UInt32
    var spelling: Entry.Spelling
    var traits: Traits

    var keyRange: Range<Int> { Int(keyStart)..<Int(keyEnd) }
    var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    /// Between the quotes, if there are any.
    var contentRange: Range<Int> {
      switch spelling {
      case .empty, .bare: valueRange
      case .single, .double: Int(valueStart) + 1..<max(Int(valueStart) + 1, Int(valueEnd) - 1)
      }
    }
  }

  /// Something wrong with the structure of a line.
  struct Problem: Sendable {
    var id: Diagnostic.ID
    var offset: UInt32
    var line: UInt32
    /// The opening quote, or the next line like an assignment.
    var related: UInt32?
    /// The KEY of the line, as far as there is one.
    var key: Range<UInt32>?
  }

  let lines: [LineRecord]
  let entries: [EntryRecord]
  let problems: [Problem]
  let fileProblem: FileProblem?
  let hasCarriageReturns: Bool
  private let table = Mutex<KeyTable?>(nil)

  init(
    lines: [LineRecord], entries: [EntryRecord], problems: [Problem], fileProblem: FileProblem?,
    hasCarriageReturns: Bool
  ) {
    self.lines = lines
    self.entries = entries
    self.problems = problems
    self.fileProblem = fileProblem
    self.hasCarriageReturns = hasCarriageReturns
  }

  /// The keys, hashed when first asked for.
  func keys(in view: ByteView) -> KeyTable {
    table.withLock { cached in
      if let cached { return cached }
      let made = KeyTable(entries: entries, view: view)
      cached = made
      return made
    }
  }

  /// The index of the line that `offset` is on: a binary search.
  func line(containing offset: Int) -> Int? {
    guard !lines.isEmpty else { return nil }
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lines[middle].start) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Line and column of `offset`, counted from the start of its line.
  func position(at offset: Int, in view: ByteView) -> Position {
    guard let line = line(containing: offset) else { return Position(line: 1, column: offset + 1) }
    // The byte order mark stands before the first line, and counts.
    let start = line == 0 ? 0 : Int(lines[line].start)
    let end = min(offset, view.count)
    // A CRLF that `offset` stands inside is not over yet.
    var lastStart = start
    var ends = 0
    var place = start
    while place < end {
      let byte = view[place]
      if byte == Byte.lineFeed
        || byte == Byte.carriageReturn && !(place + 1 < view.count && view[place + 1] == Byte.lineFeed)
      {
        ends += 1
        lastStart = place + 1
      }
      place += 1
    }
    return Position(line: Int(lines[line].number) + ends, column: offset - lastStart + 1)
  }
}

/// Why a file cannot be read at all.
struct FileProblem: Sendable {
  var id: Diagnostic.ID
  var offset: Int
  var position: Position
}
