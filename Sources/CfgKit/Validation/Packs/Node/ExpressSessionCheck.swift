/// Where express-session keeps sessions, and how its cookie travels: guesses from source text.
struct ExpressSessionCheck: MachineCheck {
  let rules: [Rule] = [.expressMemoryStore, .expressCookieSecure]

  func findings(in examined: ExaminedProject) -> [Finding] {
    examined.surroundings.scripts.filter { $0.text.contains("express-session") }.flatMap {
      source -> [Finding] in
      guard let call = source.line(of: "session({") ?? source.line(of: "session(") else { return [] }
      let location = Location(path: source.shownPath, line: call, column: 1)
      var findings: [Finding] = []
      if !source.text.contains("store") {
        findings.append(
          Finding(
            .expressMemoryStore,
            "\(location.lineDescription) keeps sessions in memory: a restart signs everybody out",
            at: location, fix: .manual("give express-session a store, for example connect-redis")))
      }
      if let line = source.line(of: "secure: false") {
        let place = Location(path: source.shownPath, line: line, column: 1)
        findings.append(
          Finding(
            .expressCookieSecure, "\(place.lineDescription) lets the session cookie travel over http",
            at: place,
            fix: .manual("write secure: \"auto\", with app.set(\"trust proxy\", 1) behind a proxy")))
      }
      return findings
    }
  }
}

extension Rule {
  static let expressMemoryStore = Rule(
    "express/memory-store", 713, .warning, "sessions in the memory of one process",
    why: "MemoryStore leaks, a restart signs everybody out, and a second process knows nobody.",
    example: "app.use(session({ secret: process.env.SESSION_SECRET }))", fix: "Give express-session a store.",
    source: "expressjs.com/en/resources/middleware/session.html (store)")
  static let expressCookieSecure = Rule(
    "express/cookie-secure", 714, .warning, "a session cookie that may travel over http",
    why: "Who listens on the way has the session.", example: "cookie: { secure: false }",
    fix: "Write secure: \"auto\", or true behind HTTPS.",
    source: "expressjs.com/en/resources/middleware/session.html (cookie.secure)")
}
