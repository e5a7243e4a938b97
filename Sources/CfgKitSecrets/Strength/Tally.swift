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

  /// The classes that cover anything.
  var dictionary: [TokenClass: Int] {
    var found: [TokenClass: Int] = [:]
    for kind in TokenClass.allCases where self[kind] > 0 { found[kind] = self[kind] }
    return found
  }
}
