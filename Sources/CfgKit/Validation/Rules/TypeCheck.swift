import CfgKitDotEnv

/// Whether values are of their declared types.
struct TypeCheck: Check {
  let rules: [Rule] = [.booleanSpelling, .typeMismatch, .outOfRange, .ambiguousUnit]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.compactMap { key in
      guard let declaration = key.declaration, let winner = key.winner, !winner.value.isEmpty,
        !project.isBroken(key.key), !Self.isQuoted(winner),
        let problem = winner.value.withBytes({ declaration.type.problem(with: $0) }),
        // An estimate costs more than a look at the type.
        !Self.isRefused(key, winner, project)
      else { return nil }
      return finding(problem, key, winner, project.project)
    }
  }

  /// A secret that is refused as such needs another value; what type the refused one has does not matter.
  private static func isRefused(
    _ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate, _ project: CheckedProject
  ) -> Bool {
    key.isSensitive
      && SecretStrengthCheck.weakness(
        of: winner.value, key.declaration, isProduction: project.project.isProduction)
        != nil
  }

  /// A value with its quotes on is `quoted-value`'s, and nothing else is said of it.
  private static func isQuoted(_ candidate: Resolution.Candidate) -> Bool {
    guard case .environment = candidate.origin else { return false }
    return candidate.value.withBytes(QuotedValueCheck.isQuoted)
  }

  private func finding(
    _ problem: TypeProblem, _ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate, _ project: Project
  ) -> Finding {
    let declared = key.declaration?.location
    let related = declared.map { [Finding.Related(location: $0, message: "declared here")] } ?? []
    let rule: Rule
    var fix: Fix? = .command("cfgkit", "set", key.key)
    var location = key.isSensitive ? winner.origin.location : Self.valuePlace(key.key, winner.origin, project)
    switch problem.kind {
    case .mismatch: rule = .typeMismatch
    case .outOfRange: rule = .outOfRange
    case .unit: rule = .ambiguousUnit
    case .spelling(let text):
      rule = .booleanSpelling
      fix = location.map { .edit([Fix.Edit(location: $0, text: text)], "write \(text)", isSafe: true) }
    }
    if case .environment = winner.origin {
      fix = .manual("set it where the process is started")
      location = nil
    }
    return Finding(
      rule, key: key.key, "\(key.key) \(problem.message)", at: location, related: related, fix: fix)
  }

  /// The place of a value in its file, quotes included.
  private static func valuePlace(_ key: String, _ origin: Origin, _ project: Project) -> Location? {
    guard case .file(let location) = origin,
      let file = project.files.last(where: { $0.shownPath == location.path }),
      let entry = file.lastEntry(for: key)
    else { return origin.location }
    return Location(path: file.shownPath, range: entry.valueRange, in: file.document)
  }
}

extension Rule {
  static let booleanSpelling = Rule(
    "bool-spelling", 303, .warning, "a boolean that many programs read otherwise",
    why:
      "False with a capital is a non-empty text; whoever asks only whether it is empty, or compares with false, takes it as true.",
    example: "DEBUG=False",
    fix: "Write true or false; --fix does.",
    source: "docs.python.org/3/library/stdtypes.html#truth-value-testing")
  static let typeMismatch = Rule(
    "type-mismatch", 304, "a value that is not of its declared type",
    why: "The application would fail where it reads the value, or silently take a default.",
    example: "PORT=http     # the schema has @type=port",
    fix: "Correct the value: cfgkit set KEY; or the type in the schema.",
    source: "cfgkit schema: @type")
  static let outOfRange = Rule(
    "out-of-range", 306, "a value outside the declared bounds",
    why: "The schema says what the application can work with.",
    example: "PORT=80     # the schema has @type=port(min=1024)",
    fix: "Correct the value: cfgkit set KEY; or the bounds in the schema.",
    source: "cfgkit schema: @type")
  static let ambiguousUnit = Rule(
    "ambiguous-unit", 309, .warning, "a number without its unit",
    why: "30 is thirty milliseconds for one library and thirty seconds for the next.",
    example: "TIMEOUT=30",
    fix: "Write the unit: 30s, 10MB.",
    source: "cfgkit schema: duration")
}
