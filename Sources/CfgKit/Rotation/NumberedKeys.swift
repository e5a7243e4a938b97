import CfgKitSecrets

/// The numbers that the keys of a list have where each entry carries one, and the next that is free.
///
/// A number is never used twice, not for a key that was dropped either: a reader that caches by number would take one key for
/// another (better-auth).
final class NumberedKeys {
  private var known: [(key: Secret, number: Int)]
  /// The highest number that was ever given; nil if there is none yet.
  private(set) var serial: Int?

  /// - Parameter serial: the highest number that the managed line remembers.
  init(_ known: [(key: Secret, number: Int)], after serial: Int?) {
    self.known = known
    self.serial = (known.map(\.number) + [serial].compactMap(\.self)).max()
  }

  /// The number of a key: the one it has, or a fresh one.
  func number(of key: Secret) -> Int {
    if let found = known.first(where: { $0.key.matches(key) }) { return found.number }
    let number = (serial ?? 0) + 1
    serial = number
    known.append((key, number))
    return number
  }
}
