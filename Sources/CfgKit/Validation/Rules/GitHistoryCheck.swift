import CfgKitDotEnv
import SystemPackage

/// Whether git's history holds a file with secrets.
struct GitHistoryCheck: MachineCheck {
  let rules: [Rule] = [.inGitHistory]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let entries = examined.surroundings.history?.entries else { return [] }
    return entries.sorted { $0.key < $1.key }.map { name, entry in
      let live = liveSecrets(in: name, since: entry.last, examined)
      let path = ShownPath.of(examined.surroundings.root.appending(name))
      let count = "\(entry.commitCount) \(entry.commitCount == 1 ? "commit" : "commits")"
      let commands = live.map { "cfgkit rotate-secret \($0) --drop-previous" }
      return Finding(
        .inGitHistory, severity: live.isEmpty ? .info : nil, "\(path) is in git history, \(count)",
        at: Location(path: path),
        note: live.isEmpty ? "what it holds now is newer than that" : "replace what it held",
        fix: commands.isEmpty ? nil : .shell(commands.joined(separator: "; ")))
    }
  }

  /// The secrets of the file that nobody is known to have replaced since its last commit.
  private func liveSecrets(in name: String, since last: Int, _ examined: ExaminedProject) -> [String] {
    let project = examined.checked.project
    let path = ShownPath.absolute(examined.surroundings.root.appending(name))
    guard let file = project.files.first(where: { $0.path.map(ShownPath.absolute) == path }) else {
      return []
    }
    var seen: Set<String> = []
    let keys = file.document.entries.map { file.document.key(of: $0) }.filter { seen.insert($0).inserted }
    return keys.filter { key in
      guard let resolved = examined.resolution[key], resolved.isSensitive, !resolved.isMissing,
        resolved.declaration?.isManaged != true
      else { return false }
      let row = (try? RotationOverview(of: [key], in: project, now: examined.surroundings.now))?.rows.first
      // A date counts from its beginning, so that a rotation of the same day counts too.
      return row?.rotated.map { $0.seconds + 86_400 <= last } ?? true
    }
  }
}

extension Rule {
  static let inGitHistory = Rule(
    "in-git-history", 408, "a file with secrets that is in git's history",
    why:
      "Whoever has a clone has every version of it. Once every secret of the file is known to have been replaced since, it is a note.",
    example: "$ git log --oneline -- .env\n4f1c2ab Add settings",
    fix:
      "Replace each secret that it held: cfgkit rotate-secret KEY --drop-previous. Then, if you like, rewrite the history (git filter-repo).",
    source: "git-log(1)")
}
