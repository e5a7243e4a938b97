/// A `.env` file: its bytes, every one of them, and an index of its lines and entries as byte ranges.
///
/// `bytes` is always exactly what was read, plus the edits, for every byte sequence. Nothing throws: what is wrong
/// with the file is a ``Diagnostic`` of a ``Reading``.
public struct Document: Sendable {
  let storage: DocumentStorage
  let index: DocumentIndex
  let limits: Limits

  /// A document over a copy of `bytes`. Takes time linear in the bytes.
  public init(_ bytes: [UInt8], limits: Limits = .standard) {
    self.init(DocumentStorage(copying: bytes), limits: limits)
  }

  /// A document over `storage`, which it keeps alive. Takes time linear in the bytes.
  public init(_ storage: DocumentStorage, limits: Limits = .standard) {
    self.storage = storage
    self.limits = limits
    index = Scanner.scan(storage.view, limits: limits)
  }

  var view: ByteView { storage.view }

  /// How many bytes the file has.
  public var byteCount: Int { storage.byteCount }

  /// A copy of the bytes: exactly what was read plus the edits. The copy is not wiped.
  public var bytes: [UInt8] {
    unsafe [UInt8](view.buffer(0..<byteCount))
  }

  /// Lends the bytes.
  public func withBytes<R: ~Copyable, E: Error>(
    _ body: (borrowing RawSpan) throws(E) -> R
  ) throws(E) -> R {
    try storage.withBytes(body)
  }

  /// What makes the whole file unreadable (`file-too-large`, `utf16`, `nul-byte`, `invalid-utf8`), or nil.
  public var fileError: Diagnostic? {
    index.fileProblem.map { problem in
      let end = min(problem.offset + 1, byteCount)
      return Diagnostic(
        id: problem.id, severity: .error, position: problem.position, range: problem.offset..<end,
        entryIndex: nil, related: [],
        fixIt: problem.id == .utf16 ? FixIt(kind: .rewriteAsUTF8, range: 0..<byteCount) : nil)
    }
  }

  /// Every line of the file in order; a value that spans lines is one `Line`.
  public var lines: Lines { Lines(document: self) }

  /// The `KEY=…` of the file in order.
  public var entries: Entries { Entries(index: index) }

  /// The key of `entry`.
  public func key(of entry: Entry) -> String {
    view.string(entry.keyRange)
  }

  /// All entries for `key` in file order; the last is the effective one.
  public func entries(for key: String) -> [Entry] {
    var found: [Entry] = []
    let table = index.keys(in: view)
    var next = lastEntryIndex(for: key)
    while let place = next {
      found.append(Entry(index.entries[place], at: place, in: index))
      next = table.previous[place] == KeyTable.none ? nil : Int(table.previous[place])
    }
    return found.reversed()
  }

  /// The effective entry for `key`: the last one.
  public func lastEntry(for key: String) -> Entry? {
    lastEntryIndex(for: key).map { Entry(index.entries[$0], at: $0, in: index) }
  }

  func lastEntryIndex(for key: String) -> Int? {
    var name = key
    let table = index.keys(in: view)
    return name.withUTF8 { bytes in
      let names = unsafe ByteView(UnsafeRawBufferPointer(bytes))
      let first = table.firstEntry(
        named: 0..<bytes.count, in: names, entries: index.entries, view: view)
      return first.map { Int(table.last[$0]) }
    }
  }

  /// The comment of a line that is only a comment: its text from `#` on, without the line end.
  public func comment(of line: Line) -> String? {
    guard line.kind == .comment else { return nil }
    let start = view.first(Byte.hash, from: line.range.lowerBound, to: line.range.upperBound)
    return view.string(start..<line.range.upperBound)
  }

  /// The comment after the value of `entry`, such as `# c` of `K=v # c`.
  public func trailingComment(of entry: Entry) -> String? {
    let end = Int(index.lines[lineIndex(of: entry)].end)
    let start = view.skippingBlanks(from: entry.valueRange.upperBound, to: end)
    guard start < end, view[start] == Byte.hash else { return nil }
    return view.string(start..<end)
  }

  /// Line and column of a byte offset, 0 to `byteCount`.
  public func position(at offset: Int) -> Position {
    index.position(at: offset, in: view)
  }

  /// The line that `entry` is on, as an index into `lines`.
  public func lineIndex(of entry: Entry) -> Int {
    Int(index.entries[entry.index].line)
  }

  /// Whether `text` can be a KEY: a letter or `_`, then letters, digits, `_`, `.` and `-`; ASCII.
  public static func isKey(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.startsName else { return false }
    return text.utf8.allSatisfy { $0.continuesKey }
  }
}

extension Entry {
  init(_ record: DocumentIndex.EntryRecord, at place: Int, in index: DocumentIndex) {
    self.init(
      index: place, keyRange: record.keyRange, valueRange: record.valueRange, spelling: record.spelling,
      isExported: record.traits.contains(.exported), lineNumber: Int(index.lines[Int(record.line)].number))
  }
}
