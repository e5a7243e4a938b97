/// The common words, as Scripts/strength-tables lays them out: by their first two letters, then by the third, then in order.
struct CommonWords: Sendable {
  private let pairs = TableText(Self.pairs)
  private let triples = TableText(Self.triples)
  private let text = TableText(Self.text)

  /// -log2 of the share of the word of two lowercase letters, from 0 for a on, and whether placeholders are made of it; nil if it
  /// is none. No word is shorter.
  func word(_ first: Int, _ second: Int) -> (cost: Int32, isPlaceholder: Bool)? {
    let entry = 5 * (26 * first + second) + 3
    return pairs[entry] == Self.none ? nil : (Self.cost(pairs[entry]), pairs[entry + 1] >= Self.placeholder)
  }

  /// The words that start with three lowercase letters, or nil.
  func words(_ first: Int, _ second: Int, _ third: Int) -> Words? {
    let pair = 26 * first + second
    guard triples.bit(26 * pair + third) else { return nil }
    var index = pairs.eighteenBits(5 * pair)
    while text[index] != UInt8(ascii: "a") + UInt8(truncatingIfNeeded: third) {
      index += 3 + text.twelveBits(index + 1)
    }
    return Words(text, index + 3, text.twelveBits(index + 1))
  }

  /// Words in order that start alike.
  struct Words {
    private let text: TableText
    private let end: Int
    private var next: Int
    /// How many letters are those of the word before; of the first one three.
    private(set) var sharedCount = 3
    /// Where its other letters are, from 0 on.
    private var start = 0
    private(set) var count = 0

    fileprivate init(_ text: TableText, _ start: Int, _ size: Int) {
      self.text = text
      next = start
      end = start + size
    }

    /// Goes to the next word; false after the last.
    mutating func advance() -> Bool {
      guard next < end else { return false }
      sharedCount = Int(text[next] - 0x30)
      count = Int((text[next + 1] - 0x30) & 31)
      start = next + 2
      next = start + count + 1
      return true
    }

    /// One of the letters that are not those of the word before.
    func letter(_ index: Int) -> UInt8 { text[start + index] }
    var cost: Int32 { CommonWords.cost(text[start + count]) }
    var isPlaceholder: Bool { text[start - 1] >= CommonWords.placeholder }
  }

  private static let none = UInt8(ascii: "~")
  /// The least character of the length of a word that placeholders are made of.
  private static let placeholder: UInt8 = 0x50
  /// The least cost of a word, in quarter bits.
  private static let leastCost: Int32 = 12

  private static func cost(_ character: UInt8) -> Int32 { (Int32(character - 0x30) + leastCost) * 64 }
}
