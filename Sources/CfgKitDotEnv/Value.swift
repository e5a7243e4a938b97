/// Decoding of one value: what is literal is lent from the document, all else decoded into the arena.
extension Reader {
  /// The value of `entry`; the rows of the table are checked in their order.
  mutating func value(of entry: DocumentIndex.EntryRecord, at place: Int) throws(Stop) -> ByteView {
    let content = entry.contentRange
    switch entry.spelling {
    case .empty:
      return slice(content)
    case .single:
      let needsDecoding = index.hasCarriageReturns && contains(Byte.carriageReturn, content)
      return needsDecoding ? try decode(content, as: .single, at: place) : slice(content)
    case .double:
      let escapes = contains(Byte.backslash, content)
      if escapes { try checkEscapes(in: content) }
      guard
        escapes || contains(Byte.dollar, content)
          || index.hasCarriageReturns && contains(Byte.carriageReturn, content)
      else { return slice(content) }
      return try decode(content, as: .double, at: place)
    case .bare:
      guard try checkBare(content) else { return slice(content) }
      return try decode(content, as: .bare, at: place)
    }
  }

  private func slice(_ range: Range<Int>) -> ByteView {
    unsafe ByteView(view.buffer(range))
  }

  private func contains(_ byte: UInt8, _ range: Range<Int>) -> Bool {
    view.first(byte, from: range.lowerBound, to: range.upperBound) < range.upperBound
  }

  /// `\n \r \" \\ \$` are the escapes; strict refuses any other.
  private mutating func checkEscapes(in content: Range<Int>) throws(Stop) {
    var slash = view.first(Byte.backslash, from: content.lowerBound, to: content.upperBound)
    while slash < content.upperBound {
      let range = slash..<min(slash + 2, content.upperBound)
      switch range.count == 2 ? view[slash + 1] : 0 {
      case UInt8(ascii: "n"), UInt8(ascii: "r"), Byte.doubleQuote, Byte.backslash, Byte.dollar: break
      case UInt8(ascii: "t"):
        try note(.unknownEscape, range, fix: .writeTab)
      default:
        try note(.unknownEscape, slash..<slash + 1, fix: .doubleBackslash)
      }
      slash = view.first(Byte.backslash, from: range.upperBound, to: content.upperBound)
    }
  }

  /// The rows about bare values. Returns whether the value must be decoded.
  private mutating func checkBare(_ content: Range<Int>) throws(Stop) -> Bool {
    var hasBlank = false
    var hasDollar = false
    var hasBackslash = false
    var mayBeInvisible = false
    var hash = content.upperBound
    for place in content {
      let byte = view[place]
      // Letters, digits and most punctuation take one comparison each.
      if byte >= UInt8(ascii: "]") {
        if byte >= 0x80 { mayBeInvisible = true }
      } else if byte < UInt8(ascii: "%") {
        switch byte {
        case Byte.hash: if hash == content.upperBound && place > content.lowerBound { hash = place }
        case Byte.dollar: hasDollar = true
        case Byte.space, Byte.tab: hasBlank = true
        case 0x0B, 0x0C: mayBeInvisible = true
        default: break
        }
      } else if byte == Byte.backslash {
        hasBackslash = true
      }
    }
    let start = content.lowerBound
    if view[start] == Byte.hash {
      try note(.valueStartsWithHash, start..<start + 1, fix: .quote, fixRange: content)
    }
    if view[start] == Byte.backtick {
      try note(.backtickQuote, start..<start + 1, fix: .quote, fixRange: content)
    }
    if hash < content.upperBound {
      try note(.hashInUnquoted, hash..<hash + 1, fix: .quote, fixRange: content)
    }
    if mayBeInvisible, let character = view.invisibleCharacter(in: content) {
      try note(.invisibleCharacter, character, fix: .quote, fixRange: content)
    }
    if hasBackslash { try checkBackslashes(in: content, hasDollar: hasDollar) }
    if hasBlank { try note(.unquotedSpace, content, fix: .quote) }
    return hasDollar
  }

  private mutating func checkBackslashes(in content: Range<Int>, hasDollar: Bool) throws(Stop) {
    let last = content.upperBound - 1
    if view[last] == Byte.backslash {
      try note(.trailingBackslash, last..<last + 1, fix: .quote, fixRange: content)
    }
    guard hasDollar else { return }
    var slash = view.first(Byte.backslash, from: content.lowerBound, to: last)
    while slash < last {
      if view[slash + 1] == Byte.dollar {
        try note(.escapeInUnquoted, slash..<slash + 2, fix: .quote, fixRange: content)
        return
      }
      slash = view.first(Byte.backslash, from: slash + 1, to: last)
    }
  }
}

extension ByteView {
  func hasDotOrMinus(in key: Range<Int>) -> Bool {
    for place in key where self[place] == Byte.minus || self[place] == UInt8(ascii: ".") { return true }
    return false
  }

  /// The first character that hides in a bare value: White_Space, U+200C or U+200D at an edge; U+200B, U+200E,
  /// U+200F, U+202A–202E, U+2060–2069 and U+FEFF anywhere.
  func invisibleCharacter(in content: Range<Int>) -> Range<Int>? {
    var place = content.lowerBound
    while place < content.upperBound {
      let (scalar, length) = scalar(at: place)
      let range = place..<place + length
      let isEdge = place == content.lowerBound || range.upperBound == content.upperBound
      switch scalar {
      case 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: return range
      case 0x0B, 0x0C, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x200C, 0x200D, 0x2028, 0x2029, 0x202F, 0x205F,
        0x3000:
        if isEdge { return range }
      default: break
      }
      place += length
    }
    return nil
  }

  /// The scalar at `place` of text that is known to be UTF-8, and its length.
  private func scalar(at place: Int) -> (UInt32, Int) {
    let lead = UInt32(self[place])
    func continuation(_ distance: Int) -> UInt32 { UInt32(self[place + distance]) & 0x3F }
    switch lead {
    case ..<0x80: return (lead, 1)
    case ..<0xE0: return ((lead & 0x1F) << 6 | continuation(1), 2)
    case ..<0xF0: return ((lead & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
    default:
      let high = (lead & 0x07) << 18 | continuation(1) << 12
      return (high | continuation(2) << 6 | continuation(3), 4)
    }
  }
}
