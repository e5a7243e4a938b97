import SystemPackage

/// Whether git's history holds a file with secrets.
struct GitHistoryCheck: MachineCheck {
  let rules: [Rule] = [.inGitHistory]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let entries = examined.surroundings.history?.entries else { return [] }
    return entries.sorted { $0.key < $1.key }.filter { !$0.value.isHarmless }.map { name, entry in
      let path = ShownPath.of(examined.surroundings.root.appending(name))
      let count = "\(entry.commitCount) \(entry.commitCount == 1 ? "commit" : "commits")"
      let open = Self.openKeys(of: entry, isLayer: Self.isLayer(name, examined), examined)
      let isOver = open.replaceable.isEmpty && !open.isUnknown && !entry.isPartial
      return Finding(
        .inGitHistory, severity: isOver ? .info : nil, "\(path) is in git history, \(count)",
        at: Location(path: path),
        note: isOver
          ? "what it holds now is newer than that"
          : open.isUnknown || entry.isPartial
            ? "nobody can tell whether all that it held was replaced" : "replace what it held",
        fix: isOver ? nil : Self.fix(open.replaceable, path))
    }
  }

  private static func fix(_ keys: Set<String>, _ path: String) -> Fix {
    guard !keys.isEmpty else {
      return .manual(
        "replace every secret that \(path) held, where it is used; then take the file out of the history (git filter-repo)"
      )
    }
    let commands = keys.sorted().map { "cfgkit rotate-secret \(Fix.shellQuoted($0)) --drop-previous" }
    return .shell(commands.joined(separator: "; "))
  }

  private static func isLayer(_ name: String, _ examined: ExaminedProject) -> Bool {
    let path = ShownPath.absolute(examined.surroundings.root.appending(name))
    return examined.checked.project.files.contains { $0.path.map(ShownPath.absolute) == path }
  }

  /// The keys of the project to replace, and whether there are others of which nobody knows.
  ///
  /// A key of a layer counts as replaced where the value is another one now, made after the last commit that brought one. Nothing
  /// is known of a file that is no layer: its keys may belong to another environment.
  private static func openKeys(
    of entry: GitHistory.Entry, isLayer: Bool, _ examined: ExaminedProject
  ) -> (replaceable: Set<String>, isUnknown: Bool) {
    let project = examined.checked.project
    // A name may be a secret that was pasted to the left of `=`.
    var keys = entry.accepted.filter { project.shownName(of: $0) == $0 }
    var isUnknown = keys.count < entry.accepted.count
    for (key, moment) in entry.committed where !entry.live.contains(key) {
      guard isLayer, examined.resolution[key]?.isMissing == false, project.shownName(of: key) == key else {
        isUnknown = true
        continue
      }
      let overview = try? RotationOverview(of: [key], in: project, now: examined.surroundings.now)
      // A mere date is the beginning of its day, so that a commit of the same day is later.
      let isNewer = overview?.rows.first?.rotated.map { $0.seconds > moment } ?? false
      if !isNewer { keys.insert(key) }
    }
    return (keys, isUnknown)
  }
}

extension Rule {
  static let inGitHistory = Rule(
    "in-git-history", 408, "a file with secrets that is in git's history",
    why:
      "Whoever has a clone has every version of it. Once every secret of the file is known to have been replaced since, it is a note.",
    example: "$ git log --oneline -- .env\n4f1c2ab Add settings",
    fix:
      "Replace each secret that it held: cfgkit rotate-secret KEY --drop-previous. Then, if you like, rewrite the history (git filter-repo):"
      + " for a file that is no layer of the project, that is the only end of it.",
    source: "git-log(1)")
}
