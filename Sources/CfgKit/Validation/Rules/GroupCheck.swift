/// Whether of a group one key, or at least one, is set.
struct GroupCheck: Check {
  let rules: [Rule] = [.groupUnsatisfied]

  func findings(in project: CheckedProject) -> [Finding] {
    guard !project.isCutShort else { return [] }
    var groups: [(group: KeyDeclaration.Group, members: [Resolution.ResolvedKey])] = []
    for key in project.declaredKeys {
      guard let group = key.declaration?.group else { continue }
      if let index = groups.firstIndex(where: { $0.group.name == group.name }) {
        groups[index].members.append(key)
      } else {
        groups.append((group, [key]))
      }
    }
    return groups.compactMap { group, members in finding(group, members) }
  }

  private func finding(_ group: KeyDeclaration.Group, _ members: [Resolution.ResolvedKey]) -> Finding? {
    let set = members.filter { !$0.isMissing }
    let names = members.map(\.key).joined(separator: ", ")
    let isExclusive = members.contains { $0.declaration?.group?.isExclusive == true }
    if set.isEmpty, let first = members.first {
      let demand = isExclusive ? "one" : "at least one"
      return Finding(
        .groupUnsatisfied, key: first.key, "\(demand) of \(names) must be set, and none is",
        at: first.declaration?.location, fix: .command("cfgkit", "set", first.key))
    }
    guard isExclusive, set.count > 1, let last = set.last else { return nil }
    return Finding(
      .groupUnsatisfied, key: last.key,
      "only one of \(names) may be set; here are \(set.map(\.key).joined(separator: ", "))",
      at: last.winner?.origin.location, fix: .command("cfgkit", "unset", last.key))
  }
}

extension Rule {
  static let groupUnsatisfied = Rule(
    "group-unsatisfied", 308, "a group of keys of which too few or too many are set",
    why: "The application takes one of several ways, and cannot tell which is meant.",
    example:
      "# @optional # cfgkit: group=store one-of\nREDIS_URL=\n# @optional # cfgkit: group=store\nDATABASE_URL=",
    fix: "Set one of them, and only one where the group says one-of.",
    source: "cfgkit schema: group=")
}
