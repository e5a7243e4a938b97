/// The shortest description of a text that the code finds.
struct Description {
  // In bounds: a row lends no more bytes than it has, and no pointer leaves the closure that its memory is lent to.

  /// Its length in 1/256 bit.
  var code: Int32
  /// What it is made of.
  var tally: Tally

  /// Longest text that is looked at, in bytes.
  static let longestText = 65_536
  /// How often an encoding is looked for in what was decoded.
  private static let deepest = 2

  /// The cheapest of the whole-string branches.
  static func shortest(_ text: UnsafeRawBufferPointer) -> Description {
    unsafe shortest(UnsafeRawBufferPointer(rebasing: text[..<min(text.count, longestText)]), depth: 0)
  }

  private static func shortest(_ text: UnsafeRawBufferPointer, depth: Int) -> Description {
    guard text.count > 0 else { return Description(code: 0, tally: Tally()) }
    var found = unsafe ofCharacters(text)
    guard depth < deepest else { return found }
    for encoding in Encoding.allCases {
      if let inner = unsafe decoded(text, encoding, depth), inner.code < found.code { found = inner }
    }
    return found
  }

  /// The branches that take the characters as they stand.
  private static func ofCharacters(_ text: UnsafeRawBufferPointer) -> Description {
    Scratch.lend(ShortestPath.byteCount(text.count)) { room in
      let path = unsafe ShortestPath(text, &room)
      let parse = Share.parse + path.cost
      let few = Share.fewSymbols + FewSymbols.cost(path.text, below: parse - Share.fewSymbols)
      let mash = Share.mash + KeyboardMash.cost(path.text, below: min(parse, few) - Share.mash)
      let uuid = Share.timeUUID + TimeUUID.cost(path.text)
      let least = min(min(parse, few), min(mash, uuid))
      let tally =
        switch least {
        case parse: Tally(path)
        case few: Tally(.fewSymbols, text.count)
        case mash: Tally(.keyboard, text.count)
        default: Tally(.uuid, text.count)
        }
      return Description(code: least, tally: tally)
    }
  }

  private static func decoded(
    _ text: UnsafeRawBufferPointer, _ encoding: Encoding, _ depth: Int
  ) -> Description? {
    Scratch.lend(Encoding.mostBytes(text.count) + 16) { room in
      let bytes = room.row(UInt8.self, Encoding.mostBytes(text.count))
      guard let count = unsafe encoding.decode(text, into: bytes), count > 0 else { return nil }
      let (code, inner) = ofBytes(bytes, count, depth)
      var tally = Tally(encoding.kind, text.count)
      if let inner {
        if inner.isPlaceholder(of: count) { tally = Tally(.placeholder, text.count) }
        tally.add(encoding.kind.reason)
        tally.add(inner.reasons)
      }
      return Description(code: encoding.cost + code, tally: tally)
    }
  }

  /// The cost of bytes that were written as text, and what they are made of if they are text themselves.
  static func ofBytes(_ bytes: Row<UInt8>, _ count: Int, _ depth: Int = 0) -> (code: Int32, tally: Tally?) {
    let code = Share.encodedBytes + ByteCode.cost(bytes, count)
    let textCount = textCount(bytes, count)
    guard textCount > 0 else { return (code, nil) }
    let inner = unsafe shortest(bytes.bytes(textCount), depth: depth + 1)
    let innerCode = (textCount == count ? Share.encodedText : Share.encodedLine) + inner.code
    return innerCode < code ? (innerCode, inner.tally) : (code, nil)
  }

  /// How many of the bytes are a text that is worth to be looked at, without the end of its line: all, or none.
  private static func textCount(_ bytes: Row<UInt8>, _ count: Int) -> Int {
    let end = bytes[count - 1] == 0x0A ? count - 1 : count
    for index in 0..<end where bytes[index] < 0x20 || bytes[index] == 0x7F { return 0 }
    return end
  }
}
