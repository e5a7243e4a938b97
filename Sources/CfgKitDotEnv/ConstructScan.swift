/// Finds the constructs in the spelling of one entry on which readers do not agree.
@safe struct ConstructScan {
  private let storage: DocumentStorage
  /// The constructs that were found.
  var found: Set<Construct> = []

  init(_ storage: DocumentStorage) {
    self.storage = storage
  }

  func byte(_ index: Int) -> UInt8 { storage.octets[index] }

  func contains(_ byte: UInt8, in range: Range<Int>) -> Bool { range.contains { self.byte($0) == byte } }

  // MARK: Around the value

  /// The key, the blanks and the comment of an entry; `line` is its line.
  mutating func scanFrame(of entry: Entry, in line: Range<Int>) {
    let indent = line.lowerBound..<firstIndex(from: line.lowerBound, where: { !Octet.isBlank($0) })
    if contains(0x09, in: indent) { found.insert(.tabBefore) }
    if entry.isExported { scanExport(blanks: indent.upperBound + 6..<Int(entry.keyStart)) }
    scanKey(entry.keyRange)
    let equals = firstIndex(from: Int(entry.keyEnd)) { $0 == UInt8(ascii: "=") }
    var blanks = Array(Int(entry.keyEnd)..<equals)
    let comment = entry.commentStart == Entry.noComment ? nil : Int(entry.commentStart)
    if entry.spelling == .empty {
      let rest = equals + 1..<(comment ?? line.upperBound)
      if comment != nil {
        found.insert(.hashAfterBlank)
        if contains(0x09, in: rest) { found.insert(.trailingTab) }
      } else {
        noteTrailing(rest)
        if entry.isExported, rest.isEmpty { found.insert(.exportEmpty) }
      }
    } else {
      blanks += equals + 1..<Int(entry.valueStart)
      scanTail(of: entry, comment: comment, lineEnd: line.upperBound)
    }
    if !blanks.isEmpty { found.insert(.spaceAroundEquals) }
    if blanks.contains(where: { byte($0) == 0x09 }) { found.insert(.tabAroundEquals) }
    if equals + 1 < line.upperBound, Scalars.extendsCluster(scalar(at: equals + 1)) {
      found.insert(.combiningAfterEquals)
    }
  }

  private mutating func scanExport(blanks: Range<Int>) {
    found.insert(.export)
    if blanks.count > 1 || contains(0x09, in: blanks) { found.insert(.exportBlanks) }
  }

  private mutating func scanKey(_ key: Range<Int>) {
    if contains(UInt8(ascii: "."), in: key) { found.insert(.dottedKey) }
    if contains(UInt8(ascii: "-"), in: key) { found.insert(.dashedKey) }
    let name = text(in: key)
    if name == "__proto__" { found.insert(.prototypeKey) }
    if ShellNames.reserved.contains(name) { found.insert(.shellKey) }
  }

  private mutating func noteTrailing(_ blanks: Range<Int>) {
    if !blanks.isEmpty { found.insert(.trailingBlank) }
    if contains(0x09, in: blanks) { found.insert(.trailingTab) }
  }

  private mutating func scanTail(of entry: Entry, comment: Int?, lineEnd: Int) {
    let tail = Int(entry.valueEnd)..<(comment ?? lineEnd)
    let isQuoted = entry.spelling != .bare
    guard let comment else {
      if isQuoted {
        if !tail.isEmpty { found.insert(.blankAfterQuote) }
      } else {
        noteTrailing(tail)
      }
      return
    }
    if isQuoted {
      found.insert(.commentAfterQuote)
      guard tail.isEmpty else { return }
      found.insert(.commentGluedToQuote)
      let text = (comment..<lineEnd).prefix { byte($0) != Octet.carriageReturn }
      let word = text.prefix { !Octet.isBlank(byte($0)) }
      if !entry.isExported, text.contains(where: { $0 >= word.endIndex && !Octet.isBlank(byte($0)) }) {
        found.insert(.wordsBehindGluedComment)
      }
      return
    }
    found.insert(.comment)
    if contains(0x09, in: tail) { found.insert(.commentAfterTab) }
    let next = comment + 1..<lineEnd
    if next.contains(where: { byte($0) == UInt8(ascii: "#") && Octet.isBlank(byte($0 - 1)) }) {
      found.insert(.commentWithHashes)
    }
  }

  // MARK: The value

  /// The value itself, but for its dollars; `file` is all that stands behind it.
  mutating func scanValue(of entry: Entry, fileEnd: Int) {
    let content = entry.contentRange
    let rest = Int(entry.valueEnd)..<fileEnd
    switch entry.spelling {
    case .empty: break
    case .bare: scanBare(content, rest: rest)
    case .single:
      found.insert(.quotes)
      scanLineBreaks(content)
      scanSingle(content, rest: rest)
    case .double:
      found.insert(.quotes)
      scanLineBreaks(content)
      scanDouble(content, rest: rest)
    }
  }

  private mutating func scanBare(_ content: Range<Int>, rest: Range<Int>) {
    let first = byte(content.lowerBound)
    if first == UInt8(ascii: "#") { found.insert(.hashFirst) }
    if contains(UInt8(ascii: "#"), in: content.dropFirst()) { found.insert(.hashInside) }
    if first == UInt8(ascii: "`") {
      found.insert(.backtickFirst)
      let behind = content.lowerBound + 1..<rest.upperBound
      if let close = behind.first(where: { byte($0) == first }) {
        found.insert(.backtickClosedLater)
        if isEndOfValue(close + 1, before: rest.upperBound) { found.insert(.backtickPair) }
      } else if !contains(Octet.lineFeed, in: rest) {
        found.insert(.backtickOpenAtEnd)
      } else if found.contains(.comment) {
        found.insert(.commentBehindBacktick)
      }
    } else if hasBacktick(content) {
      found.insert(.backtickInside)
    }
    scanBackslashes(content)
    scanShellSyntax(content)
    scanEdges(content)
  }

  /// Whether only blanks and a comment stand between here and the line's end.
  private func isEndOfValue(_ start: Int, before end: Int) -> Bool {
    let next = (start..<end).first { !Octet.isBlank(byte($0)) }
    return next.map { byte($0) == UInt8(ascii: "#") || Octet.isLineEnd(byte($0)) } ?? true
  }

  /// Whether there is a backtick that no backslash makes a character.
  private func hasBacktick(_ content: Range<Int>) -> Bool {
    var index = content.lowerBound
    while index < content.upperBound, byte(index) != UInt8(ascii: "`") {
      index += byte(index) == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < content.upperBound
  }

  private mutating func scanBackslashes(_ content: Range<Int>) {
    for index in content where byte(index) == UInt8(ascii: "\\") {
      if index == content.upperBound - 1 {
        found.insert(isEscaped(index, in: content) ? .backslash : .trailingBackslash)
      } else if byte(index + 1) == UInt8(ascii: "$") {
        found.insert(.escapedDollarBare)
      } else {
        found.insert(.backslash)
      }
    }
  }

  /// What a shell does not take as text, outside `${…}`.
  private mutating func scanShellSyntax(_ content: Range<Int>) {
    var depth = 0
    var openQuote: UInt8?
    for index in content {
      let byte = byte(index)
      if byte == openQuote {
        openQuote = nil
      } else if openQuote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""),
        !isEscaped(index, in: content)
      {
        openQuote = byte
      }
      let previous = index > content.lowerBound ? self.byte(index - 1) : UInt8(ascii: "=")
      if byte == UInt8(ascii: "{"), previous == UInt8(ascii: "$") { depth += 1 }
      if byte == UInt8(ascii: "}"), depth > 0 { depth -= 1 }
      if depth > 0 { continue }
      switch byte {
      case 0x20, 0x09: found.insert(.blankInside)
      case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "<"), UInt8(ascii: ">"):
        found.insert(.shellSyntax)
      // A shell expands ~ at the beginning of an assigned value, and behind each colon.
      case UInt8(ascii: "~") where index == content.lowerBound || previous == UInt8(ascii: ":"):
        found.insert(.shellSyntax)
      case UInt8(ascii: "'"), UInt8(ascii: "\""): found.insert(.quoteInside)
      default: break
      }
    }
    if openQuote != nil { found.insert(.openQuoteInside) }
  }

  /// Whether a backslash stands before the byte that none before it has taken.
  private func isEscaped(_ index: Int, in content: Range<Int>) -> Bool {
    var start = index
    while start > content.lowerBound, byte(start - 1) == UInt8(ascii: "\\") { start -= 1 }
    return !(index - start).isMultiple(of: 2)
  }

  /// Characters that some readers trim as blanks, and `#` behind one of them.
  private mutating func scanEdges(_ content: Range<Int>) {
    let first = scalar(at: content.lowerBound)
    let last = scalar(endingAt: content.upperBound)
    for edge in [first, last] {
      if Scalars.isUnicodeBlank(edge) { found.insert(.invisibleEdge) }
      if Scalars.isLatinBlank(edge) { found.insert(.invisibleEdgeLatin) }
      if edge == 0x0B || edge == 0x0C { found.insert(.invisibleEdgeASCII) }
      if edge == 0xFEFF || edge != 0x85 && Scalars.isUnicodeBlank(edge) {
        found.insert(.invisibleEdgeJavaScript)
      }
    }
    for index in content.dropFirst() where byte(index) == UInt8(ascii: "#") {
      let previous = scalar(endingAt: index)
      if Scalars.isUnicodeBlank(previous) { found.insert(.hashAfterInvisible) }
      if Scalars.isLatinBlank(previous) { found.insert(.hashAfterNoBreakSpace) }
    }
  }

  private mutating func scanLineBreaks(_ content: Range<Int>) {
    for index in content where Octet.isLineEnd(byte(index)) {
      found.insert(.lineBreak)
      guard byte(index) == Octet.carriageReturn else { continue }
      let isPair = index + 1 < content.upperBound && byte(index + 1) == Octet.lineFeed
      found.insert(isPair ? .lineBreakCRLF : .lineBreakCR)
    }
  }

  private mutating func scanSingle(_ content: Range<Int>, rest: Range<Int>) {
    if let last = content.last, byte(last) == UInt8(ascii: "\\") {
      found.insert(.singleEndsInBackslash)
      if contains(UInt8(ascii: "'"), in: rest) { found.insert(.singleRunsOn) }
    }
    for index in content.dropLast() {
      switch (byte(index), byte(index + 1)) {
      case (UInt8(ascii: "\\"), UInt8(ascii: "\\")): found.insert(.singleDoubleBackslash)
      case (UInt8(ascii: "$"), UInt8(ascii: "{")) where isPythonExpansion(at: index + 2, in: content):
        found.insert(.singleExpansion)
      default: break
      }
    }
  }

  /// python-dotenv's pattern: a name without `:` or `}`, and at most a `:-` with its word, up to the first `}`.
  private func isPythonExpansion(at start: Int, in content: Range<Int>) -> Bool {
    guard let end = content.first(where: { $0 >= start && byte($0) == UInt8(ascii: "}") }) else {
      return false
    }
    guard let colon = (start..<end).first(where: { byte($0) == UInt8(ascii: ":") }) else { return true }
    return byte(colon + 1) == UInt8(ascii: "-")
  }

  private mutating func scanDouble(_ content: Range<Int>, rest: Range<Int>) {
    if hasBacktick(content) { found.insert(.backtickInside) }
    var index = content.lowerBound
    while index < content.upperBound {
      guard byte(index) == UInt8(ascii: "\\"), index + 1 < content.upperBound else {
        index += 1
        continue
      }
      noteEscape(of: byte(index + 1), isLast: index + 2 == content.upperBound, rest: rest)
      if byte(index + 1) == UInt8(ascii: "\\"), index + 2 < content.upperBound,
        byte(index + 2) == UInt8(ascii: "$")
      {
        found.insert(.escapedBackslashDollar)
      }
      index += 2
    }
  }

  private mutating func noteEscape(of next: UInt8, isLast: Bool, rest: Range<Int>) {
    switch next {
    case UInt8(ascii: "\""):
      found.insert(.escapedQuote)
      if isLast { found.insert(.escapedQuoteLast) }
    case UInt8(ascii: "\\"):
      found.insert(.escapedBackslash)
      guard isLast else { return }
      found.insert(.escapedBackslashLast)
      if contains(UInt8(ascii: "\""), in: rest) { found.insert(.escapedBackslashRunsOn) }
    case UInt8(ascii: "n"): found.insert(.escapedNewline)
    case UInt8(ascii: "r"): found.insert(.escapedReturn)
    case UInt8(ascii: "t"): found.insert(.escapedTab)
    case UInt8(ascii: "$"): found.insert(.escapedDollar)
    default:
      found.insert(.escapedOther)
      switch next {
      case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "v"):
        found.insert(.escapedControl)
      case UInt8(ascii: "0"): found.insert(.escapedZero)
      case UInt8(ascii: "'"): found.insert(.escapedApostrophe)
      case UInt8(ascii: "`"): found.insert(.escapedBacktick)
      case Octet.lineFeed, Octet.carriageReturn: found.insert(.escapedLineEnd)
      default: break
      }
    }
  }

  // MARK: Bytes

  /// The syntax of expansions in a value.
  func syntax(_ isDouble: Bool) -> ExpansionSyntax {
    ExpansionSyntax(storage.octets, isDouble: isDouble)
  }

  func text(in range: Range<Int>) -> String { unsafe String(decoding: storage.buffer[range], as: UTF8.self) }

  private func firstIndex(from start: Int, where isWanted: (UInt8) -> Bool) -> Int {
    var index = start
    while index < storage.byteCount, !isWanted(byte(index)) { index += 1 }
    return index
  }

  /// The scalar that begins at a byte of a file that is UTF-8.
  private func scalar(at index: Int) -> UInt32 { Scalars.scalar(at: index, in: storage.octets) }

  /// The scalar whose last byte stands before `end`.
  private func scalar(endingAt end: Int) -> UInt32 {
    var start = end - 1
    while start > 0, byte(start) & 0xC0 == 0x80 { start -= 1 }
    return scalar(at: start)
  }
}
