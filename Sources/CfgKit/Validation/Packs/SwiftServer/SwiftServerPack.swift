extension RulePack {
  /// Vapor and Hummingbird with JWTKit.
  static let swiftServer = RulePack(
    name: "swift-server",
    keys: [
      "JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_ALGORITHM", "LOG_LEVEL", "HOST", "PORT", "DATABASE_URL",
      "REDIS_URL",
    ],
    packages: ["vapor", "hummingbird", "jwt-kit"], checks: [JWTLengthCheck()])
}

/// Whether a key for HMAC is as long as its hash; JWTKit does not look.
struct JWTLengthCheck: Check {
  let rules: [Rule] = [.swiftServerJWTLength]

  func findings(in project: CheckedProject) -> [Finding] {
    guard let key = project.known("JWT_SECRET"), !key.isMissing, let winner = key.winner else { return [] }
    let algorithm = project.resolution["JWT_ALGORITHM"]?.winner?.value.text ?? "HS256"
    let bytes = ["HS384": 48, "HS512": 64][algorithm] ?? 32
    guard winner.value.withBytes({ $0.byteCount < bytes }) else { return [] }
    return [
      Finding(
        .swiftServerJWTLength, key: key.key, "JWT_SECRET is shorter than the \(bytes) bytes of \(algorithm)",
        at: winner.origin.location, fix: .command("cfgkit", "rotate-secret", key.key, "--drop-previous"))
    ]
  }
}

extension Rule {
  static let swiftServerJWTLength = Rule(
    "swift-server/jwt-length", 718, "an HMAC key that is shorter than its hash",
    why:
      "RFC 7518 asks for a key as long as the hash; JWTKit takes any, and a short one can be found by trying.",
    example: "JWT_SECRET=x9Qv2", fix: "cfgkit rotate-secret JWT_SECRET --drop-previous.",
    source: "RFC 7518 section 3.2")
}
