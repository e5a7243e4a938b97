import CfgKitDotEnv

/// What validation found, and in what.
public struct Report: Sendable {
  /// A source that was read.
  public struct Source: Sendable, Hashable {
    /// `schema`, `file` or `environment`.
    public let kind: String
    /// Its path, or nil for the environment.
    public let path: String?
    /// How many keys it holds; of the environment, how many of the project's keys it sets.
    public let keyCount: Int
    /// How many lines it has; 0 for the environment.
    public let lineCount: Int

    /// Whether it is a `.env` document: a file, or what a store holds in its place.
    package var isDocument: Bool { kind == "file" || kind == "store" }
  }

  /// Everything that was found, in order.
  public private(set) var findings: [Finding]
  /// What was read, lowest layer first.
  public let sources: [Source]
  /// The environment's name.
  public let environmentName: String
  /// The phase that was checked.
  public let phase: KeyDeclaration.Phase
  /// The keys that are resolved.
  public let keyCount: Int
  /// Whether there was a schema to check against.
  public let hasSchema: Bool

  package init(project: Project, phase: KeyDeclaration.Phase, findings: [Finding]) {
    // A command that mends what is wrong has to be about the same.
    let flags = findings.contains { $0.fix != nil } ? project.options.commandFlags : []
    self.findings =
      flags.isEmpty
      ? findings
      : findings.map { finding in finding.fix.map { finding.mended(by: $0.giving(flags)) } ?? finding }
    self.phase = phase
    environmentName = project.environmentName
    keyCount = project.resolution.all.count { $0.winner != nil }
    hasSchema = !project.schema.isEmpty
    sources = Self.sources(of: project)
  }

  /// What was found between two readings of one project, whose files are both sources.
  init(_ project: Project, beside other: Project, findings: [Finding]) {
    self.findings = findings
    phase = .run
    environmentName = project.environmentName
    keyCount = Set(project.resolution.keys).union(other.resolution.keys).count
    hasSchema = !project.schema.isEmpty
    sources = Self.sources(of: project) + Self.sources(of: other).filter(\.isDocument)
  }

  private static func sources(of project: Project) -> [Source] {
    var sources: [Source] = []
    if let path = project.shownSchemaPath {
      sources.append(
        Source(kind: "schema", path: path, keyCount: project.schema.declarations.count, lineCount: 0))
    }
    for file in project.files {
      let lineCount = file.document.lines.last.map(\.number) ?? 0
      let kind = project.options.stored == nil ? "file" : "store"
      sources.append(
        Source(kind: kind, path: file.shownPath, keyCount: file.reading.keyCount, lineCount: lineCount))
    }
    let fromEnvironment = project.resolution.all.count { key in
      if case .environment? = key.winner?.origin { true } else { false }
    }
    sources.append(Source(kind: "environment", path: nil, keyCount: fromEnvironment, lineCount: 0))
    return sources
  }

  /// The reports of several projects as one; what two of them found alike, in a schema that they share, is said once.
  package init(merging reports: [Report], environmentName: String, phase: KeyDeclaration.Phase) {
    findings = Set(reports.flatMap(\.findings)).sorted()
    sources = reports.flatMap(\.sources).filter { $0.path != nil }
    self.environmentName = environmentName
    self.phase = phase
    keyCount = reports.reduce(0) { $0 + $1.keyCount }
    hasSchema = reports.allSatisfy(\.hasSchema)
  }

  /// The same with other findings.
  func mapping(_ change: (Finding) -> Finding) -> Report {
    var report = self
    report.findings = findings.map(change)
    return report
  }

  /// How many findings weigh this much.
  public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// How many findings `validate --fix` would mend.
  public var fixableCount: Int { findings.count { $0.fix?.isSafe == true } }

  /// Whether there is no error.
  public var isValid: Bool { !findings.contains { $0.severity == .error } }

  /// Whether a file is not a `.env` at all: encoding or size (exit code 65).
  public var hasFileError: Bool {
    let rules: Set<String> = ["file-too-large", "utf16", "nul-byte", "invalid-utf8"]
    return findings.contains { $0.severity == .error && rules.contains($0.rule.id) }
  }

  /// Whether the schema is invalid (exit code 78).
  public var hasSchemaError: Bool {
    findings.contains { $0.severity == .error && $0.rule == .schemaInvalid }
  }
}
