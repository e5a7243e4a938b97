/// Which versions a requirement allows: the clauses of PEP 440 (`>=2.3,<3`), and Poetry's `^` and `~`.
struct VersionRange: Sendable, Hashable {
  private enum Comparison: String {
    case equal = "==", notEqual = "!=", atLeast = ">=", atMost = "<=", above = ">", below = "<"
    case compatible = "~="
    case arbitrary = "==="
  }

  private struct Clause: Hashable {
    let comparison: Comparison
    let version: PackageVersion
    /// Whether `.*` stands behind it.
    let isPrefix: Bool
  }

  private let clauses: [Clause]
  /// As it was written, without blanks.
  let text: String

  /// Every version.
  static let any = VersionRange(clauses: [], text: "")

  private init(clauses: [Clause], text: String) {
    self.clauses = clauses
    self.text = text
  }

  /// Reads clauses; nil for what is no range.
  init?(_ text: some StringProtocol) {
    let plain = String(text.filter { !$0.isWhitespace && $0 != "(" && $0 != ")" })
    self.text = plain
    var clauses: [Clause] = []
    for part in plain.split(separator: ",") {
      guard let some = Self.clauses(part) else { return nil }
      clauses += some
    }
    self.clauses = clauses
  }

  private static func clauses(_ text: Substring) -> [Clause]? {
    if text == "*" { return [] }
    if text.hasPrefix("^") || (text.hasPrefix("~") && !text.hasPrefix("~=")) {
      guard let version = PackageVersion(text.dropFirst()) else { return nil }
      return poetry(version, isCaret: text.hasPrefix("^"))
    }
    let sign = text.prefix { "<>=!~".contains($0) }
    guard let comparison = Comparison(rawValue: sign.isEmpty ? "==" : String(sign)) else { return nil }
    var rest = text.dropFirst(sign.count)
    let isPrefix = rest.hasSuffix(".*")
    if isPrefix { rest = rest.dropLast(2) }
    guard let version = PackageVersion(rest) else { return nil }
    return [Clause(comparison: comparison, version: version, isPrefix: isPrefix)]
  }

  /// `^1.2` up to the next change of the first number that is not 0; `~1.2` up to the next 1.3.
  private static func poetry(_ version: PackageVersion, isCaret: Bool) -> [Clause]? {
    let numbers = version.release
    var index = isCaret ? numbers.firstIndex { $0 != 0 } ?? numbers.count - 1 : min(1, numbers.count - 1)
    index = min(index, numbers.count - 1)
    var upper = Array(numbers[...index])
    upper[index] = upper[index] &+ 1
    guard let limit = PackageVersion(upper.map(String.init).joined(separator: ".")) else { return nil }
    return [
      Clause(comparison: .atLeast, version: version, isPrefix: false),
      Clause(comparison: .below, version: limit, isPrefix: false),
    ]
  }

  /// Whether it allows a version.
  func contains(_ version: PackageVersion) -> Bool {
    clauses.allSatisfy { clause in
      switch clause.comparison {
      case .equal, .arbitrary:
        clause.isPrefix ? Self.has(version, prefix: clause.version) : version == clause.version
      case .notEqual: clause.isPrefix ? !Self.has(version, prefix: clause.version) : version != clause.version
      case .atLeast: version >= clause.version
      case .atMost: version <= clause.version
      case .above: version > clause.version
      case .below: version < clause.version
      case .compatible:
        version >= clause.version
          && Self.has(version, prefix: clause.version, count: clause.version.release.count - 1)
      }
    }
  }

  private static func has(_ version: PackageVersion, prefix: PackageVersion, count: Int? = nil) -> Bool {
    (0..<(count ?? prefix.release.count)).allSatisfy { index in
      (version.release.indices.contains(index) ? version.release[index] : 0) == prefix.release[index]
    }
  }

  /// The one version that it allows, or nil if it allows more.
  var pinned: PackageVersion? {
    clauses.first { ($0.comparison == .equal || $0.comparison == .arbitrary) && !$0.isPrefix }?.version
  }
}

extension VersionRange: CustomStringConvertible {
  /// The clauses, or `any version`.
  var description: String { clauses.isEmpty ? "any version" : text }
}
