/// What Django's own `check --deploy` would refuse, said before it starts.
struct DjangoCheck: Check {
  let rules: [Rule] = [.djangoDebug, .djangoAllowedHosts, .djangoCookieSecure, .djangoHTTPS, .shortSecret]

  func findings(in project: CheckedProject) -> [Finding] {
    let key = [secretKey(project)].compactMap(\.self)
    guard project.project.isProduction else { return key }
    return key
      + [
        project.switchFinding(
          .djangoDebug, "DEBUG", mustBe: false,
          "DEBUG is not false: an error page shows settings and source to whoever meets it"),
        project.switchFinding(
          .djangoCookieSecure, "SESSION_COOKIE_SECURE", mustBe: true,
          "SESSION_COOKIE_SECURE is not true: the session cookie travels over http too"),
        project.switchFinding(
          .djangoCookieSecure, "CSRF_COOKIE_SECURE", mustBe: true,
          "CSRF_COOKIE_SECURE is not true: the CSRF cookie travels over http too"),
        project.switchFinding(
          .djangoHTTPS, "SECURE_SSL_REDIRECT", mustBe: true,
          "SECURE_SSL_REDIRECT is not true: http is answered, unless a proxy redirects it"),
        strictTransport(project), allowedHosts(project),
      ].compactMap(\.self)
  }

  /// security.W009: fewer than 50 characters, or fewer than 5 different ones.
  private func secretKey(_ project: CheckedProject) -> Finding? {
    guard let key = project.known("SECRET_KEY"), !key.isMissing, let winner = key.winner,
      !project.isSkipped(key),
      SecretStrengthCheck.weakness(
        of: winner.value, key.declaration, isProduction: project.project.isProduction)
        == nil,
      winner.value.withBytes(Self.isShort)
    else { return nil }
    return Finding(
      .shortSecret, key: key.key, "SECRET_KEY has fewer than 50 characters, which check --deploy refuses",
      at: winner.origin.location, fix: .command("cfgkit", "rotate-secret", key.key, "--drop-previous"))
  }

  private static func isShort(_ bytes: borrowing RawSpan) -> Bool { bytes.byteCount < 50 }

  /// security.W004: no time for which browsers insist on https.
  private func strictTransport(_ project: CheckedProject) -> Finding? {
    guard let seconds = project.known("SECURE_HSTS_SECONDS"),
      (seconds.winner?.value.text.flatMap { Int($0) } ?? 0) <= 0
    else { return nil }
    return Finding(
      .djangoHTTPS, key: seconds.key, "SECURE_HSTS_SECONDS is 0: browsers do not insist on https",
      at: seconds.winner?.origin.location ?? seconds.declaration?.location,
      fix: .command("cfgkit", "set", seconds.key, "3600"))
  }

  private func allowedHosts(_ project: CheckedProject) -> Finding? {
    guard let hosts = project.known("ALLOWED_HOSTS") else { return nil }
    let names = (hosts.winner?.value.text ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    let message: String
    if names.allSatisfy(\.isEmpty) {
      message = "ALLOWED_HOSTS is empty: every request is answered with 400"
    } else if names.contains("*") {
      message = "ALLOWED_HOSTS takes every name: links in mails can be made to lead elsewhere"
    } else {
      return nil
    }
    return Finding(
      .djangoAllowedHosts, key: hosts.key, message,
      at: hosts.winner?.origin.location ?? hosts.declaration?.location,
      fix: .manual("cfgkit set ALLOWED_HOSTS with the names of this site, separated by commas"))
  }
}

extension CheckedProject {
  /// Whether a resolved key need not exist in this phase.
  func isSkipped(_ key: Resolution.ResolvedKey) -> Bool {
    key.declaration.map(isSkipped) ?? (phase == .build && key.isSensitive)
  }
}

extension Rule {
  static let djangoDebug = Rule(
    "django/debug", 701, .info, inProduction: .error, "debug pages in production",
    why: "An error page shows settings, local variables and source to whoever meets it.",
    example: "APP_ENV=production\nDEBUG=true", fix: "cfgkit set DEBUG false.",
    source: "docs.djangoproject.com/en/stable/howto/deployment/checklist (security.W018)")
  static let djangoAllowedHosts = Rule(
    "django/allowed-hosts", 702, .info, inProduction: .error, "host names that are missing, or all",
    why:
      "Without names every request is answered with 400; with * a forged Host header gets into links and mails.",
    example: "APP_ENV=production\nALLOWED_HOSTS=*", fix: "Name the hosts of the site, separated by commas.",
    source: "docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts (security.W020)")
  static let djangoCookieSecure = Rule(
    "django/cookie-secure", 703, .info, inProduction: .error, "a cookie that may travel over http",
    why: "Who listens on the way has the session, or can forge forms.",
    example: "APP_ENV=production\nSESSION_COOKIE_SECURE=false", fix: "cfgkit set KEY true, behind HTTPS.",
    source: "docs.djangoproject.com/en/stable/ref/checks/#security (security.W012, security.W016)")
  static let djangoHTTPS = Rule(
    "django/https", 704, .info, inProduction: .warning, "http that is answered in production",
    why: "The first request of a visitor travels in clear, with its cookies.",
    example: "APP_ENV=production\nSECURE_SSL_REDIRECT=false",
    fix:
      "cfgkit set SECURE_SSL_REDIRECT true, or let the proxy redirect and suppress the rule; cfgkit set SECURE_HSTS_SECONDS 3600, and more once https works everywhere.",
    source: "docs.djangoproject.com/en/stable/ref/checks/#security (security.W004, security.W008)")
}
