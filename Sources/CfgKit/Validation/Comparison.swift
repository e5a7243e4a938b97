/// Two files side by side, or a file and the document of a store: where each key stands, never what it holds.
package struct Comparison {
  static let rules: [Rule] = [.oneSidedKey, .sharedSecret]

  /// How a key stands in the two files.
  package enum Relation: String, CaseIterable {
    case onlyInFirst = "only-in-first"
    case onlyInSecond = "only-in-second"
    case sharedSecret = "shared-secret"
    case different, same
  }

  /// A key as it can be shown, and how it stands.
  package let rows: [(key: String, relation: Relation)]
  /// What is wrong between the two: one-sided keys, and secrets that stand in both.
  package let report: Report

  /// Compares what the files of two projects themselves say; defaults and the environment do not count.
  ///
  /// - Throws: `SecretError` if there is no guarded memory to compare secrets in.
  package init(_ first: Project, _ second: Project) throws {
    let keys = Set(first.resolution.keys).union(second.resolution.keys).sorted()
    let relations = try keys.compactMap { key in
      try Self.relation(of: key, first, second).map { (key: key, relation: $0) }
    }
    rows = relations.map { key, relation in
      (first.resolution[key] == nil ? second.shownName(of: key) : first.shownName(of: key), relation)
    }
    let findings = relations.compactMap { Self.finding($0.key, $0.relation, first, second) }
    report = Report(first, beside: second, findings: findings.sorted())
  }

  private static func relation(of key: String, _ first: Project, _ second: Project) throws -> Relation? {
    switch (first.fileValue(of: key), second.fileValue(of: key)) {
    case (nil, nil): return nil
    case (_?, nil): return .onlyInFirst
    case (nil, _?): return .onlyInSecond
    case (let one?, let other?):
      guard try one.value.matches(other.value) else { return .different }
      let isSecret = [first, second].contains { $0.resolution[key]?.isSensitive == true }
      // A store holds what a file here may hold too; two files are two environments.
      let isSameProject = [first, second].contains { $0.options.stored != nil }
      return isSecret && !isSameProject && !one.value.isEmpty ? .sharedSecret : .same
    }
  }

  private static func finding(
    _ key: String, _ relation: Relation, _ first: Project, _ second: Project
  ) -> Finding? {
    switch relation {
    case .onlyInFirst: oneSided(key, in: first, missingFrom: second)
    case .onlyInSecond: oneSided(key, in: second, missingFrom: first)
    case .sharedSecret: shared(key, first, second)
    case .different, .same: nil
    }
  }

  /// A list that rotation keeps stands where a key was changed, and nowhere else: that is no mistake.
  private static func oneSided(_ key: String, in holder: Project, missingFrom other: Project) -> Finding? {
    if holder.schema[key]?.isManaged == true { return nil }
    let name = holder.shownName(of: key)
    return Finding(
      .oneSidedKey, key: name == key ? key : nil, "\(name) is not in \(other.comparedPath)",
      at: holder.fileValue(of: key)?.origin.location,
      fix: name == key
        ? .cfgkit("set", key, in: other)
        : .manual("write it there too, or delete it here"))
  }

  private static func shared(_ key: String, _ first: Project, _ second: Project) -> Finding {
    let place = first.fileValue(of: key)?.origin.location
    return Finding(
      .sharedSecret, severity: .error, key: key, "\(key) is the same secret in \(second.comparedPath)",
      at: place,
      related: (second.fileValue(of: key)?.origin.location).map {
        [Finding.Related(location: $0, message: "the other one")]
      } ?? [],
      fix: .cfgkit("rotate-secret", key, in: second))
  }
}

extension Fix {
  /// A verb on a key of one of the two.
  fileprivate static func cfgkit(_ verb: String, _ key: String, in project: Project) -> Fix {
    .command(
      "cfgkit", verb, key, project.options.stored == nil ? "-f" : "--store", project.comparedPath)
  }
}

extension Project {
  /// The value that the files give a key, and its place.
  fileprivate func fileValue(of key: String) -> Resolution.Candidate? {
    guard let winner = resolution[key]?.winner, case .file = winner.origin else { return nil }
    return winner
  }

  /// The file that is compared, as messages name it.
  fileprivate var comparedPath: String { files.last?.shownPath ?? triedPaths.first ?? ".env" }
}

extension Rule {
  static let oneSidedKey = Rule(
    "one-sided-key", 503, "a key that stands in one of two files only",
    why:
      "diff compares files that should have the same keys: a sample and the real one, or two environments. What one"
      + " lacks is found out when that environment starts.",
    example: "$ cfgkit diff .env.staging .env.production",
    fix: "Set the key in the other file too, or unset it in this one.",
    source: "12factor.net/dev-prod-parity")
}
