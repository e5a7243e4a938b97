import CfgKitDotEnv

/// Whether every key of a file is declared.
struct UnknownKeyCheck: Check {
  let rules: [Rule] = [.unknownKey]

  func findings(in project: CheckedProject) -> [Finding] {
    guard !project.schema.isEmpty else { return [] }
    let undeclared = project.resolution.all.filter { !$0.isDeclared && !project.isKnown($0.key) }
    let unknown = Set(undeclared.map(\.key))
    guard !unknown.isEmpty else { return [] }
    let declared = NearMiss(among: project.schema.declarations.map(\.key))
    let managed = Set(project.schema.declarations.flatMap { $0.rotation?.keyNames(of: $0.key) ?? [] })
    return project.project.files.flatMap { file in
      file.document.entries.compactMap { entry -> Finding? in
        let key = file.document.key(of: entry)
        guard unknown.contains(key), !managed.contains(key) else { return nil }
        return finding(key, entry, in: file, declared: declared, project)
      }
    }
  }

  private func finding(
    _ key: String, _ entry: Entry, in file: SourceFile, declared: NearMiss, _ project: CheckedProject
  ) -> Finding {
    let schema = project.project.shownSchemaPath ?? "the schema"
    let place = file.place(of: entry)
    if let meant = declared.candidate(for: key) {
      return Finding(
        .unknownKey, severity: .error, key: key, "\(key) is not in \(schema); did you mean \(meant)?",
        at: place,
        fix: fix(instead: meant, of: entry, in: file, project))
    }
    // A name that may be a secret pasted to the left of `=` is known by its line only.
    guard KeyName.isShowable(key) else {
      return Finding(.unknownKey, "the key on line \(entry.lineNumber) is not in \(schema)", at: place)
    }
    return Finding(
      .unknownKey, key: key, "\(key) is not in \(schema)", at: place,
      fix: .manual("declare it in \(schema), or remove it: cfgkit unset \(key)"))
  }

  /// The misspelt line is dead if the right key has its own; else it is the one to rename.
  private func fix(instead meant: String, of entry: Entry, in file: SourceFile, _ project: CheckedProject)
    -> Fix
  {
    project.resolution[meant]?.winner == nil
      ? .manual("rename it to \(meant) on line \(entry.lineNumber)")
      : .manual("delete line \(entry.lineNumber)")
  }
}

extension Rule {
  static let unknownKey = Rule(
    "unknown-key", 302, .warning, "a key that the schema does not declare",
    why:
      "Nothing reads it, or nobody knows what it must be. One that is nearly a declared key is a spelling mistake, and an error.",
    example: "SECRECT_KEY=…     # the schema has SECRET_KEY",
    fix: "Declare it in the schema, correct its spelling, or remove it: cfgkit unset KEY.",
    source: "cfgkit schema")
}
