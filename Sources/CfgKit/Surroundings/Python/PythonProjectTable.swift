/// The requirements in a `pyproject.toml`: PEP 621, dependency groups (PEP 735) and Poetry. Only as much TOML as they need.
enum PythonProjectTable {
  static func requirements(in text: String, path: String) -> [PythonRequirement] {
    var found: [PythonRequirement] = []
    var table = ""
    var isInList = false
    for (index, line) in ProjectFile.lines(of: text).enumerated() {
      let code = line.drop { $0.isWhitespace }
      let place = Location(path: path, line: index + 1, column: line.count - code.count + 1)
      if !isInList, code.first == "[" {
        table = code.prefix { $0 != "#" }.filter { !$0.isWhitespace && $0 != "[" && $0 != "]" }
        continue
      }
      if code.first == "#" || code.isEmpty { continue }
      if isPoetry(table) {
        if let requirement = poetry(code, table, place) { found.append(requirement) }
        continue
      }
      let key = isInList ? "" : code.prefix { PackageName.isPart($0) || $0 == "\"" }.filter { $0 != "\"" }
      guard isInList || holdsRequirements(table, String(key)) else { continue }
      let value = isInList ? code : code.drop { $0 != "=" }.dropFirst()
      for text in quoted(value) {
        guard var requirement = PythonRequirement(text, location: place) else { continue }
        requirement.isOptional = table != "project"
        found.append(requirement)
      }
      isInList = (isInList || value.contains("[")) && !closesList(value)
    }
    return found
  }

  /// The text of `key = "text"`, or nil if the line is no such one.
  static func text(of key: String, in line: Substring) -> Substring? {
    guard line.hasPrefix(key) else { return nil }
    let rest = line.dropFirst(key.count).drop { $0.isWhitespace }
    return rest.first == "=" ? quoted(rest).first : nil
  }

  private static func holdsRequirements(_ table: String, _ key: String) -> Bool {
    switch table {
    case "project": key == "dependencies"
    case "project.optional-dependencies", "dependency-groups": true
    default: false
    }
  }

  private static func isPoetry(_ table: String) -> Bool {
    table.hasPrefix("tool.poetry.") && table.hasSuffix("dependencies")
  }

  private static func poetry(_ line: Substring, _ table: String, _ place: Location) -> PythonRequirement? {
    let name = line.prefix(while: PackageName.isPart)
    guard !name.isEmpty, name.lowercased() != "python" else { return nil }
    let value = line.drop { $0 != "=" }.dropFirst().drop { $0.isWhitespace }
    var range = quoted(value).first ?? "*"
    if value.first == "{" {
      range = value.split(separator: "version").dropFirst().first.flatMap { quoted($0[...]).first } ?? "*"
    }
    var requirement = PythonRequirement(name: name, range: range, location: place)
    requirement?.isOptional = table != "tool.poetry.dependencies"
    return requirement
  }

  /// The texts between quotes, before a comment.
  private static func quoted(_ text: Substring) -> [Substring] {
    var found: [Substring] = []
    var index = text.startIndex
    while index < text.endIndex, text[index] != "#" {
      let quote = text[index]
      guard quote == "\"" || quote == "'" else {
        index = text.index(after: index)
        continue
      }
      let start = text.index(after: index)
      guard let end = text[start...].firstIndex(of: quote) else { break }
      found.append(text[start..<end])
      index = text.index(after: end)
    }
    return found
  }

  /// Whether the list ends here; brackets inside of quotes are extras.
  private static func closesList(_ text: Substring) -> Bool {
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "]" {
        return true
      } else if character == "#" {
        return false
      }
    }
    return false
  }
}
