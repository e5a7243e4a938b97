/// What is wrong with the schema itself.
struct SchemaCheck: Check {
  let rules: [Rule] = [.schemaInvalid, .resolvedElsewhere]

  func findings(in project: CheckedProject) -> [Finding] {
    let unknownPacks = project.schema.rulePacks.filter { !Self.packs.contains($0) }
    return project.schema.findings
      + unknownPacks.map { pack in
        let meant = NearMiss.candidate(for: pack, among: Self.packs).map { "; did you mean \($0)?" } ?? ""
        return Finding(
          .schemaInvalid, severity: .warning,
          "rules=\(pack) names a rule pack that this cfgkit does not have\(meant)",
          at: project.project.shownSchemaPath.map { Location(path: $0) })
      }
  }

  /// The packs, and the templates that have the general rules only.
  private static let packs = Rule.packNames + ["docker-compose", "fastapi", "generic"]
}

extension Rule {
  static let schemaInvalid = Rule(
    "schema-invalid", 310, "a schema that cannot be understood",
    why: "A check that is misspelt is a check that does not happen.",
    example: "# @requierd\nPORT=",
    fix: "Correct the line; the message says what is known.",
    source: "cfgkit schema; github.com/dmno-dev/varlock (@env-spec)")
  static let resolvedElsewhere = Rule(
    "resolved-elsewhere", 311, .info, "a value that another tool gets",
    why: "cfgkit runs nothing; the key counts as set.",
    example: "API_TOKEN=exec(`pass show api`)",
    fix: "Nothing, if the other tool runs before the application.",
    source: "github.com/dmno-dev/varlock (@env-spec)")
}
