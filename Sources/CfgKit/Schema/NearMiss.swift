import CfgKitDotEnv

/// Names that were probably meant: one edit or transposition, two from 8 characters on, or case alone; a difference in
/// digits is a different name.
package struct NearMiss {
  private let candidates: [Word]

  /// Names of which some may be meant; each is looked at once, however many are asked about.
  init(among candidates: some Sequence<String>) { self.candidates = candidates.map(Word.init) }

  /// The candidate nearest to `name`, or nil if none is near. Of equally near ones the first.
  package static func candidate(for name: String, among candidates: some Sequence<String>) -> String? {
    NearMiss(among: candidates).candidate(for: name)
  }

  /// The candidate nearest to `name`, or nil if none is near. Of equally near ones the first.
  func candidate(for name: String) -> String? {
    // Before any copy is made: what is far from a name may be a secret.
    guard name.utf8.count <= Self.longest + 2 else { return nil }
    let word = Word(name)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates where candidate.text != name {
      guard let distance = Self.distance(word, candidate) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate.text) }
    }
    return best?.candidate
  }

  private static let longest = 128

  /// A name in capitals.
  private struct Word {
    let text: String
    let capitals: [UInt8]
    let digits: [UInt8]
    /// A bit for each kind of byte that stands in it.
    let kinds: UInt64

    init(_ text: String) {
      self.text = text
      capitals = text.utf8.map { Octet.isSmallLetter($0) ? $0 - 0x20 : $0 }
      digits = capitals.filter(Octet.isDigit)
      kinds = capitals.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }
  }

  /// 0 for case alone, else the number of edits, or nil if the two are not near.
  private static func distance(_ left: Word, _ right: Word) -> Int? {
    let (first, second) = (left.capitals, right.capitals)
    let shorter = min(first.count, second.count)
    let allowed = shorter >= 8 ? 2 : 1
    guard first.count <= longest, abs(first.count - second.count) <= allowed else { return nil }
    // One edit changes two kinds at most.
    guard (left.kinds ^ right.kinds).nonzeroBitCount <= 2 * allowed, left.digits == right.digits else {
      return nil
    }
    if first == second { return 0 }
    guard shorter >= 3 else { return nil }
    let edits = transpositionDistance(first, second, allowed)
    return edits <= allowed ? edits : nil
  }

  /// Damerau's distance in which no substring is edited twice (optimal string alignment), or more than `limit`.
  private static func transpositionDistance(_ left: [UInt8], _ right: [UInt8], _ limit: Int) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for row in 1...left.count {
      current[0] = row
      var least = row
      for column in 1...right.count {
        let substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        var cost = min(previous[column] + 1, current[column - 1] + 1, substitution)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforePrevious[column - 2] + 1)
        }
        current[column] = cost
        least = min(least, cost)
      }
      // A transposition goes back two rows, so that one more is looked at.
      if least > limit + 1 { return least }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}
