/// A `.env` file without loss: its bytes, and an index of its lines and entries as ranges of them.
///
/// Making one never fails; what is wrong with the structure, and then with the content, is a diagnostic of a reading.
/// `bytes` is exactly what was read, plus the edits, for every sequence of bytes. The bytes are wiped when the last document that
/// uses them goes.
public struct Document: Sendable {
  /// How many diagnostics are kept; the rest is counted.
  static let keptDiagnostics = 1_000

  private let contents: DocumentContents

  /// A document of these bytes.
  public init(_ bytes: [UInt8], limits: Limits = .standard) {
    self.init(DocumentStorage(copying: bytes), limits: limits)
  }

  /// A document of bytes that are held elsewhere.
  public init(_ storage: DocumentStorage, limits: Limits = .standard) {
    contents = DocumentContents(of: storage, limits: limits)
  }

  /// Every line, in order. Their ranges and line ends are the whole file, but for a byte order mark.
  public var lines: [Line] { contents.lines }
  /// Every `KEY=…`, in order; one whose value is structurally in error is among them.
  public var entries: [Entry] { contents.entries }

  var storage: DocumentStorage { contents.storage }
  var limits: Limits { contents.limits }
  var fileFlaw: Flaw? { contents.fileFlaw }
  var hasReturns: Bool { contents.hasReturns }
  var isASCII: Bool { contents.isASCII }
  var structureFlaws: [Flaw] { contents.structureFlaws }
  var uncountedFlaws: Int { contents.uncountedFlaws }

  /// How many bytes there are.
  public var byteCount: Int { storage.byteCount }

  /// A copy of the bytes, which nobody wipes.
  public var bytes: [UInt8] { unsafe Array(storage.buffer) }

  /// Lends the bytes for the time of the call.
  public func withBytes<R, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(storage) {} }
    return try unsafe body(storage.buffer.bytes)
  }

  /// Whether another document has the same bytes.
  package func hasSameBytes(as other: Document) -> Bool {
    defer { withExtendedLifetime((storage, other.storage)) {} }
    return unsafe storage.buffer.elementsEqual(other.storage.buffer)
  }

  /// What keeps the file from being a `.env` at all: `file-too-large`, `utf16`, `nul-byte` or `invalid-utf8`.
  public var fileError: Diagnostic? { fileFlaw.map(diagnostic) }

  /// The key of an entry.
  public func key(of entry: Entry) -> String { text(in: entry.keyRange) }

  /// The entries of a key, in file order. Keys are compared byte for byte.
  public func entries(for key: String) -> [Entry] {
    entries.filter { hasKey($0, key) }
  }

  /// The effective entry of a key: the last, or nil.
  public func lastEntry(for key: String) -> Entry? {
    entries.last { hasKey($0, key) }
  }

  /// The entry whose key is on a line, counted from 1, or nil.
  public func entry(onLine line: Int) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].lineNumber < line { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].lineNumber == line ? entries[low] : nil
  }

  private func hasKey(_ entry: Entry, _ key: String) -> Bool {
    guard entry.keyRange.count == key.utf8.count else { return false }
    let bytes = unsafe storage.buffer
    return unsafe key.utf8.elementsEqual(bytes[entry.keyRange])
  }

  /// The comment of a line that is nothing else, from its `#` on; nil for other lines.
  public func comment(of line: Line) -> String? {
    commentRange(of: line).map(text)
  }

  /// Where the comment of a line that is nothing else stands; nil for other lines.
  package func commentRange(of line: Line) -> Range<Int>? {
    guard line.kind == .comment else { return nil }
    let bytes = unsafe storage.buffer
    let start = line.range.first { unsafe bytes[$0] == UInt8(ascii: "#") }
    return start.map { $0..<line.range.upperBound }
  }

  /// The comment of a line if `word` stands in it, else nil. In a file of values a comment may be a value that was taken out, so
  /// no text is made of one that has nothing to say.
  package func comment(of line: Line, holding word: StaticString) -> String? {
    let bytes = unsafe storage.buffer
    let word = unsafe UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard line.kind == .comment, line.range.count >= word.count else { return nil }
    let isHeld = (line.range.lowerBound...line.range.upperBound - word.count).contains { start in
      unsafe bytes[start..<start + word.count].elementsEqual(word)
    }
    return isHeld ? comment(of: line) : nil
  }

  /// The comment behind an entry's value, from its `#` on, or nil.
  public func trailingComment(of entry: Entry) -> String? {
    guard entry.commentStart != Entry.noComment else { return nil }
    return text(in: Int(entry.commentStart)..<lines[Int(entry.line)].range.upperBound)
  }

  /// The index of an entry's line in `lines`.
  public func lineIndex(of entry: Entry) -> Int { Int(entry.line) }

  /// The line and column of a byte.
  public func position(at offset: Int) -> Position {
    var (low, high) = (0, max(0, lines.count - 1))
    while low < high {
      let middle = (low + high + 1) / 2
      if lines[middle].range.lowerBound <= offset { low = middle } else { high = middle - 1 }
    }
    // A byte order mark belongs to the first line, though not to its range; a file in error as a whole has no lines.
    var (number, start) = low == 0 ? (1, 0) : (lines[low].number, lines[low].range.lowerBound)
    let bytes = unsafe storage.buffer
    var index = start
    var units = 0
    while index < min(offset, byteCount) {
      let byte = unsafe bytes[index]
      index += 1
      // A character begins with any byte but 10xxxxxx, and takes two units if it begins with 11110xxx.
      if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
      if byte == Octet.carriageReturn, index < min(offset, byteCount), unsafe bytes[index] == Octet.lineFeed {
        index += 1
      }
      if Octet.isLineEnd(byte) {
        number += 1
        start = index
        units = 0
      }
    }
    return Position(line: number, column: max(offset - start, 0) + 1, utf16Column: units + 1)
  }

  /// Bytes that are no value, as text.
  private func text(in range: Range<Int>) -> String {
    defer { withExtendedLifetime(storage) {} }
    return unsafe String(decoding: storage.buffer[range], as: UTF8.self)
  }

  func diagnostic(_ flaw: Flaw) -> Diagnostic {
    Diagnostic(
      id: flaw.id, severity: flaw.severity, position: position(at: flaw.range.lowerBound), range: flaw.range,
      entryIndex: flaw.entry,
      related: flaw.related.map {
        [RelatedPlace(position: position(at: $0.range.lowerBound), range: $0.range, note: $0.note)]
      } ?? [],
      fixIt: flaw.fixIt, disagreements: flaw.disagreements)
  }
}
