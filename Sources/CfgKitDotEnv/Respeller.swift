/// Finds another spelling of a value with the same compatible reading: text stays text, expansions stay expansions.
///
/// It is made from the bytes alone, so it is the same whatever the environment holds. One respeller serves many entries: its memory
/// may be guarded, which is dear to get.
struct Respeller {
  /// What a new spelling is like.
  struct Respelling {
    /// Whether most readers read it alike.
    let isPortable: Bool
    /// Whether the value holds an expansion, which no portable spelling can carry.
    let hasExpansion: Bool
  }

  /// The last new spelling.
  let text: ValueBuffer
  private let storage: DocumentStorage
  private let literal: ValueBuffer
  private let escaped: ValueBuffer

  init(_ storage: DocumentStorage) {
    self.storage = storage
    text = ValueBuffer(like: storage.room)
    literal = ValueBuffer(like: storage.room)
    escaped = ValueBuffer(like: storage.room)
  }

  /// Makes `text` the most portable spelling of an entry's value.
  ///
  /// - Parameters:
  ///   - literalDollars: the offsets of dollars that become text, though they would expand.
  ///   - keepsQuotes: whether quotes that are as portable as the first choice stay.
  func respell(_ entry: Entry, literalDollars: Set<Int> = [], keepsQuotes: Bool = false) -> Respelling {
    for buffer in [text, literal, escaped] { buffer.truncate(to: 0) }
    var pieces = ValuePieces(entry, storage, literalDollars, literal: literal, escaped: escaped)
    pieces.run()
    guard !pieces.hasExpansion else {
      text.append(UInt8(ascii: "\""))
      unsafe text.append(escaped.buffer)
      text.append(UInt8(ascii: "\""))
      return Respelling(isPortable: false, hasExpansion: true)
    }
    let value = unsafe literal.buffer.bytes
    var spelling = Spelling(for: value)
    // Single and double quotes are read alike by as many where both can hold the value.
    if keepsQuotes, entry.spelling == .double, spelling == .single, Spelling.fitsDouble(value) {
      spelling = .double
    }
    spelling.write(value, to: text)
    return Respelling(isPortable: spelling.isPortable(for: value), hasExpansion: false)
  }
}

/// A value taken apart: its text decoded, and the same for double quotes with its expansions as they stand.
@safe private struct ValuePieces {
  private let range: Range<Int>
  private let isQuoted: Bool
  private let isSingle: Bool
  private let storage: DocumentStorage
  private let literalDollars: Set<Int>
  private let literal: ValueBuffer
  private let escaped: ValueBuffer
  private(set) var hasExpansion = false

  init(
    _ entry: Entry, _ storage: DocumentStorage, _ literalDollars: Set<Int>, literal: ValueBuffer,
    escaped: ValueBuffer
  ) {
    self.literal = literal
    self.escaped = escaped
    range = entry.contentRange
    isQuoted = entry.spelling == .double
    isSingle = entry.spelling == .single
    self.storage = storage
    self.literalDollars = literalDollars
  }

  private func byte(_ index: Int) -> UInt8 { storage.octets[index] }

  mutating func run() {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = byte(index)
      if byte == UInt8(ascii: "\\"), !isSingle, isEscape(at: index) {
        index += addEscape(of: self.byte(index + 1))
      } else if byte == UInt8(ascii: "$"), let end = expansionEnd(at: index) {
        addExpansion(index..<end)
        index = end
      } else if byte == Octet.carriageReturn {
        let isPair = index + 1 < range.upperBound && self.byte(index + 1) == Octet.lineFeed
        if !isPair { add(Octet.lineFeed) }
        index += 1
      } else {
        add(byte)
        index += 1
      }
    }
  }

  private var syntax: ExpansionSyntax { ExpansionSyntax(storage.octets, isDouble: isQuoted) }

  private func isEscape(at index: Int) -> Bool { syntax.isEscape(at: index, in: range) }

  /// Adds what a backslash and the next byte stand for.
  ///
  /// - Returns: how many bytes that took.
  private func addEscape(of next: UInt8) -> Int {
    switch next {
    case UInt8(ascii: "n"): add(Octet.lineFeed)
    case UInt8(ascii: "r"): add(Octet.carriageReturn)
    case UInt8(ascii: "t"): add(0x09)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): add(next)
    default:
      // What follows is text like any other, and may be a line end.
      add(UInt8(ascii: "\\"))
      return 1
    }
    return 2
  }

  private func add(_ byte: UInt8) {
    literal.append(byte)
    Spelling.appendEscaped(byte, to: escaped)
  }

  /// Where the expansion ends that begins at a dollar; nil if the dollar is text.
  private func expansionEnd(at index: Int) -> Int? {
    guard !isSingle, !literalDollars.contains(index), index + 1 < range.upperBound else { return nil }
    if byte(index + 1) == UInt8(ascii: "{") {
      return min(syntax.closingBrace(from: index, in: range) + 1, range.upperBound)
    }
    let end = syntax.nameEnd(from: index + 1, in: range)
    return end > index + 1 ? end : nil
  }

  /// An expansion as it stands; what double quotes would take for themselves is escaped in one that stood without.
  private mutating func addExpansion(_ part: Range<Int>) {
    hasExpansion = true
    var index = part.lowerBound
    while index < part.upperBound {
      let byte = byte(index)
      let keepsPair = byte == UInt8(ascii: "\\") && isEscape(at: index)
      if !isQuoted, !keepsPair, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        escaped.append(UInt8(ascii: "\\"))
      }
      // A literal dollar inside a word is escaped where it stands.
      if literalDollars.contains(index) { escaped.append(UInt8(ascii: "\\")) }
      escaped.append(byte)
      index += 1
      if keepsPair {
        escaped.append(self.byte(index))
        index += 1
      }
    }
  }
}
