/// What the layers say of Flask's and Flask-Session's sessions: the rules that need nothing installed.
struct FlaskSessionCheck: Check {
  let rules: [Rule] = [
    .flaskSessionSigner, .flaskSignerNeedsSecret, .flaskSessionTypeNull, .flaskRedisURLMissing,
  ]

  func findings(in project: CheckedProject) -> [Finding] {
    var findings: [Finding] = []
    if let signer = project.resolution["SESSION_USE_SIGNER"], let winner = signer.winner,
      !winner.value.isEmpty
    {
      findings.append(
        Finding(
          .flaskSessionSigner, key: signer.key, "SESSION_USE_SIGNER is deprecated since Flask-Session 0.7.0",
          at: winner.origin.location, fix: .command("cfgkit", "doctor")))
      if winner.value.text.flatMap(Bool.init(reading:)) == true,
        project.resolution["SECRET_KEY"]?.isMissing ?? true,
        !project.isCutShort
      {
        findings.append(
          Finding(
            .flaskSignerNeedsSecret, key: signer.key,
            "SESSION_USE_SIGNER is on, and there is no SECRET_KEY to sign with",
            at: winner.origin.location, fix: .command("cfgkit", "rotate-secret", "SECRET_KEY")))
      }
    }
    if let type = project.resolution["SESSION_TYPE"], let winner = type.winner {
      if winner.value.text == "null" {
        findings.append(
          Finding(
            .flaskSessionTypeNull, key: type.key,
            "SESSION_TYPE is null: Flask-Session refuses it, or blames the key",
            at: winner.origin.location, fix: .command("cfgkit", "set", type.key, "redis")))
      }
      let url = project.resolution["REDIS_URL"]
      let isDemanded = url?.declaration.map { project.holds($0.requirement) } ?? false
      if winner.value.text == "redis", url?.isMissing ?? true, !isDemanded, !project.isCutShort {
        findings.append(
          Finding(
            .flaskRedisURLMissing, key: type.key,
            "SESSION_TYPE is redis without REDIS_URL: Flask-Session uses localhost:6379",
            at: winner.origin.location, fix: .command("cfgkit", "set", "REDIS_URL")))
      }
    }
    return findings
  }
}

extension Rule {
  static let flaskSessionSigner = Rule(
    "flask/session-signer", 602, .warning, "Flask-Session's signer is on",
    why:
      "It is deprecated since 0.7.0; before 0.6.0 with Werkzeug 3 every response fails with a TypeError. Session ids are random, and signing them adds nothing.",
    example: "SESSION_USE_SIGNER=true",
    fix: "Flask-Session 0.8.0 or newer, without SESSION_USE_SIGNER.",
    source: "flask-session.readthedocs.io (SESSION_USE_SIGNER)")
  static let flaskSignerNeedsSecret = Rule(
    "flask/signer-needs-secret", 603, "the signer is on and has no key",
    why: "Every request fails, or every login does.", example: "SESSION_USE_SIGNER=true\nSECRET_KEY=",
    fix: "cfgkit rotate-secret SECRET_KEY.",
    source: "Flask-Session 0.3.2 to 0.8.0, sessions.py")
  static let flaskSessionTypeNull = Rule(
    "flask/session-type-null", 604, "SESSION_TYPE is null",
    why: "Before Flask-Session 0.7.0 a RuntimeError that blames the key, since then a ValueError at start.",
    example: "SESSION_TYPE=null",
    fix: "Name a store, or unset it for Flask's own signed cookies.",
    source: "Flask-Session 0.3.2 to 0.8.0, __init__.py")
  static let flaskRedisURLMissing = Rule(
    "flask/redis-url-missing", 608, .warning, inProduction: .error, "sessions in Redis without an address",
    why: "Flask-Session silently uses localhost:6379.", example: "SESSION_TYPE=redis",
    fix: "cfgkit set REDIS_URL.",
    source: "flask-session.readthedocs.io (SESSION_REDIS)")
}
