/// Whether Flask-Session is set up before the configuration that it reads.
struct FlaskSessionOrderCheck: MachineCheck {
  let rules: [Rule] = [.flaskSessionBeforeConfig]

  func findings(in examined: ExaminedProject) -> [Finding] {
    examined.surroundings.sources.filter { $0.contains("flask_session") }.compactMap(finding)
  }

  private func finding(_ source: PythonSource) -> Finding? {
    guard let call = source.statements.first(where: { Self.isSetUp($0.text) }),
      let last = source.statements.last(where: { Self.isConfiguration($0.text) }), call.line < last.line
    else { return nil }
    let location = Location(path: source.shownPath, line: call.line, column: 1)
    let name = call.text.contains("init_app(") ? "init_app" : "Session(app)"
    return Finding(
      .flaskSessionBeforeConfig,
      "\(location.lineDescription) calls \(name) before the configuration of line \(last.line)", at: location,
      related: [
        .init(
          location: Location(path: source.shownPath, line: last.line, column: 1), message: "configured here")
      ],
      fix: .manual("move the call below line \(last.line)"))
  }

  /// `Session(app)`, or `….init_app(app)` of an object with session in its name.
  private static func isSetUp(_ text: String) -> Bool {
    guard !text.hasPrefix("def "), !text.hasPrefix("class ") else { return false }
    let lower = text.lowercased()
    if lower.contains("session.init_app(") || lower.contains("sess.init_app(") { return true }
    guard let call = text.firstRange(of: "Session(") else { return false }
    let before = text[..<call.lowerBound].last
    let argument = text[call.upperBound...].drop { $0 == " " }
    return before.map { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." } ?? true
      && argument.first?.isLetter == true && !argument.hasPrefix("bind")
  }

  /// A line that sets what Flask-Session reads, or everything.
  private static func isConfiguration(_ text: String) -> Bool {
    guard text.contains("config") || text.contains("secret_key") else { return false }
    if text.contains(".secret_key =") || text.contains(".secret_key=") { return true }
    let bulk = ["config.update(", "config.from_", ".config.from_"]
    if bulk.contains(where: text.contains) { return true }
    guard let bracket = text.firstRange(of: "config[") else { return false }
    let rest = text[bracket.upperBound...].dropFirst()
    let isAssignment = rest.drop { $0 != "]" }.dropFirst().drop { $0 == " " }.hasPrefix("=")
    return isAssignment && (rest.hasPrefix("SESSION_") || rest.hasPrefix("SECRET_KEY"))
  }
}

extension Rule {
  static let flaskSessionBeforeConfig = Rule(
    "flask/session-before-config", 617, .warning, "Flask-Session set up before its configuration",
    why:
      "Session(app) reads the configuration once. What is set later, the store, the signer, has no effect.",
    example: "Session(app)\napp.config[\"SESSION_USE_SIGNER\"] = True",
    fix: "Move the call below the last line that configures.", source: "Flask-Session 0.8.0, __init__.py")
}
