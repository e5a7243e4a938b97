/// The shortest description of a text that the code finds.
struct Description {
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
      let few = Share.fewSymbols + FewSymbols.cost(path.text)
      let mash = Share.mash + KeyboardMash.cost(path.text)
      let uuid = Share.timeUUID + TimeUUID.cost(path.text)
      let parse = Share.parse + path.cost
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
      // One bit tells bytes from text.
      var code = encoding.cost + Cost.bits(1) + ByteCode.cost(bytes, count)
      var tally = Tally(encoding.kind, text.count)
      if isText(bytes, count) {
        let inner = unsafe shortest(bytes.bytes(count), depth: depth + 1)
        let innerCode = encoding.cost + Cost.bits(1) + inner.code
        if innerCode < code {
          code = innerCode
          if inner.tally.isPlaceholder(of: count) { tally = Tally(.placeholder, text.count) }
          tally.add(encoding.kind.reason)
          tally.add(inner.tally.reasons)
        }
      }
      return Description(code: code, tally: tally)
    }
  }

  /// Whether bytes may be a text that is worth to be looked at: printable ASCII, or mostly UTF-8.
  private static func isText(_ bytes: Row<UInt8>, _ count: Int) -> Bool {
    for index in 0..<count where bytes[index] < 0x20 || bytes[index] == 0x7F { return false }
    return true
  }
}
