/// The preset text without its blanks, and where four of its letters stand: made at first use.
struct PresetPhrases: Sendable {
  static let shared = PresetPhrases()

  /// The letters, with their accents and without.
  let letters: Row<UInt16>
  let plain: Row<UInt16>
  /// Whether a blank stands before a letter.
  let isAfterBlank: Row<Bool>
  private(set) var count = 0
  /// The letters outside ASCII that it holds, in order.
  let listed: [UInt16]

  private var ends: [(Int, TokenClass)] = []
  private let heads: Row<UInt16>
  private let links: Row<UInt16>
  /// The low bytes of the four letters at each offset.
  private let keys: Row<UInt32>
  private static let headCount = 16_384
  static let keyLength = 4

  private init() {
    let parts: [(StaticString, TokenClass)] = [
      (PresetText.placeholders, .placeholder), (PresetText.foreignPlaceholders, .placeholder),
      (PresetText.lines, .phrase), (PresetText.constants, .constant), (PresetText.references, .reference),
    ]
    let size = parts.reduce(0) { $0 + $1.0.utf8CodeUnitCount }
    letters = .lasting(size, 0)
    plain = .lasting(size, 0)
    isAfterBlank = .lasting(size, false)
    heads = .lasting(Self.headCount, 0)
    links = .lasting(size + 1, 0)
    keys = .lasting(size + 1, 0)
    var listed: Set<UInt16> = []
    for (part, kind) in parts {
      let octets = unsafe UnsafeRawBufferPointer(part.octets)
      var blank = true
      var index = 0
      while index < octets.count {
        let (scalar, length): (UInt32?, Int) =
          unsafe octets[index] < 0x80
          ? (UInt32(octets[index]), 1) : TextUnits.scalar(octets, at: index)
        index += length
        guard let scalar, scalar > 0x20 else {
          blank = true
          continue
        }
        let unit = UInt16(truncatingIfNeeded: scalar)
        if unit >= 0x80 { listed.insert(unit) }
        letters[count] = unit
        plain[count] = Letter.withoutAccent(unit)
        isAfterBlank[count] = blank
        blank = false
        count += 1
      }
      ends.append((count, kind))
    }
    self.listed = listed.sorted()
    // From the end, so that a chain starts at its first place.
    for offset in stride(from: count - Self.keyLength, through: 0, by: -1) {
      let key = Self.key(plain[offset], plain[offset + 1], plain[offset + 2], plain[offset + 3])
      keys[offset + 1] = key
      links[offset + 1] = heads[Self.head(key)]
      heads[Self.head(key)] = UInt16(offset + 1)
    }
  }

  /// The low bytes of four letters: what a chain is for.
  static func key(_ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16) -> UInt32 {
    UInt32(first & 0xFF) | UInt32(second & 0xFF) << 8 | UInt32(third & 0xFF) << 16 | UInt32(fourth & 0xFF)
      << 24
  }

  private static func head(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 18) }

  /// The first offset with a key, or -1.
  func first(_ key: UInt32) -> Int { next(from: Int(heads[Self.head(key)]), key) }

  /// The offset after one that has the same key, or -1.
  func next(_ offset: Int, _ key: UInt32) -> Int { next(from: Int(links[offset + 1]), key) }

  private func next(from entry: Int, _ key: UInt32) -> Int {
    var entry = entry
    while entry != 0, keys[entry] != key { entry = Int(links[entry]) }
    return entry - 1
  }

  /// What the phrase at an offset is.
  func kind(_ offset: Int) -> TokenClass { ends.first { offset < $0.0 }?.1 ?? .phrase }

  /// Whether a letter is one of `listed`.
  func lists(_ unit: UInt16) -> Bool {
    var low = 0
    var high = listed.count
    while low < high {
      let middle = (low + high) / 2
      if listed[middle] < unit { low = middle + 1 } else { high = middle }
    }
    return low < listed.count && listed[low] == unit
  }
}
