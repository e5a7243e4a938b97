/// Laravel's key and the switches of production.
struct LaravelCheck: Check {
  let rules: [Rule] = [.laravelKeySize, .laravelDebug, .laravelSessionSecure]

  func findings(in project: CheckedProject) -> [Finding] {
    let key = [keySize(project)].compactMap(\.self)
    guard project.project.isProduction else { return key }
    var findings = key
    if let debug = project.switchFinding(
      .laravelDebug, "APP_DEBUG", mustBe: false,
      "APP_DEBUG is not false: an error page shows the environment to whoever meets it")
    {
      findings.append(debug)
    }
    // Unset, Laravel follows the request; only an explicit false is a mistake.
    if project.known("SESSION_SECURE_COOKIE")?.isMissing == false,
      let secure = project.switchFinding(
        .laravelSessionSecure, "SESSION_SECURE_COOKIE", mustBe: true,
        "SESSION_SECURE_COOKIE is not true: the session cookie travels over http too")
    {
      findings.append(secure)
    }
    return findings
  }

  private func keySize(_ project: CheckedProject) -> Finding? {
    guard let key = project.known("APP_KEY"), !key.isMissing, let winner = key.winner,
      !winner.value.withBytes(Self.isKey)
    else { return nil }
    return Finding(
      .laravelKeySize, key: key.key, "APP_KEY is not base64: with exactly 32 bytes (16 for AES-128)",
      at: winner.origin.location, fix: .command("cfgkit", "rotate-secret", key.key, "--drop-previous"))
  }

  /// `base64:` and 16 or 32 bytes; or the bytes themselves, as old versions wrote them.
  private static func isKey(_ bytes: borrowing RawSpan) -> Bool {
    guard bytes.starts(with: "base64:") else { return bytes.byteCount == 16 || bytes.byteCount == 32 }
    let count = TextForms.base64ByteCount(bytes.extracting(7..<bytes.byteCount))
    return count == 16 || count == 32
  }
}

extension Rule {
  static let laravelKeySize = Rule(
    "laravel/key-size", 709, "a key that Laravel's cipher does not take",
    why: "\"Unsupported cipher or incorrect key length\" at the first request.",
    example: "APP_KEY=base64:c2hvcnQ=",
    fix: "cfgkit rotate-secret APP_KEY --drop-previous, or php artisan key:generate.",
    source: "laravel.com/docs/encryption; Illuminate/Encryption/Encrypter.php")
  static let laravelDebug = Rule(
    "laravel/debug", 710, .info, inProduction: .error, "debug pages in production",
    why: "An error page shows the environment with its passwords to whoever meets it.",
    example: "APP_ENV=production\nAPP_DEBUG=true", fix: "cfgkit set APP_DEBUG false.",
    source: "laravel.com/docs/configuration#debug-mode")
  static let laravelSessionSecure = Rule(
    "laravel/session-secure", 711, .info, inProduction: .error, "a session cookie that may travel over http",
    why: "Who listens on the way has the session.",
    example: "APP_ENV=production\nSESSION_SECURE_COOKIE=false",
    fix: "cfgkit set SESSION_SECURE_COOKIE true, behind HTTPS.",
    source: "laravel.com/docs/session; config/session.php")
}
