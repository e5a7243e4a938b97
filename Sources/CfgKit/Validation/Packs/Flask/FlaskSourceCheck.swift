import SystemPackage

/// What the source text says of keys and of how `.env` is read: guesses, and warnings at most.
struct FlaskSourceCheck: MachineCheck {
  let rules: [Rule] = [.flaskRandomKey, .flaskEnvNotLoaded, .flaskFallbacksText, .flaskSessionRedisText]

  func findings(in examined: ExaminedProject) -> [Finding] {
    let sources = examined.surroundings.sources
    return sources.flatMap { source in
      source.statements.flatMap { statement in
        [randomKey(statement, source), fallbacks(statement, source), redis(statement, source)].compactMap(
          \.self)
      }
    } + [notLoaded(examined)].compactMap(\.self)
  }

  private func place(_ statement: PythonSource.Statement, _ source: PythonSource) -> Location {
    Location(path: source.shownPath, line: statement.line, column: 1)
  }

  private func randomKey(_ statement: PythonSource.Statement, _ source: PythonSource) -> Finding? {
    let text = statement.text
    guard text.contains("SECRET_KEY") || text.contains("secret_key"),
      ["token_hex(", "token_bytes(", "token_urlsafe(", "os.urandom(", "uuid4("].contains(where: text.contains)
    else { return nil }
    let location = place(statement, source)
    return Finding(
      .flaskRandomKey, key: "SECRET_KEY",
      "\(location.lineDescription) makes a key of its own in each process, if it gets none", at: location,
      fix: .manual("read SECRET_KEY without a default, and set it: cfgkit rotate-secret SECRET_KEY"))
  }

  private func fallbacks(_ statement: PythonSource.Statement, _ source: PythonSource) -> Finding? {
    let text = statement.text
    guard text.contains("SECRET_KEY_FALLBACKS"), text.contains("environ") || text.contains("getenv(") else {
      return nil
    }
    let isFiltered = text.contains(" if ") || text.contains("filter(") || text.contains("loads(")
    guard !isFiltered else { return nil }
    let location = place(statement, source)
    let effect =
      text.contains("split(")
      ? "keeps empty parts of SECRET_KEY_FALLBACKS: the empty text becomes a signing key"
      : "gives SECRET_KEY_FALLBACKS as one text: every character becomes a signing key"
    return Finding(
      .flaskFallbacksText, key: "SECRET_KEY_FALLBACKS", "\(location.lineDescription) \(effect)", at: location,
      fix: .manual("write [k for k in os.environ.get(\"SECRET_KEY_FALLBACKS\", \"\").split(\",\") if k]"))
  }

  private func redis(_ statement: PythonSource.Statement, _ source: PythonSource) -> Finding? {
    let text = statement.text
    guard text.contains("SESSION_REDIS"), text.contains("environ") || text.contains("getenv("),
      !text.contains("from_url("), !text.contains("Redis(")
    else { return nil }
    let location = place(statement, source)
    return Finding(
      .flaskSessionRedisText, key: "SESSION_REDIS",
      "\(location.lineDescription) gives SESSION_REDIS a text, and Flask-Session needs a client",
      at: location,
      fix: .manual("write redis.from_url(os.environ[\"REDIS_URL\"])"))
  }

  /// `flask run` reads `.env` by itself; a server in production does not.
  private func notLoaded(_ examined: ExaminedProject) -> Finding? {
    let sources = examined.surroundings.sources
    let loaders = ["load_dotenv", "dotenv_values", "environs", "decouple", "pydantic_settings", "dynaconf"]
    guard !examined.checked.project.files.isEmpty, sources.contains(where: { $0.contains("flask") }),
      !sources.contains(where: { source in loaders.contains { source.contains($0) } }),
      !startsUnderCfgkit(examined)
    else { return nil }
    return Finding(
      .flaskEnvNotLoaded, "nothing here loads .env: `flask run` does by itself, gunicorn does not",
      at: examined.checked.project.files.first.map { Location(path: $0.shownPath) },
      fix: .manual("start it with: cfgkit run -- gunicorn …"))
  }

  private func startsUnderCfgkit(_ examined: ExaminedProject) -> Bool {
    examined.surroundings.names.contains { name in
      let isStarter =
        [
          "Procfile", "Makefile", "justfile", "compose.yaml", "docker-compose.yml", "docker-compose.yaml",
          "README.md",
        ]
        .contains(name) || name.hasPrefix("Dockerfile") || name.hasSuffix(".sh") || name.hasSuffix(".service")
      guard isStarter else { return false }
      let path = examined.surroundings.root.appending(name)
      return ProjectFile.text(at: path)?.contains("cfgkit run") == true
    }
  }
}

extension Rule {
  static let flaskRandomKey = Rule(
    "flask/random-key", 618, .warning, "a key that each process makes for itself",
    why:
      "With several workers most page loads meet another key and sign the visitor out; a restart signs everybody out.",
    example: "app.secret_key = os.environ.get(\"SECRET_KEY\") or secrets.token_hex(32)",
    fix: "Set SECRET_KEY, and read it without a default.",
    source: "flask.palletsprojects.com/en/stable/config/#SECRET_KEY")
  static let flaskEnvNotLoaded = Rule(
    "flask/env-not-loaded", 619, .warning, "a .env that a server in production does not read",
    why: "Only the flask command loads .env; under gunicorn or uWSGI the keys are not there.",
    example: "$ gunicorn app:app\nKeyError: 'SECRET_KEY'",
    fix: "Start the server with cfgkit run --, or call load_dotenv() before the configuration.",
    source: "flask.palletsprojects.com/en/stable/cli/#environment-variables-from-dotenv")
  static let flaskFallbacksText = Rule(
    "flask/fallbacks-text", 622, .warning, "previous keys that are given to Flask as text",
    why:
      "Flask takes each element as a key: single characters, or the empty text, with which anyone can sign.",
    example: "app.config[\"SECRET_KEY_FALLBACKS\"] = os.environ[\"SECRET_KEY_FALLBACKS\"].split(\",\")",
    fix: "Split the text, and leave empty parts out.",
    source: "flask.palletsprojects.com/en/stable/config/#SECRET_KEY_FALLBACKS")
  static let flaskSessionRedisText = Rule(
    "flask/session-redis-text", 623, .warning, "an address where Flask-Session needs a client",
    why:
      "Before 0.7.0 an AttributeError at the first request; since then localhost:6379 is used without a word.",
    example: "app.config[\"SESSION_REDIS\"] = os.environ[\"REDIS_URL\"]",
    fix: "Give it redis.from_url(…).", source: "flask-session.readthedocs.io (SESSION_REDIS)")
}
