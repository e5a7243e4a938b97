/// Whether Flask, Werkzeug and Flask-Session work together. Each boundary was looked up in the packages.
struct FlaskVersionCheck: MachineCheck {
  let rules: [Rule] = [
    .flaskSignerBytes, .dependencyConflict, .missingRequired, .flaskFallbacksVersion, .flaskSidFixation,
  ]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let setup = FlaskSetup(examined)
    let python = examined.python
    let breaks = [
      signerBytes(setup, python), cookieName(setup, python), quoting(setup, python),
      partitioned(setup, python),
    ].compactMap(\.self)
    return (breaks.isEmpty ? untested(python) : breaks)
      + [noKey(setup, examined), fallbacks(setup, examined), fixation(setup, python)].compactMap(\.self)
  }

  /// With the installed version at hand it is known what to do about the signer.
  func refined(_ finding: Finding, in examined: ExaminedProject) -> Finding {
    guard finding.rule == .flaskSessionSigner, let key = finding.key else { return finding }
    let isSafeWithout = FlaskSetup(examined).flaskSession.map { $0.version >= "0.7.0" } ?? false
    return finding.mended(
      by: isSafeWithout
        ? .command("cfgkit", "unset", key) : .command("pip", "install", "Flask-Session>=0.8.0"))
  }

  /// Versions that their metadata does not put together, though nothing that is known breaks.
  private func untested(_ python: PythonProject) -> [Finding] {
    let judged = RulePack.flask.judgedPackages
    return DependencyCheck.needs(in: python)
      .filter { $0.installed != nil && judged.isSuperset(of: [$0.name, $0.requirement.name]) }
      .map { $0.finding.weighing(.warning) }
  }

  /// Flask's own sessions are signed, whatever the schema says of the key.
  private func noKey(_ setup: FlaskSetup, _ examined: ExaminedProject) -> Finding? {
    guard setup.sessions == .builtIn, setup.flask != nil, let key = examined.resolution["SECRET_KEY"],
      key.isMissing,
      !examined.checked.isCutShort, key.declaration.map({ examined.checked.holds($0.requirement) }) != true
    else { return nil }
    return Finding(
      .missingRequired, key: key.key, "SECRET_KEY is not set, and Flask's session cookies are signed with it",
      at: key.winner?.origin.location ?? key.declaration?.location,
      note: "at login: RuntimeError: The session is unavailable because no secret key was set",
      fix: .command("cfgkit", "rotate-secret", key.key))
  }

  private func signerBytes(_ setup: FlaskSetup, _ python: PythonProject) -> Finding? {
    guard setup.signsBytes, setup.hasKey || setup.signer == .guessed, let session = setup.flaskSession,
      let werkzeug = setup.werkzeug
    else { return nil }
    return Finding(
      .flaskSignerBytes, severity: setup.signer == .guessed ? .warning : nil,
      "Flask-Session \(session.version) signs bytes, Werkzeug \(werkzeug.version) takes text, and the signer is on",
      at: python.location(of: "flask-session"),
      note: "every response: TypeError: cannot use a string pattern on a bytes-like object",
      fix: .command("pip", "install", "Flask-Session>=0.8.0"))
  }

  private func cookieName(_ setup: FlaskSetup, _ python: PythonProject) -> Finding? {
    guard setup.lacksCookieName, let session = setup.flaskSession, let flask = setup.flask else { return nil }
    return Finding(
      .dependencyConflict,
      "Flask-Session \(session.version) needs Flask < 2.3.0, here is \(flask.version)",
      at: python.location(of: "flask-session"),
      note: "every request: AttributeError: 'Flask' object has no attribute 'session_cookie_name'",
      fix: .command("pip", "install", "Flask-Session>=0.8.0"))
  }

  private func quoting(_ setup: FlaskSetup, _ python: PythonProject) -> Finding? {
    guard setup.lacksQuoting, let flask = setup.flask, let werkzeug = setup.werkzeug else { return nil }
    return Finding(
      .dependencyConflict, "Flask \(flask.version) needs Werkzeug < 3.0.0, here is \(werkzeug.version)",
      at: python.location(of: "flask"),
      note: "at start: ImportError: cannot import name 'url_quote' from 'werkzeug.urls'",
      fix: .command("pip", "install", "Flask>=2.2.5,<2.3"))
  }

  private func partitioned(_ setup: FlaskSetup, _ python: PythonProject) -> Finding? {
    guard setup.lacksPartitioned, let flask = setup.flask, let werkzeug = setup.werkzeug else { return nil }
    return Finding(
      .dependencyConflict, "Flask \(flask.version) needs Werkzeug >= 3.1.0, here is \(werkzeug.version)",
      at: python.location(of: "werkzeug") ?? python.location(of: "flask"),
      note: "at login: TypeError: set_cookie() got an unexpected keyword argument 'partitioned'",
      fix: .command("pip", "install", "Werkzeug>=3.1.0"))
  }

  private func fallbacks(_ setup: FlaskSetup, _ examined: ExaminedProject) -> Finding? {
    guard let list = examined.resolution["SECRET_KEY_FALLBACKS"], !list.isMissing,
      let flask = setup.flask, flask.version < "3.1.1"
    else { return nil }
    let effect = flask.version < "3.1.0" ? "ignores them" : "signs with the oldest of them (CVE-2025-47278)"
    return Finding(
      .flaskFallbacksVersion, key: list.key,
      "SECRET_KEY_FALLBACKS is set, and Flask \(flask.version) \(effect)",
      at: list.winner?.origin.location, fix: .command("pip", "install", "Flask>=3.1.1"))
  }

  private func fixation(_ setup: FlaskSetup, _ python: PythonProject) -> Finding? {
    guard setup.isServerSide, setup.signer == .off, let session = setup.flaskSession,
      session.version < "0.7.0"
    else { return nil }
    return Finding(
      .flaskSidFixation,
      "Flask-Session \(session.version) without the signer takes any session id: an attacker can choose it before the login",
      at: python.location(of: "flask-session"), fix: .command("pip", "install", "Flask-Session>=0.8.0"))
  }
}

extension Rule {
  static let flaskSignerBytes = Rule(
    "flask/signer-bytes", 601, "a signer that gives Werkzeug bytes",
    why:
      "Flask-Session before 0.6.0 signs the session id and hands on bytes; since Werkzeug 3.0 a cookie's value is text. Every response is \"TypeError: cannot use a string pattern on a bytes-like object\".",
    example: "Flask-Session==0.5.0\nWerkzeug==3.0.1\n.env: SESSION_USE_SIGNER=true",
    fix:
      "pip install 'Flask-Session>=0.8.0'. Version 0.5.0 fails in the same way, and without the signer versions before 0.7.0 take any session id.",
    source: "github.com/pallets-eco/flask-session/issues/191; Werkzeug 3.0.0, http.py dump_cookie")
  static let flaskFallbacksVersion = Rule(
    "flask/fallbacks-version", 613, "previous keys that this Flask does not read rightly",
    why:
      "Before 3.1.0 Flask ignores SECRET_KEY_FALLBACKS and a rotation signs everybody out; 3.1.0 signs with the oldest key, so that the new one is never used.",
    example: "SECRET_KEY_FALLBACKS=…     installed: Flask 3.1.0",
    fix: "pip install 'Flask>=3.1.1'.", source: "CVE-2025-47278; Flask 3.1.1, changes")
  static let flaskSidFixation = Rule(
    "flask/sid-fixation", 615, .warning, inProduction: .error, "session ids that a visitor may choose",
    why:
      "Before 0.7.0 Flask-Session takes an unknown id from the cookie as it is: who plants one in a browser shares the session after the login.",
    example: "Flask-Session==0.5.0\n.env: SESSION_USE_SIGNER=false",
    fix: "pip install 'Flask-Session>=0.8.0'.", source: "Flask-Session 0.7.0, changes; CWE-384")
}
