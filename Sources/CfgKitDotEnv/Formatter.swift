/// Writes a document anew, line by line.
struct Formatter {
  // In bounds: ranges are the document's own, and `pragmaStart` was the end of the output. No buffer is appended to itself.

  private let document: Document
  private let disputed: Set<Int>
  private let output: ValueBuffer
  private let entries: EntryFormatter
  /// Where the `# cfgkit:` lines begin that stand directly above what comes next.
  private var pragmaStart: Int?
  private(set) var changed: [Int] = []
  private(set) var unportable: [Int] = []

  /// - Parameter disputed: the entries to respell, by their places among the document's.
  init(_ document: Document, _ disputed: Set<Int>) {
    self.document = document
    self.disputed = disputed
    entries = EntryFormatter(document)
    output = ValueBuffer(like: document.storage.room, capacity: document.byteCount + 64)
  }

  mutating func run() -> Document {
    for line in document.lines {
      switch line.kind {
      case .blank: pragmaStart = nil
      case .comment, .malformed: writeComment(line)
      case .entry:
        if let index = line.entryIndex { write(document.entries[index], line) }
        pragmaStart = nil
      }
      output.append(Octet.lineFeed)
    }
    return Document(output.storage, limits: document.limits)
  }

  private mutating func writeComment(_ line: Line) {
    let text = line.range.first { !Octet.isBlank(document.byte($0)) } ?? line.range.upperBound
    let isIndentedByTab = (line.range.lowerBound..<text).contains { document.byte($0) == 0x09 }
    let isPragma = document.comment(of: line, holding: "cfgkit:")?.hasPrefix("# cfgkit:") ?? false
    if !isPragma { pragmaStart = nil } else if pragmaStart == nil { pragmaStart = output.count }
    document.copyFoldingLineEnds(
      (isIndentedByTab ? text : line.range.lowerBound)..<line.range.upperBound, to: output)
  }

  private mutating func write(_ entry: Entry, _ line: Line) {
    let form = entries.format(entry, line)
    if !form.isPortable { unportable.append(entry.lineNumber) }
    guard disputed.contains(entry.index) else { return document.copyFoldingLineEnds(line.range, to: output) }
    if let comment = form.comment { writeAbove(comment) }
    unsafe output.append(entries.text.buffer)
    if !form.isAsItStands { changed.append(entry.lineNumber) }
  }

  /// Puts a comment above the entry, and above the `# cfgkit:` lines that have to stand directly above it.
  private mutating func writeAbove(_ comment: Range<Int>) {
    let pragmas = ValueBuffer(like: document.storage.room)
    if let pragmaStart {
      unsafe pragmas.append(UnsafeRawBufferPointer(rebasing: output.buffer[pragmaStart...]))
      output.truncate(to: pragmaStart)
    }
    document.copyFoldingLineEnds(comment, to: output)
    output.append(Octet.lineFeed)
    unsafe output.append(pragmas.buffer)
  }
}

/// Writes one entry's line anew: `KEY=value`, with `export` if it had it. One formatter serves many entries.
struct EntryFormatter {
  /// What the portable form of a line is like.
  struct Form {
    /// The comment that goes above it.
    let comment: Range<Int>?
    /// Whether the line already has this form, but for its line end.
    let isAsItStands: Bool
    /// Whether most readers read the value alike.
    let isPortable: Bool
  }

  /// The last line that was written.
  let text: ValueBuffer
  private let document: Document
  private let respeller: Respeller

  init(_ document: Document) {
    self.document = document
    respeller = Respeller(document.storage)
    text = ValueBuffer(like: document.storage.room)
  }

  /// Makes `text` the portable form of an entry's line.
  func format(_ entry: Entry, _ line: Line) -> Form {
    let respelling = respeller.respell(entry, keepsQuotes: true)
    text.truncate(to: 0)
    if entry.isExported { for byte in "export ".utf8 { text.append(byte) } }
    document.copyFoldingLineEnds(entry.keyRange, to: text)
    text.append(UInt8(ascii: "="))
    if respelling.hasExpansion {
      document.copyFoldingLineEnds(entry.valueRange, to: text)
    } else {
      unsafe text.append(respeller.text.buffer)
    }
    var comment: Range<Int>?
    if entry.commentStart != Entry.noComment {
      let start = Int(entry.commentStart)
      let last = (start..<line.range.upperBound).last { !Octet.isBlank(document.byte($0)) }
      comment = start..<(last ?? start) + 1
    }
    return Form(
      comment: comment,
      isAsItStands: unsafe comment == nil && text.buffer.elementsEqual(document.storage.buffer[line.range]),
      isPortable: respelling.isPortable)
  }
}

extension Document {
  fileprivate func byte(_ index: Int) -> UInt8 { storage.octets[index] }

  /// Appends the bytes of a range, with LF for CRLF and CR.
  fileprivate func copyFoldingLineEnds(_ range: Range<Int>, to output: ValueBuffer) {
    for index in range {
      guard byte(index) == Octet.carriageReturn else {
        output.append(byte(index))
        continue
      }
      let isPair = index + 1 < range.upperBound && byte(index + 1) == Octet.lineFeed
      if !isPair { output.append(Octet.lineFeed) }
    }
  }
}
