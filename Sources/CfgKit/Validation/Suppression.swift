import CfgKitDotEnv

/// `# cfgkit: ignore=RULE -- reason` on the line above a key in a `.env`.
struct Suppression: Sendable {
  let rules: [String]
  let hasReason: Bool
  /// The key below it, or nil if there is none.
  let key: String?
  let location: Location

  /// Those of a file.
  static func all(in file: SourceFile) -> [Suppression] {
    let lines = Array(file.document.lines)
    let entries = Array(file.document.entries)
    var found: [Suppression] = []
    for (index, line) in lines.enumerated() where line.kind == .comment {
      guard let comment = file.document.comment(of: line, holding: "cfgkit:"),
        let rules = ignoredRules(comment)
      else { continue }
      let below = lines.dropFirst(index + 1).first { $0.kind != .comment }
      let key = below?.entryIndex.map { file.document.key(of: entries[$0]) }
      let location = Location(path: file.shownPath, range: line.range, in: file.document)
      found.append(
        Suppression(rules: rules, hasReason: comment.contains(" -- "), key: key, location: location))
    }
    return found
  }

  private static func ignoredRules(_ comment: String) -> [String]? {
    guard
      case .decorators(_, let pragmas)? = try? DecoratorParser.parse(String(comment.prefix(before: " -- ")))
    else {
      return nil
    }
    let names = pragmas.filter { $0.name == "ignore" }.flatMap { ($0.value ?? "").split(separator: ",") }
    return names.isEmpty ? nil : names.map(String.init)
  }

  func covers(_ finding: Finding) -> Bool {
    Self.allows(finding.rule) && hasReason && finding.location?.path == location.path && finding.key == key
      && key != nil
      && (rules.contains(finding.rule.id) || rules.contains(finding.rule.code))
  }

  /// What makes a value unreadable cannot be suppressed.
  private static func allows(_ rule: Rule) -> Bool { rule.number >= 125 || rule.severity != .error }
}

extension String {
  /// The part before the first occurrence of a text, or all of it.
  func prefix(before text: String) -> Substring {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return self[..<index] }
      formIndex(after: &index)
    }
    return self[...]
  }
}
