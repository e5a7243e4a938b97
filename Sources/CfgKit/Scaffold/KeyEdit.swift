package import CfgKitDotEnv
package import CfgKitSecrets
package import SystemPackage

/// One change of one key in one file: where it goes, and the check before it.
package struct KeyEdit: Sendable {
  /// A change that would leave the key invalid. Nothing was written.
  package struct Refusal: Error, Sendable {
    /// What is wrong with the value.
    package let findings: [Finding]
    /// The project as it would have been, for excerpts.
    package let files: [SourceFile]
  }

  /// The key.
  package let key: String
  /// The file.
  package let path: FilePath
  /// The file, as people see it.
  package let shownPath: String
  private let project: Project
  private let store: FileStore

  /// Chooses the file: the last one that was named; else the highest that holds the key; else the project's `.env`.
  package init(of key: String, in project: Project, breaksHardLinks: Bool = false) throws(ScaffoldError) {
    self.key = key
    self.project = project
    if let named = project.options.files.last {
      guard named != "-" else {
        throw ScaffoldError(.usage, "standard input cannot be edited; name a file with --file")
      }
      path = named
    } else {
      let holder = project.files.last { $0.lastEntry(for: key) != nil }
      path = holder?.path ?? project.root.appending(".env")
    }
    shownPath = ShownPath.of(path)
    store = FileStore(path, breaksHardLinks: breaksHardLinks)
  }

  /// Writes a value, beside the key's schema neighbours if it is new. Throws `Refusal` for a value that is not valid,
  /// `EditError` for a file that cannot be edited, or the store's error; then nothing is written.
  package func set(_ value: Secret) throws -> EditResult {
    try store.update(createIfAbsent: true, mode: 0o600) { document in
      let placement = SchemaNeighbours(of: document, in: project.schema).placement(of: key)
      let result = try value.withBytes { bytes in try document.set(key, to: bytes, at: placement) }
      try check(document)
      return result
    }
  }

  /// The finding that says who will misread what was written; nil if most readers read it alike.
  package func warning(about result: EditResult) -> Finding? {
    guard !result.disagreements.isEmpty else { return nil }
    let readers = Dialect.allCases.filter { dialect in
      result.disagreements.contains { $0.dialects.contains(dialect) }
    }
    return Finding(
      Rule(syntax: .ambiguousValue), key: key,
      "\(key) holds what no spelling carries to every reader; these read it otherwise: "
        + readers.map(\.rawValue).joined(separator: ", "),
      at: Location(path: shownPath, result.position), disagreements: result.disagreements,
      fix: .manual("a value without quotes, backslashes or line ends, such as base64url"))
  }

  /// Takes out all lines of the key; gives how many.
  package func remove() throws -> Int {
    guard try ProjectSearch.exists(path) else { return 0 }
    return try store.update(createIfAbsent: false, mode: 0o600) { document in
      try document.remove(key)
    }
  }

  /// The findings that the new value would cause, as if no other layer hid it.
  private func check(_ document: Document) throws {
    let changed = try unhidden().replacing(path, with: document)
    let findings = changed.validate(ValidationOptions(keys: [key])).findings.filter { finding in
      // What is said of the file as a whole (its mode, git) is no reason to refuse a value.
      finding.severity == .error && finding.rule.number / 100 != 4
    }
    if !findings.isEmpty { throw Refusal(findings: findings, files: changed.files) }
  }

  /// The project without the key in its environment. Conditions ask about other keys, and never about secrets.
  private func unhidden() throws(ProjectError) -> Project {
    var options = project.options
    guard options.environment.withVariable(key, { _ in }) else { return project }
    var variables: [String: String] = [:]
    let asked =
      project.resolution.keys.filter { project.resolution[$0]?.isSensitive == false } + ["CFGKIT_ENV"]
    for name in asked where name != key { variables[name] = options.environment.text(name) }
    options.environment = .made(variables)
    return try Project.load(options)
  }
}
