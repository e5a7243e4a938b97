/// Whether Flask's cookies and links fit the way the application is reached.
struct FlaskCookieCheck: Check {
  let rules: [Rule] = [.flaskCookieSecure, .flaskSecureOverHTTP, .flaskHTTPS]

  func findings(in project: CheckedProject) -> [Finding] {
    let secure = project.resolution["SESSION_COOKIE_SECURE"]
    let scheme = project.resolution["PREFERRED_URL_SCHEME"]
    let isSecure = secure?.winner?.value.text.flatMap(Bool.init(reading:)) == true
    let schemeText = scheme?.winner?.value.text
    var findings: [Finding] = []
    if isSecure, schemeText == "http", !project.project.isProduction {
      findings.append(
        Finding(
          .flaskSecureOverHTTP, key: "SESSION_COOKIE_SECURE",
          "SESSION_COOKIE_SECURE is true and the scheme is http: the browser never sends the cookie, and the login loops",
          at: secure?.winner?.origin.location,
          fix: .command("cfgkit", "set", "SESSION_COOKIE_SECURE", "false")))
    }
    guard project.project.isProduction else { return findings }
    // A schema that asks for it itself has already said so.
    if !isSecure, secure?.declaration?.mustBe.isEmpty ?? true {
      findings.append(
        Finding(
          .flaskCookieSecure, severity: .error, key: "SESSION_COOKIE_SECURE",
          "SESSION_COOKIE_SECURE is not true: the session cookie travels over http too",
          at: secure?.winner?.origin.location, fix: .command("cfgkit", "set", "SESSION_COOKIE_SECURE", "true")
        ))
    }
    if schemeText != "https" {
      findings.append(
        Finding(
          .flaskHTTPS, severity: .warning, key: "PREFERRED_URL_SCHEME",
          "PREFERRED_URL_SCHEME is not https: links made in jobs and mails start with http://",
          at: scheme?.winner?.origin.location, fix: .command("cfgkit", "set", "PREFERRED_URL_SCHEME", "https")
        ))
    }
    return findings
  }
}

extension Rule {
  static let flaskCookieSecure = Rule(
    "flask/cookie-secure", 605, .info, inProduction: .error, "a session cookie that may travel over http",
    why: "Who listens on the way has the session.",
    example: "APP_ENV=production\nSESSION_COOKIE_SECURE=false",
    fix: "cfgkit set SESSION_COOKIE_SECURE true, behind HTTPS.",
    source: "flask.palletsprojects.com/en/stable/config/#SESSION_COOKIE_SECURE")
  static let flaskSecureOverHTTP = Rule(
    "flask/secure-over-http", 606, "a cookie for HTTPS only, on http",
    why: "The browser keeps it to itself, and every login leads back to the login page.",
    example: "SESSION_COOKIE_SECURE=true\nPREFERRED_URL_SCHEME=http",
    fix: "Use HTTPS, or cfgkit set SESSION_COOKIE_SECURE false for local work.",
    source: "RFC 6265 section 4.1.2.5")
  static let flaskHTTPS = Rule(
    "flask/https", 607, .info, inProduction: .warning, "links that start with http:// in production",
    why: "Links made outside a request have no other place to learn the scheme from.",
    example: "APP_ENV=production\nPREFERRED_URL_SCHEME=http",
    fix: "cfgkit set PREFERRED_URL_SCHEME https.",
    source: "flask.palletsprojects.com/en/stable/config/#PREFERRED_URL_SCHEME")
}
