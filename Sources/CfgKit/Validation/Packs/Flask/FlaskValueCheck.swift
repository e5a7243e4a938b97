/// Values that Flask and SQLAlchemy read otherwise than they look.
struct FlaskValueCheck: Check {
  let rules: [Rule] = [
    .flaskBooleanJSON, .flaskKeyJSON, .flaskSecretAlias, .flaskDatabaseScheme, .fallbackFormat,
  ]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.flatMap { key -> [Finding] in
      guard let winner = key.winner, !winner.value.isEmpty else { return [] }
      return [prefixed(key, winner), scheme(key, winner)].compactMap { $0 }
    } + alias(project)
  }

  /// `FLASK_…` variables go through JSON in `from_prefixed_env()`.
  private func prefixed(_ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate) -> Finding? {
    let flags: Set<String> = ["FLASK_APP", "FLASK_ENV", "FLASK_DEBUG", "FLASK_RUN_HOST", "FLASK_RUN_PORT"]
    guard key.key.hasPrefix("FLASK_"), !flags.contains(key.key) else { return nil }
    if let text = winner.value.text, text == "True" || text == "False" {
      return Finding(
        .flaskBooleanJSON, key: key.key, "\(key.key) is no JSON boolean: it stays a text, which is true",
        at: winner.origin.location, fix: .command("cfgkit", "set", key.key, text.lowercased()))
    }
    if key.key == "FLASK_SECRET_KEY_FALLBACKS" { return fallbacks(key, winner) }
    guard key.isSensitive, winner.value.withBytes(TextForms.isJSONScalarButNoText) else { return nil }
    return Finding(
      .flaskKeyJSON, key: key.key,
      "\(key.key) is JSON and no text: from_prefixed_env() makes it a number or a word, and Flask cannot sign with that",
      at: winner.origin.location, fix: .command("cfgkit", "rotate-secret", key.key, "--drop-previous"))
  }

  private func fallbacks(_ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate) -> Finding? {
    guard let value = try? winner.value.guarded,
      (try? FallbackList(format: .json).allElements(of: value)) == nil
    else { return nil }
    return Finding(
      .fallbackFormat, key: key.key,
      "\(key.key) is not a JSON list: from_prefixed_env() leaves it a text, and its single characters become signing keys",
      at: winner.origin.location, fix: .manual("write a list of texts: [\"…\", \"…\"]"))
  }

  private func scheme(_ key: Resolution.ResolvedKey, _ winner: Resolution.Candidate) -> Finding? {
    guard key.key == "DATABASE_URL" || key.key == "SQLALCHEMY_DATABASE_URI",
      winner.value.withBytes({ $0.starts(with: "postgres://") })
    else { return nil }
    return Finding(
      .flaskDatabaseScheme, key: key.key,
      "\(key.key) begins with postgres://, which SQLAlchemy 1.4 and newer does not know",
      at: winner.origin.location, fix: .manual("write postgresql+psycopg:// instead: cfgkit set \(key.key)"))
  }

  private func alias(_ project: CheckedProject) -> [Finding] {
    guard let alias = project.resolution["APP_SECRET_KEY"], let winner = alias.winner, !winner.value.isEmpty
    else {
      return []
    }
    let main = project.resolution["SECRET_KEY"]?.winner
    let isSame = main.map { (try? $0.value.matches(winner.value)) == true } ?? false
    guard !isSame else { return [] }
    let message =
      main == nil
      ? "APP_SECRET_KEY is set and SECRET_KEY is not: code that reads the other name gets None"
      : "APP_SECRET_KEY and SECRET_KEY differ: rotating one leaves the other live"
    return [
      Finding(
        .flaskSecretAlias, key: alias.key, message, at: winner.origin.location,
        fix: .manual("keep SECRET_KEY: cfgkit unset APP_SECRET_KEY"))
    ]
  }
}

extension Rule {
  static let flaskBooleanJSON = Rule(
    "flask/bool-json", 610, "a FLASK_ boolean that is not JSON",
    why: "from_prefixed_env() reads JSON; False is none, stays a text, and a text is true.",
    example: "FLASK_TESTING=False",
    fix: "Write true or false.",
    source: "flask.palletsprojects.com/en/stable/api/#flask.Config.from_prefixed_env")
  static let flaskKeyJSON = Rule(
    "flask/key-json", 611, "a FLASK_ secret that is JSON and no text",
    why: "from_prefixed_env() reads JSON and makes it a number, and signing fails.",
    example: "FLASK_SECRET_KEY=83514962047715930288",
    fix: "Use a key with letters.",
    source: "flask.palletsprojects.com/en/stable/api/#flask.Config.from_prefixed_env")
  static let flaskSecretAlias = Rule(
    "flask/secret-alias", 612, "two names for the key that signs sessions",
    why: "Code that reads the other name gets None, or rotating one leaves the other live.",
    example: "SECRET_KEY=…\nAPP_SECRET_KEY=…     # another value",
    fix: "Keep SECRET_KEY.",
    source: "cfgkit")
  static let flaskDatabaseScheme = Rule(
    "flask/database-scheme", 621, "postgres:// for SQLAlchemy",
    why: "SQLAlchemy 1.4 dropped the name; the application fails at start.",
    example: "DATABASE_URL=postgres://app@db/app",
    fix: "Write postgresql+psycopg://.",
    source: "docs.sqlalchemy.org/en/20/changelog/changelog_14.html (1.4.0)")
}
