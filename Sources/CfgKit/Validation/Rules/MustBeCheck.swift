/// Whether keys are what the schema says they must be in this environment (`must-be=V when=ENV`).
struct MustBeCheck: Check {
  let rules: [Rule] = [.mustBe]

  func findings(in project: CheckedProject) -> [Finding] {
    project.declaredKeys.flatMap { key -> [Finding] in
      (key.declaration?.mustBe ?? []).compactMap { demand in
        if let environment = demand.environment,
          !project.schema.isSame(project.project.environmentName, environment)
        {
          return nil
        }
        guard let winner = key.winner, !key.isMissing,
          !holds(demand.text, winner.value, key.declaration?.type)
        else {
          return key.isMissing ? missing(demand, key, project) : nil
        }
        return finding(demand, key, winner.origin.location)
      }
    }
  }

  private func holds(_ text: String, _ value: LayerValue, _ type: ValueType?) -> Bool {
    if type == .boolean, let given = value.text.flatMap(Bool.init(reading:)), let wanted = Bool(reading: text)
    {
      return given == wanted
    }
    return value.withBytes { bytes in bytes.byteCount == text.utf8.count && bytes.starts(with: text) }
  }

  private func missing(
    _ demand: KeyDeclaration.MustBe, _ key: Resolution.ResolvedKey, _ project: CheckedProject
  ) -> Finding? {
    guard let declaration = key.declaration, !project.holds(declaration.requirement) else { return nil }
    return finding(demand, key, declaration.location)
  }

  private func finding(
    _ demand: KeyDeclaration.MustBe, _ key: Resolution.ResolvedKey, _ location: Location?
  ) -> Finding {
    let place = demand.environment.map { " in \($0)" } ?? ""
    let isSensitive = key.isSensitive
    return Finding(
      .mustBe, key: key.key, "\(key.key) must be \(demand.text)\(place)", at: location,
      related: key.declaration?.location.map { [.init(location: $0, message: "asked for here")] } ?? [],
      fix: isSensitive ? .command("cfgkit", "set", key.key) : .command("cfgkit", "set", key.key, demand.text))
  }
}

extension Rule {
  static let mustBe = Rule(
    "must-be", 307, "a key that is not what the schema asks for in this environment",
    why: "What is convenient while developing is dangerous in production.",
    example: "# @type=boolean # cfgkit: must-be=true when=production\nSESSION_COOKIE_SECURE=false",
    fix: "Set it as the message says.",
    source: "cfgkit schema: must-be=")
}
