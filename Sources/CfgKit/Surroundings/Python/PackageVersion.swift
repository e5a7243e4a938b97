import CfgKitDotEnv

/// A version as PEP 440 orders it: `1.2.3`, pre-releases before it, post-releases behind it, development releases first of all.
struct PackageVersion: Sendable {
  /// As it was written.
  let text: String
  /// The numbers between the dots.
  let release: [Int]
  private let epoch: Int
  private let pre: [Int]?
  private let post: Int?
  private let dev: Int?

  /// Reads a version; nil for what is none. A local part behind `+` does not count.
  init?(_ text: some StringProtocol) {
    self.text = String(text)
    var rest = text.lowercased().utf8.prefix { $0 != UInt8(ascii: "+") }[...]
    if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
    guard let first = Self.number(&rest) else { return nil }
    var release = [first]
    if rest.first == UInt8(ascii: "!") {
      rest = rest.dropFirst()
      guard let second = Self.number(&rest) else { return nil }
      (epoch, release) = (first, [second])
    } else {
      epoch = 0
    }
    while rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first, Octet.isDigit(next) {
      rest = rest.dropFirst()
      release.append(Self.number(&rest) ?? 0)
    }
    self.release = release
    var (pre, post, dev): ([Int]?, Int?, Int?)
    while let (word, number) = Self.suffix(&rest) {
      switch word {
      case "a", "alpha": pre = [0, number]
      case "b", "beta": pre = [1, number]
      case "rc", "c", "pre", "preview": pre = [2, number]
      case "post", "rev", "r": post = number
      case "dev": dev = number
      default: return nil
      }
    }
    guard rest.isEmpty else { return nil }
    (self.pre, self.post, self.dev) = (pre, post, dev)
  }

  private static func number(_ rest: inout Substring.UTF8View.SubSequence) -> Int? {
    let digits = rest.prefix(while: Octet.isDigit)
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// `.post1`, `rc2`, `-dev`: a word and its number, 0 if there is none.
  private static func suffix(_ rest: inout Substring.UTF8View.SubSequence) -> (String, Int)? {
    let isMark = { (byte: UInt8) in ".-_".utf8.contains(byte) }
    var tail = rest.drop(while: isMark)
    let word = tail.prefix(while: Octet.isSmallLetter)
    guard !word.isEmpty else { return nil }
    tail = tail.dropFirst(word.count)
    let numbered = tail.drop(while: isMark)
    if let next = numbered.first, Octet.isDigit(next) { tail = numbered }
    let number = number(&tail) ?? 0
    rest = tail
    return (String(decoding: word, as: UTF8.self), number)
  }

  /// The order of PEP 440: epoch, numbers, then dev < a < b < rc < none < post.
  private var rank: [Int] {
    var numbers = release
    while numbers.last == 0 { numbers.removeLast() }
    let stage =
      if let pre { pre } else if post == nil, dev != nil { [-1, 0] } else { [3, 0] }
    return [epoch] + numbers + [Int.min] + stage + [post ?? -1, dev ?? .max]
  }
}

extension PackageVersion: Comparable, Hashable {
  /// By PEP 440; `1.0` and `1.0.0` are the same.
  static func < (left: PackageVersion, right: PackageVersion) -> Bool {
    left.rank.lexicographicallyPrecedes(right.rank)
  }

  /// Whether neither comes before the other.
  static func == (left: PackageVersion, right: PackageVersion) -> Bool { left.rank == right.rank }

  /// Hashes what is compared.
  func hash(into hasher: inout Hasher) { hasher.combine(rank) }
}

extension PackageVersion: CustomStringConvertible, ExpressibleByStringLiteral {
  /// As it was written.
  var description: String { text }

  /// A version of cfgkit's own tables.
  init(stringLiteral text: String) {
    guard let version = PackageVersion(text) else { preconditionFailure("\(text) is no version") }
    self = version
  }
}
