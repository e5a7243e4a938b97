/// A pattern of paths as ignore files write them: `*` and `?` within a name, `[…]`, and `**` for any number of folders.
struct PathPattern: Sendable {
  /// One part of a path.
  private enum Part: Sendable {
    /// `**`
    case folders
    case name([Element])
  }

  /// One piece of a name.
  private enum Element: Sendable {
    /// `*`
    case anything
    /// `?`
    case one
    case character(Character)
    case set([ClosedRange<Character>], isNegated: Bool)
  }

  private let parts: [Part]

  /// The pattern; its parts are separated by `/`.
  init(_ text: some StringProtocol) {
    parts = text.split(separator: "/").map {
      $0 == "**" ? .folders : .name(Self.elements(of: String($0)[...]))
    }
  }

  /// The same pattern at any depth.
  var atAnyDepth: PathPattern { PathPattern(parts: [.folders] + parts) }

  private init(parts: [Part]) { self.parts = parts }

  /// Whether the whole path matches, `a/b/c` as its parts.
  func matches(_ path: [String]) -> Bool {
    // `folder/**` is what lies in the folder, and not the folder itself.
    if case .folders? = parts.last, path.count < parts.count { return false }
    return Self.matches(
      parts, path.map(Array.init), isStar: { if case .folders = $0 { true } else { false } }
    ) {
      part, name in
      guard case .name(let elements) = part else { return false }
      return Self.matches(
        elements, name, isStar: { if case .anything = $0 { true } else { false } }, Self.matches)
    }
  }

  private static func matches(_ element: Element, _ character: Character) -> Bool {
    switch element {
    case .anything: false
    case .one: true
    case .character(let wanted): wanted == character
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
    }
  }

  /// On a mismatch the last star takes one more, so that time is bounded by the product of the lengths.
  private static func matches<Piece, Subject>(
    _ pattern: [Piece], _ subject: [Subject], isStar: (Piece) -> Bool, _ isMatch: (Piece, Subject) -> Bool
  ) -> Bool {
    var (piece, place) = (0, 0)
    var star: (piece: Int, place: Int)?
    while true {
      if piece < pattern.count, isStar(pattern[piece]) {
        piece += 1
        star = (piece, place)
      } else if piece < pattern.count, place < subject.count, isMatch(pattern[piece], subject[place]) {
        piece += 1
        place += 1
      } else if piece == pattern.count, place == subject.count {
        return true
      } else if let last = star, last.place < subject.count {
        star = (last.piece, last.place + 1)
        piece = last.piece
        place = last.place + 1
      } else {
        return false
      }
    }
  }

  private static func elements(of name: Substring) -> [Element] {
    var rest = name
    var elements: [Element] = []
    while let first = rest.popFirst() {
      switch first {
      case "*": elements.append(.anything)
      case "?": elements.append(.one)
      case "\\": elements.append(.character(rest.popFirst() ?? "\\"))
      case "[":
        guard let close = rest.dropFirst().firstIndex(of: "]") else {
          elements.append(.character("["))
          continue
        }
        elements.append(set(rest[..<close]))
        rest = rest[rest.index(after: close)...]
      default: elements.append(.character(first))
      }
    }
    return elements
  }

  private static func set(_ text: Substring) -> Element {
    var rest = text
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let low = rest.popFirst() {
      if rest.first == "-", let high = rest.dropFirst().first {
        rest = rest.dropFirst(2)
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    return .set(ranges, isNegated: isNegated)
  }
}
