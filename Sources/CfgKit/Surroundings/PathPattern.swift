/// A pattern of paths as ignore files write them: `*` and `?` within a name, `[…]`, and `**` for any number of folders.
struct PathPattern: Sendable {
  private let segments: [[Character]]

  /// The pattern; its parts are separated by `/`.
  init(_ text: some StringProtocol) {
    segments = text.split(separator: "/").map { Array($0) }
  }

  /// The same pattern at any depth.
  var atAnyDepth: PathPattern { PathPattern(segments: [Array("**")] + segments) }

  private init(segments: [[Character]]) { self.segments = segments }

  /// Whether the whole path matches, `a/b/c` as its parts.
  func matches(_ path: some Collection<String>) -> Bool {
    matches(segments[...], path.map(Array.init)[...])
  }

  private func matches(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
    var pattern = pattern
    var path = path
    while let first = pattern.first {
      if first == Array("**") {
        pattern = pattern.dropFirst()
        if pattern.isEmpty { return !path.isEmpty }
        return path.indices.contains { matches(pattern, path[$0...]) }
      }
      guard let name = path.first, Self.matches(first[...], name[...]) else { return false }
      pattern = pattern.dropFirst()
      path = path.dropFirst()
    }
    return path.isEmpty
  }

  /// One name against one part: on a mismatch the last `*` takes one character more, so that time is bounded by the product.
  private static func matches(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
    var pattern = pattern
    var name = name
    var star: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
    while true {
      if pattern.first == "*" {
        star = (pattern.dropFirst(), name)
        pattern = pattern.dropFirst()
      } else if let character = name.first, let rest = taking(character, from: pattern) {
        pattern = rest
        name = name.dropFirst()
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let last = star, !last.name.isEmpty {
        star = (last.pattern, last.name.dropFirst())
        pattern = last.pattern
        name = last.name.dropFirst()
      } else {
        return false
      }
    }
  }

  /// What is left of the pattern if its first element matches the character; nil if it does not.
  private static func taking(_ character: Character, from pattern: ArraySlice<Character>) -> ArraySlice<
    Character
  >? {
    guard let first = pattern.first else { return nil }
    let rest = pattern.dropFirst()
    switch first {
    case "?": return rest
    case "\\":
      guard let escaped = rest.first, escaped == character else { return nil }
      return rest.dropFirst()
    case "[":
      guard let close = rest.dropFirst().firstIndex(of: "]") else { return character == "[" ? rest : nil }
      return contains(character, rest[rest.startIndex..<close]) ? rest[(close + 1)...] : nil
    default: return first == character ? rest : nil
    }
  }

  private static func contains(_ character: Character, _ set: ArraySlice<Character>) -> Bool {
    var set = set
    let isNegated = set.first == "!" || set.first == "^"
    if isNegated { set = set.dropFirst() }
    var isFound = false
    while let low = set.popFirst() {
      if set.first == "-", let high = set.dropFirst().first {
        set = set.dropFirst(2)
        if low <= high, (low...high).contains(character) { isFound = true }
      } else if low == character {
        isFound = true
      }
    }
    return isFound != isNegated
  }
}
