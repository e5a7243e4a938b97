package import CfgKitDotEnv
package import CfgKitSecrets

/// One change of one key in one document: where it goes, and the check before it.
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
  /// What is changed: a file, or the document of a store.
  package let store: any DocumentStore
  private let project: Project

  /// Chooses where; see `Project.store(holding:)`.
  package init(of key: String, in project: Project) throws(ScaffoldError) {
    guard let store = project.store(holding: key) else {
      throw ScaffoldError(.usage, "standard input cannot be edited; name a file with --file")
    }
    self.key = key
    self.project = project
    self.store = store
  }

  /// The file or the store, as people see it.
  package var shownPath: String { store.name }

  /// What a value was written in the place of.
  package struct Written: Sendable {
    /// The entry.
    package let entry: EditResult
    /// Whether a key that signs was replaced, and what it signed is accepted no more.
    package let dropsKey: Bool
  }

  /// Writes a value, beside the key's schema neighbours if it is new. Throws `Refusal` for a value that is not valid, `RotationRefusal`
  /// for a key that was retired or compromised and for one that a rotation under way needs, `EditError` for a file that cannot be edited,
  /// or the store's error; then nothing is written.
  package func set(_ value: Secret) async throws -> Written {
    try await store.update(as: OperationID(), createIfAbsent: true) { document in
      let placement = SchemaNeighbours(of: document, in: project.schema).placement(of: key)
      let before = document
      let result = try value.withBytes { bytes in try document.set(key, to: bytes, at: placement) }
      try project.expectSafeRings(of: document, after: before)
      try check(document)
      return Written(entry: result, dropsKey: project.replacesKey(key, in: document, after: before))
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

  /// Takes out all lines of the key, and what cfgkit keeps or is told above them, which would be said of the next key; gives how many.
  package func remove() async throws -> Int {
    do {
      return try await store.update(as: OperationID()) { document in
        // Nothing of it stays if the last step is refused.
        for place in Self.ownComments(of: key, in: document).reversed() {
          try document.replaceComment(at: place, with: nil)
        }
        return try document.remove(key)
      }
    } catch let error as StoreError where error.code == .notFound {
      return 0
    }
  }

  /// The lines right above a key's entries that speak to cfgkit.
  private static func ownComments(of key: String, in document: Document) -> [Int] {
    document.entries(for: key).flatMap { entry -> [Int] in
      let end = document.lineIndex(of: entry)
      let start = (0..<end).last { document.lines[$0].kind != .comment }.map { $0 + 1 } ?? 0
      return (start..<end).filter { index in
        document.comment(of: document.lines[index], holding: "cfgkit:")?.drop(while: { "# ".contains($0) })
          .hasPrefix("cfgkit:") == true
      }
    }
  }

  /// The findings that the new value would cause, as if no other layer hid it.
  private func check(_ document: Document) throws {
    let changed = try project.replacing(in: store, with: document, environment: environmentWithoutKey)
    let findings = changed.validate(ValidationOptions(keys: [key])).findings.filter { finding in
      // What is said of the file as a whole (its mode, git) is no reason to refuse a value, nor that the key stands there twice.
      finding.severity == .error && finding.rule.number / 100 != 4
        && finding.rule != Rule(syntax: .duplicateKey)
    }
    if !findings.isEmpty { throw Refusal(findings: findings, files: changed.files) }
  }

  /// The environment without the key; nil if it does not have it. Conditions ask about other keys, and never about secrets.
  private var environmentWithoutKey: EnvironmentBlock? {
    let environment = project.options.environment
    guard environment.withVariable(key, { _ in }) else { return nil }
    var variables: [String: String] = [:]
    let asked =
      project.resolution.keys.filter { project.resolution[$0]?.isSensitive == false } + ["CFGKIT_ENV"]
    for name in asked where name != key { variables[name] = environment.text(name) }
    return .made(variables)
  }
}
