/// How many characters of a value each class of token covers, and the reasons that this gives.
struct Tally: Sendable, Equatable {
  private var counts = SIMD32<Int32>()
  private(set) var reasons: ReasonSet = []

  subscript(_ kind: TokenClass) -> Int { Int(counts[Int(kind.rawValue)]) }

  mutating func add(_ kind: TokenClass, _ count: Int) {
    counts[Int(kind.rawValue)] += Int32(truncatingIfNeeded: count)
    reasons.formUnion(kind.reason)
  }

  /// Adds a reason that no character of its own stands for.
  mutating func add(_ reason: ReasonSet) { reasons.formUnion(reason) }

  /// All characters in one class.
  init(_ kind: TokenClass, _ count: Int) { add(kind, count) }
  init() {}

  /// The parts of the cheapest way through a text. Signs beside a placeholder's words are the placeholder's.
  init(_ path: ShortestPath) {
    var separators = 0
    path.forEachPart { kind, range in
      if kind == .separator { separators += range.count } else { add(kind, range.count) }
    }
    add(self[.placeholder] > 0 ? .placeholder : .separator, separators)
  }

  /// Whether half of the characters or more ask to be replaced or resolved.
  func isPlaceholder(of count: Int) -> Bool {
    2 * (self[.placeholder] + self[.reference]) >= count && count > 0
  }

  /// Counts plain words as a placeholder's where such words make up half of the value or more.
  mutating func nameWords(of bytes: UnsafeRawBufferPointer) {
    let covered = unsafe PlaceholderWords.coverage(of: bytes)
    guard 2 * covered >= bytes.count, !isPlaceholder(of: bytes.count) else { return }
    var missing = covered - self[.placeholder]
    for kind in [TokenClass.text, .word, .phrase, .separator] where missing > 0 {
      let moved = min(missing, self[kind])
      if moved == 0 { continue }
      add(kind, -moved)
      add(.placeholder, moved)
      if self[kind] == 0 { reasons.subtract(kind.reason) }
      missing -= moved
    }
  }

  /// The classes that cover anything.
  var dictionary: [TokenClass: Int] {
    var found: [TokenClass: Int] = [:]
    for kind in TokenClass.allCases where self[kind] > 0 { found[kind] = self[kind] }
    return found
  }
}
