/// The preset text without its blanks, and where four of its letters stand, as Scripts/strength-tables lays them out.
struct PresetPhrases: Sendable {
  private let letters = TableText(Self.letters)
  private let ends = TableText(Self.ends)
  private let listedLetters = TableText(Self.listedLetters)
  private let hashes = TableText(Self.hashes)
  private let starts = TableText(Self.starts)
  private let places = TableText(Self.places)

  static let keyLength = 4

  /// How many letters there are, and how many of them outside ASCII that differ.
  var count: Int { letters.count / 3 }
  var listedCount: Int { listedLetters.count / 3 }

  /// The letter at an offset, and whether a blank stands before it.
  func letter(_ offset: Int) -> (unit: UInt16, isAfterBlank: Bool) {
    let letter = letters.eighteenBits(3 * offset)
    return (UInt16(truncatingIfNeeded: letter), letter >> 16 != 0)
  }

  /// The low bytes of four letters without accents: what is looked for.
  static func key(_ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16) -> UInt32 {
    UInt32(first & 0xFF) | UInt32(second & 0xFF) << 8 | UInt32(third & 0xFF) << 16 | UInt32(fourth & 0xFF)
      << 24
  }

  private func key(_ offset: Int) -> UInt32 {
    func plain(_ offset: Int) -> UInt16 { Letter.withoutAccent(letter(offset).unit) }
    return Self.key(plain(offset), plain(offset + 1), plain(offset + 2), plain(offset + 3))
  }

  /// Whether offsets of a key may be listed.
  @inline(__always)
  func mayHold(_ key: UInt32) -> Bool { hashes.bit(Self.hash(key)) }

  /// Where they are listed.
  func candidates(_ key: UInt32) -> Range<Int> {
    let hash = Self.hash(key)
    return starts.eighteenBits(3 * (hash >> 4))..<starts.eighteenBits(3 * (hash >> 4) + 3)
  }

  /// The offset at one of the candidates if it has the key, or -1.
  func offset(_ candidate: Int, _ key: UInt32) -> Int {
    let place = places.eighteenBits(3 * candidate)
    guard place & 15 == Self.hash(key) & 15, self.key(place >> 4) == key else { return -1 }
    return place >> 4
  }

  private func isWords(_ offset: Int, _ length: Int) -> Bool {
    (offset == 0 || letter(offset).isAfterBlank)
      && (offset + length == count || letter(offset + length).isAfterBlank)
  }

  private static func hash(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 16) }

  /// What these letters of the phrase at an offset are. A few letters from the middle of a word, such as the `crypt` of `encryption`,
  /// ask for nothing.
  func kind(_ offset: Int, _ length: Int) -> TokenClass {
    length < 6 && !isWords(offset, length) ? .phrase : kind(offset)
  }

  /// What the phrase at an offset is.
  func kind(_ offset: Int) -> TokenClass {
    var part = 0
    while part < 4, offset >= ends.eighteenBits(3 * part) { part += 1 }
    switch part {
    case 0, 1: return .placeholder
    case 2: return .phrase
    case 3: return .constant
    default: return .reference
    }
  }

  /// Whether a letter is one of those outside ASCII.
  func lists(_ unit: UInt16) -> Bool {
    var low = 0
    var high = listedCount
    while low < high {
      let middle = (low + high) / 2
      let listed = listedLetters.eighteenBits(3 * middle)
      if listed == Int(unit) { return true }
      if listed < Int(unit) { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
