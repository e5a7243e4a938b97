/// Where Flask-Session keeps its sessions, and whether a rotation reaches them.
struct FlaskStoreCheck: Check {
  let rules: [Rule] = [.flaskSessionStoreLocal, .flaskSessionFileDir, .flaskSignerNoRotation]

  func findings(in project: CheckedProject) -> [Finding] {
    files(project) + [signer(project)].compactMap(\.self)
  }

  private func files(_ project: CheckedProject) -> [Finding] {
    guard let type = project.resolution["SESSION_TYPE"], let winner = type.winner,
      winner.value.text == "filesystem"
    else { return [] }
    var findings: [Finding] = []
    if project.project.isProduction {
      findings.append(
        Finding(
          .flaskSessionStoreLocal, severity: .warning, key: type.key,
          "SESSION_TYPE is filesystem: sessions stay on one server", at: winner.origin.location,
          fix: .shell("cfgkit set REDIS_URL; cfgkit set SESSION_TYPE redis")))
    }
    let folder = project.resolution["SESSION_FILE_DIR"]
    guard folder?.winner?.value.text?.hasPrefix("/") != true else { return findings }
    findings.append(
      Finding(
        .flaskSessionFileDir, key: "SESSION_FILE_DIR",
        "SESSION_FILE_DIR is not absolute: sessions follow the folder in which the server is started",
        at: folder?.winner?.origin.location ?? winner.origin.location,
        fix: .manual("cfgkit set SESSION_FILE_DIR with the whole path, which begins with /")))
    return findings
  }

  private func signer(_ project: CheckedProject) -> Finding? {
    guard let signer = project.resolution["SESSION_USE_SIGNER"], signer.isOn,
      project.resolution["SECRET_KEY_FALLBACKS"]?.isMissing == false
    else { return nil }
    return Finding(
      .flaskSignerNoRotation, key: signer.key,
      "SESSION_USE_SIGNER is on, and the signer reads one key: this rotation logs everybody out",
      at: signer.winner?.origin.location,
      fix: .manual(
        "turn the signer off, with Flask-Session 0.7.0 or newer; or give the application SECRET_KEY as a list, [old, new]"
      ))
  }
}

extension Resolution.ResolvedKey {
  /// Whether its value, read as a boolean, is true.
  var isOn: Bool { winner?.value.text.flatMap(Bool.init(reading:)) == true }
}

extension Rule {
  static let flaskSessionStoreLocal = Rule(
    "flask/session-store-local", 609, .info, inProduction: .warning, "sessions in files of one server",
    why: "A second server, or a new container, does not know who is signed in.",
    example: "APP_ENV=production\nSESSION_TYPE=filesystem",
    fix: "Keep sessions in Redis or a database.", source: "flask-session.readthedocs.io (SESSION_TYPE)")
  static let flaskSessionFileDir = Rule(
    "flask/session-file-dir", 614, .info, inProduction: .warning, "a session folder that is not absolute",
    why: "A server that is started elsewhere finds no sessions, and everybody is signed out.",
    example: "SESSION_TYPE=filesystem\nSESSION_FILE_DIR=flask_session",
    fix: "Set SESSION_FILE_DIR to a whole path.",
    source: "flask-session.readthedocs.io (SESSION_FILE_DIR)")
  static let flaskSignerNoRotation = Rule(
    "flask/signer-no-rotation", 616, .warning, "previous keys that Flask-Session's signer does not read",
    why: "The signer reads SECRET_KEY alone, so that a rotation ends every session at once.",
    example: "SESSION_USE_SIGNER=true\nSECRET_KEY_FALLBACKS=…",
    fix:
      "Turn the signer off, which loses nothing since Flask-Session 0.7.0; or give the application a list of keys, [old, new].",
    source: "Flask-Session 0.8.0, base.py")
}
