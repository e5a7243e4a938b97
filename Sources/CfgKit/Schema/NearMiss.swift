import CfgKitDotEnv

/// Names that were probably meant: one edit or transposition, two from 8 characters on, or case alone; a difference in
/// digits is a different name.
package enum NearMiss {
  /// The candidate nearest to `name`, or nil if none is near. Of equally near ones the first.
  package static func candidate(for name: String, among candidates: some Sequence<String>) -> String? {
    var best: (distance: Int, candidate: String)?
    for candidate in candidates where candidate != name {
      guard let distance = distance(name, candidate) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// 0 for case alone, else the number of edits, or nil if the two are not near.
  static func distance(_ left: String, _ right: String) -> Int? {
    // Before any copy is made: what is far from a name may be a secret.
    if left.utf8.count > 128 || abs(left.utf8.count - right.utf8.count) > 2 { return nil }
    let first = Array(left.uppercased().utf8)
    let second = Array(right.uppercased().utf8)
    if first == second { return 0 }
    if digits(first) != digits(second) { return nil }
    let allowed = min(first.count, second.count) >= 8 ? 2 : 1
    if abs(first.count - second.count) > allowed || min(first.count, second.count) < 3 { return nil }
    let edits = transpositionDistance(first, second)
    return edits <= allowed ? edits : nil
  }

  private static func digits(_ bytes: [UInt8]) -> [UInt8] {
    bytes.filter(Octet.isDigit)
  }

  /// Damerau's distance in which no substring is edited twice (optimal string alignment).
  private static func transpositionDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row] + [Int](repeating: 0, count: right.count)
      for column in 1...right.count {
        let substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        current[column] = min(previous[column] + 1, current[column - 1] + 1, substitution)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          current[column] = min(current[column], beforePrevious[column - 2] + 1)
        }
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
