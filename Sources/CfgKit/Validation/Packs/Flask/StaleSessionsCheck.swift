/// Whether session files are older than the key that signs now.
struct StaleSessionsCheck: MachineCheck {
  let rules: [Rule] = [.flaskStaleSessions]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let folder = SessionFolder(of: examined.checked.project), let stale = folder.stale, !stale.isEmpty
    else {
      return []
    }
    let isSigned = FlaskSetup(examined).signer != .off
    let count = "\(stale.count) \(stale.count == 1 ? "session" : "sessions")"
    return [
      Finding(
        .flaskStaleSessions, key: "SECRET_KEY",
        "\(count) in \(folder.shownPath) \(stale.count == 1 ? "is" : "are") older than SECRET_KEY: "
          + (isSigned ? "no one can reach them" : "they are not signed, and still open"),
        at: Location(path: folder.shownPath),
        note: folder.isOnlySessions
          ? "removing the folder ends every session in it"
          : "the folder holds more than sessions; only those that are older are removed",
        fix: folder.isOnlySessions
          ? .command("rm", "-r", folder.shownPath)
          : .command("cfgkit", "doctor", "--fix", "stale-sessions"))
    ]
  }
}

extension Rule {
  static let flaskStaleSessions = Rule(
    "flask/stale-sessions", 620, .info, inProduction: .warning, "session files older than the key",
    why:
      "A rotation does not reach sessions on the server: signed ones are garbage, unsigned ones stay valid.",
    example: "$ ls -l flask_session     # files of last month\n# cfgkit: rotated=2026-11-23",
    fix: "cfgkit doctor --fix stale-sessions removes them; whoever used one signs in again.",
    source: "cfgkit rotation")
}
