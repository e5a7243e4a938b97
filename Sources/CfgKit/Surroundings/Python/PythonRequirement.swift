/// One requirement as Python projects and packages write it (PEP 508): `Flask-Session[redis]>=0.8,<1; python_version < "3.13"`.
struct PythonRequirement: Sendable, Hashable {
  /// The name as it was written.
  let writtenName: String
  /// The versions it allows.
  let range: VersionRange
  /// When it holds; nil for always.
  let marker: EnvironmentMarker?
  /// Where it stands; nil for the metadata of a package.
  var location: Location?
  /// Whether the project runs without it: development tools, extras.
  var isOptional = false

  /// The name as PEP 503 normalises it.
  var name: String { PackageName.normalised(writtenName) }

  /// Reads a requirement; nil for what is none, such as an address or an option of pip.
  init?(_ text: some StringProtocol, location: Location? = nil) {
    let parts = text.split(separator: ";", maxSplits: 1)
    guard let head = parts.first?.drop(while: { $0.isWhitespace }) else { return nil }
    let name = head.prefix(while: PackageName.isPart)
    guard let first = name.first, first.isLetter || first.isNumber else { return nil }
    var rest = head.dropFirst(name.count).drop { $0.isWhitespace }
    if rest.first == "[" {
      guard let close = rest.firstIndex(of: "]") else { return nil }
      rest = rest[rest.index(after: close)...].drop { $0.isWhitespace }
    }
    // An address says where, not which version.
    if rest.first == "@" { rest = "" }
    guard let range = VersionRange(rest) else { return nil }
    writtenName = String(name)
    self.range = range
    self.location = location
    marker = parts.count > 1 ? EnvironmentMarker(parts[1]) : nil
  }

  /// A requirement of a table whose keys are names, as Poetry writes them.
  init?(name: Substring, range: some StringProtocol, location: Location) {
    guard let range = VersionRange(range) else { return nil }
    writtenName = String(name)
    self.range = range
    self.location = location
    marker = nil
  }

  /// Whether it holds for a Python of this version. Of what is not known here, platforms and extras, it is taken that it does not.
  func applies(to python: PackageVersion?) -> Bool { marker?.holds(for: python) ?? true }
}

/// The names of packages.
enum PackageName {
  /// As PEP 503 normalises them: lower case, runs of `-_.` as one `-`.
  static func normalised(_ name: some StringProtocol) -> String {
    name.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "." }).joined(separator: "-")
  }

  /// Whether a character may stand in a name.
  static func isPart(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || character == "-" || character == "_"
        || character == ".")
  }
}

/// When a requirement holds, as far as cfgkit can tell: comparisons of Python's version, joined by `and` and `or`.
struct EnvironmentMarker: Sendable, Hashable {
  private let alternatives: [[Substring]]

  init(_ text: some StringProtocol) {
    let plain = text.map { $0 == "(" || $0 == ")" ? " " : String($0) }.joined()
    alternatives = Self.split(plain[...], at: "or").map { Self.split($0, at: "and") }
  }

  private static func split(_ text: Substring, at word: Substring) -> [Substring] {
    var parts: [[Substring]] = [[]]
    for piece in text.split(whereSeparator: \.isWhitespace) {
      if piece == word { parts.append([]) } else { parts[parts.count - 1].append(piece) }
    }
    return parts.map { Substring($0.joined(separator: " ")) }
  }

  func holds(for python: PackageVersion?) -> Bool {
    alternatives.contains { $0.allSatisfy { Self.holds($0, python) } }
  }

  private static func holds(_ comparison: Substring, _ python: PackageVersion?) -> Bool {
    guard let python, comparison.hasPrefix("python_version") || comparison.hasPrefix("python_full_version")
    else { return false }
    let rest = comparison.drop { $0.isLetter || $0 == "_" }.filter { $0 != "\"" && $0 != "'" }
    guard let range = VersionRange(rest) else { return false }
    // python_version has two numbers, whatever the interpreter's third is.
    let short = python.release.prefix(2).map(String.init).joined(separator: ".")
    return range.contains(comparison.hasPrefix("python_version") ? PackageVersion(short) ?? python : python)
  }
}
