/// What docker leaves out of a build's context (.dockerignore; docs.docker.com/build/concepts/context).
struct DockerIgnore: Sendable {
  private let rules: [(pattern: PathPattern, isNegated: Bool)]

  /// The rules of a file's text; without a file nothing is left out.
  init(_ text: String?) {
    rules = ProjectFile.lines(of: text ?? "").compactMap { line in
      var text = Self.trimmed(line)
      guard let first = text.first, first != "#" else { return nil }
      let isNegated = first == "!"
      if isNegated { text = text.dropFirst() }
      return (PathPattern(text), isNegated)
    }
  }

  /// Whether the file is left out; `names` are the parts of its path below the context.
  func ignores(_ names: [String]) -> Bool {
    rules.last { rule in names.indices.contains { rule.pattern.matches(names[...$0].map { $0 }) } }
      .map { !$0.isNegated } ?? false
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop { $0 == " " || $0 == "\t" }
    return start[
      ..<(start.lastIndex { $0 != " " && $0 != "\t" }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}
