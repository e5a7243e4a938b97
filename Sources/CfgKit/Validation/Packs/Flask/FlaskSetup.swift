/// What a project's Flask and Flask-Session are, as far as layers, metadata and source tell.
struct FlaskSetup: Sendable {
  /// How sessions are kept.
  enum Sessions: Sendable, Hashable {
    /// Flask's own signed cookies.
    case builtIn
    /// `SESSION_TYPE=null`.
    case null
    /// On the server, by Flask-Session; the type is nil if only the source knows it.
    case serverSide(type: String?)
  }

  /// Whether session ids are signed.
  enum Signer: Sendable, Hashable {
    case off
    case on
    /// The source says so, which is a guess.
    case guessed
  }

  let flask: PythonProject.Known?
  let werkzeug: PythonProject.Known?
  let flaskSession: PythonProject.Known?
  let sessions: Sessions
  let signer: Signer
  /// Whether there is a key to sign with.
  let hasKey: Bool

  init(_ examined: ExaminedProject) {
    let python = examined.python
    flask = python.version(of: "flask")
    flaskSession = python.version(of: "flask-session")
    // pip takes the newest that Flask allows, and no Flask forbids newer ones.
    let newest = KnownRelease.all(of: "werkzeug").last.map {
      PythonProject.Known(version: $0.version, isInstalled: false)
    }
    werkzeug =
      python.version(of: "werkzeug")
      ?? (flask?.isInstalled == false && !python.names("werkzeug") ? newest : nil)
    let type = examined.resolution["SESSION_TYPE"]?.winner?.value.text.flatMap { $0.isEmpty ? nil : $0 }
    let isNamed =
      python.names("flask-session") || examined.surroundings.sources.contains { $0.contains("flask_session") }
    // Who declares SESSION_TYPE and leaves it unset has Flask's own sessions, unless the source names a type itself.
    let isLeftOut =
      examined.resolution["SESSION_TYPE"]?.declaration != nil
      && !Self.sets(
        "SESSION_TYPE", to: { $0.first == "\"" || $0.first == "'" }, in: examined.surroundings.sources)
    sessions =
      if type == "null" {
        .null
      } else if type != nil || (isNamed && !isLeftOut) {
        .serverSide(type: type)
      } else {
        .builtIn
      }
    let setting = examined.resolution["SESSION_USE_SIGNER"]
    signer =
      if setting?.isOn == true {
        .on
      } else if setting?.isMissing ?? true,
        Self.sets("SESSION_USE_SIGNER", to: { $0.hasPrefix("True") }, in: examined.surroundings.sources)
      {
        .guessed
      } else {
        .off
      }
    hasKey = examined.resolution["SECRET_KEY"]?.isMissing == false
  }

  /// Whether a statement gives a setting such a value: `config["NAME"] = …`, `NAME = …`, `"NAME": …`, `NAME=…`.
  private static func sets(
    _ name: String, to isWanted: (Substring) -> Bool, in sources: [PythonSource]
  ) -> Bool {
    sources.contains { source in
      source.statements.contains { statement in
        let parts = statement.text.split(separator: name, maxSplits: 1)
        guard parts.count == 2 else { return false }
        let rest = parts[1].drop { "\"'] ".contains($0) }
        guard let sign = rest.first, sign == "=" || sign == ":" else { return false }
        return isWanted(rest.dropFirst().drop { $0 == " " })
      }
    }
  }

  /// Whether sessions are kept on the server.
  var isServerSide: Bool { if case .serverSide = sessions { true } else { false } }

  /// Flask-Session asks the application for a name that Flask 2.3 took away.
  var lacksCookieName: Bool {
    guard isServerSide, let flask, let flaskSession else { return false }
    return flaskSession.version < "0.5.0" && flask.version >= "2.3.0"
  }

  /// Flask imports a name that Werkzeug 3 took away.
  var lacksQuoting: Bool {
    guard let flask, let werkzeug else { return false }
    return flask.version < "2.2.4" && werkzeug.version >= "3.0.0"
  }

  /// Flask gives Werkzeug an argument that only 3.1 takes.
  var lacksPartitioned: Bool {
    guard sessions == .builtIn, let flask, let werkzeug else { return false }
    return flask.version >= "3.1.0" && werkzeug.version < "3.1.0"
  }

  /// Flask-Session gives Werkzeug a signed session id as bytes, which 3.0 no longer takes.
  var signsBytes: Bool {
    guard isServerSide, signer != .off, let werkzeug, let flaskSession else { return false }
    return flaskSession.version < "0.6.0" && werkzeug.version >= "3.0.0" && !lacksCookieName && !lacksQuoting
  }
}
