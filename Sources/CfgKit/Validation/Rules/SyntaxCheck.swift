import CfgKitDotEnv

/// Turns the diagnostics of the `.env` files into findings, one rule for each id.
struct SyntaxCheck: Check {
  let rules = Diagnostic.ID.allCases.map(Rule.init(syntax:)) + [.unlisted]

  func findings(in project: CheckedProject) -> [Finding] {
    project.project.files.flatMap { file in findings(in: file, of: project) }
  }

  /// What is said of a file that has more wrong than is listed: an error, if there may be one among it.
  private func unlisted(_ file: SourceFile) -> Finding? {
    let (reading, count) = (file.reading, file.reading.uncountedDiagnostics)
    guard count > 0 else { return nil }
    // A key that is set twice is a warning to a reader, and an error here.
    let isError = reading.hasErrors || reading.keyCount < file.document.entries.count
    return Finding(
      .unlisted, severity: isError ? .error : .warning,
      "\(file.shownPath) has \(count) more \(count == 1 ? "problem than is" : "problems than are") listed",
      at: Location(path: file.shownPath),
      fix: .manual("correct these, and validate again"))
  }

  private func findings(in file: SourceFile, of project: CheckedProject) -> [Finding] {
    let diagnostics = file.reading.diagnostics
    if diagnostics.isEmpty { return [] }
    let entries = file.document.entries
    let listed = diagnostics.map { diagnostic in
      let entry = diagnostic.entryIndex.map { entries[$0] }
      let key = entry.map { file.document.key(of: $0) }
      let severity = severity(of: diagnostic)
      return Finding(
        Rule(syntax: diagnostic.id), severity: severity, key: key, message(diagnostic, key, file, entries),
        at: location(diagnostic, entry, key, file, project),
        related: diagnostic.related.map { related in
          Finding.Related(
            location: Location(path: file.shownPath, related.position), message: related.note.rawValue)
        },
        disagreements: diagnostic.disagreements, fix: fix(diagnostic, key, file, project))
    }
    return unlisted(file).map { listed + [$0] } ?? listed
  }

  /// As the reading says; a key set twice is always an error here.
  private func severity(of diagnostic: Diagnostic) -> Severity {
    if diagnostic.id == .duplicateKey { return .error }
    return diagnostic.severity == .error ? .error : .warning
  }

  private func message(_ diagnostic: Diagnostic, _ key: String?, _ file: SourceFile, _ entries: [Entry])
    -> String
  {
    if diagnostic.id == .duplicateKey, let key, let earlier = diagnostic.related.first {
      return "\(key) is set again; line \(earlier.position.line) has no effect"
    }
    return key.map(diagnostic.message(about:)) ?? diagnostic.message
  }

  /// A secret's finding points at its key or at the first byte behind `=`, never into the value.
  private func location(
    _ diagnostic: Diagnostic, _ entry: Entry?, _ key: String?, _ file: SourceFile, _ project: CheckedProject
  ) -> Location {
    guard let entry, let key, diagnostic.range.lowerBound > entry.valueRange.lowerBound else {
      return Location(path: file.shownPath, diagnostic.position)
    }
    let isSensitive = project.resolution[key]?.isSensitive ?? Sensitivity.isInferred(fromName: key)
    return isSensitive ? file.place(of: entry) : Location(path: file.shownPath, diagnostic.position)
  }

  private func fix(_ diagnostic: Diagnostic, _ key: String?, _ file: SourceFile, _ project: CheckedProject)
    -> Fix?
  {
    switch diagnostic.id {
    case .unterminatedQuote: .manual("close it; until then no verb edits this file")
    case .duplicateKey: diagnostic.related.first.map { removal(of: $0, key, file, project) }
    case .hashInUnquoted, .valueStartsWithHash, .unbracedDollar, .undefinedVariable, .commandSubstitution,
      .trailingBackslash, .escapeInUnquoted, .backtickQuote, .unknownEscape, .invisibleCharacter,
      .badExpansion,
      .unterminatedExpansion, .textAfterQuote:
      key.map { .command("cfgkit", "set", $0) }
    case .ambiguousValue where diagnostic.fixIt == nil:
      .manual("start the program with cfgkit run, which gives it this value")
    case .ambiguousValue: .command("cfgkit", "fmt")
    case .spaceAroundEquals, .unquotedSpace, .hashAfterQuote, .literalDollar: .safeCommand("cfgkit", "fmt")
    case .missingEquals: .manual("write = behind the key, or # before it")
    case .colonSeparator: .manual("write = instead of :")
    case .badKey: .manual("write KEY=value, or # before the line")
    case .utf16: .manual("save the file as UTF-8")
    case .invalidUTF8, .nulByte: .manual("save the file as UTF-8 text")
    case .requiredVariable:
      .manual("set the variable that it asks for, before this line or in the environment")
    default: nil
    }
  }
}

extension SyntaxCheck {
  /// The earlier line has no effect, so that it may go; but a secret is never deleted without a person.
  private func removal(
    of place: RelatedPlace, _ key: String?, _ file: SourceFile, _ project: CheckedProject
  ) -> Fix {
    let summary = "delete line \(place.position.line)"
    guard let key, project.resolution[key]?.isSensitive == false, !isReferredTo(key, file),
      let line = file.document.lines.first(where: { $0.number == place.position.line }), line.kind == .entry
    else { return .manual(summary) }
    let end = file.document.position(at: line.range.upperBound)
    let location = Location(
      path: file.shownPath, line: line.number, column: 1, endLine: end.line + 1, endColumn: 1)
    return .edit([Fix.Edit(location: location, text: "")], summary, isSafe: true)
  }

  /// Whether some value may expand the key, so that its earlier line has an effect after all.
  private func isReferredTo(_ key: String, _ file: SourceFile) -> Bool {
    file.document.withBytes { bytes in bytes.contains("${" + key) || bytes.contains("$" + key) }
  }
}

extension Rule {
  static let unlisted = Rule(
    "unlisted", 132, "a file with more wrong than is listed",
    why:
      "Of one file 1,000 problems are listed. What stands behind them may be an error, so it counts as one where it may be.",
    example: "$ cfgkit -f database.dump validate", fix: "Correct what is listed, and validate again.",
    source: "cfgkit dotenv: the first 1,000 diagnostics are kept, the rest counted")

  /// The rule of a diagnostic; codes count up from CFG101 in the order of the enumeration.
  init(syntax id: Diagnostic.ID) {
    let index = Diagnostic.ID.allCases.firstIndex(of: id) ?? 0
    let page = SyntaxPages.page(of: id)
    self.init(
      id.rawValue, 101 + index, SyntaxPages.isAlwaysWarning(id) ? .warning : .error, page.summary,
      why: page.reason, example: SyntaxExamples.example(of: id), fix: page.remedy,
      source: SyntaxExamples.source(of: id))
  }
}
