/// What an unquoted value has that readers do not agree on, but for its dollars.
enum BareContent {
  /// Notes the flaws of the bare value in `range`, and gives whether it holds a dollar or an escape to work on.
  static func check(_ range: Range<Int>, in bytes: Octets, _ found: inout EntryFlaws) -> Bool {
    let start = range.lowerBound
    let quote = FixIt(kind: .quote, range: range)
    if bytes[start] == UInt8(ascii: "#") {
      found.append(Flaw(id: .valueStartsWithHash, range: start..<start + 1, fixIt: quote))
    } else if bytes[start] == UInt8(ascii: "`") {
      found.append(Flaw(id: .backtickQuote, range: start..<start + 1, fixIt: quote))
    }
    let last = range.upperBound - 1
    if bytes[last] == UInt8(ascii: "\\") {
      found.append(Flaw(id: .trailingBackslash, range: last..<last + 1, fixIt: quote))
    }
    if isPlain(range, bytes) { return false }
    var hasDollar = false
    var hasBlank = false
    var hash: Int?
    var hasOther = false
    for index in range {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "$"): hasDollar = true
      case UInt8(ascii: "#") where index > start && hash == nil: hash = index
      case 0x20, 0x09: hasBlank = true
      case 0x80..., 0x0B, 0x0C: hasOther = true
      default: break
      }
    }
    if let hash { found.append(Flaw(id: .hashInUnquoted, range: hash..<hash + 1, fixIt: quote)) }
    if hasOther, let place = invisible(in: range, bytes) {
      found.append(Flaw(id: .invisibleCharacter, range: place, fixIt: quote))
    }
    if hasBlank { found.append(Flaw(id: .unquotedSpace, range: range, fixIt: quote)) }
    return hasDollar
  }

  /// Whether all bytes are ASCII behind `$`: letters, digits and signs that all readers leave alone, as in most values.
  private static func isPlain(_ range: Range<Int>, _ bytes: Octets) -> Bool {
    let limit = UInt8(ascii: "$") + 1
    var index = range.lowerBound
    // Eight bytes at a time: the high bit of a byte that is below the limit, by the borrow, or that is not ASCII.
    while index + 8 <= range.upperBound {
      let word = bytes.load(index, as: UInt64.self)
      let below = (word &- 0x0101_0101_0101_0101 &* UInt64(limit)) & ~word
      if (below | word) & 0x8080_8080_8080_8080 != 0 { return false }
      index += 8
    }
    while index < range.upperBound {
      if bytes[index] < limit || bytes[index] >= 0x80 { return false }
      index += 1
    }
    return true
  }

  /// The first character that cannot be seen: some anywhere, blanks of Unicode and joiners at an edge.
  private static func invisible(in range: Range<Int>, _ bytes: Octets) -> Range<Int>? {
    var index = range.lowerBound
    while index < range.upperBound {
      let length = max(1, bytes[index] < 0x80 ? 1 : Encoding.sequenceLength(at: index, in: bytes))
      let scalar = Scalars.scalar(at: index, in: bytes)
      let isEdge = index == range.lowerBound || index + length == range.upperBound
      if isInvisible(scalar) || isEdge && isInvisibleAtEdge(scalar) { return index..<index + length }
      index += length
    }
    return nil
  }

  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// White_Space beyond space and TAB, and the joiners.
  private static func isInvisibleAtEdge(_ scalar: UInt32) -> Bool {
    Scalars.isUnicodeBlank(scalar) || scalar == 0x200C || scalar == 0x200D
  }
}
