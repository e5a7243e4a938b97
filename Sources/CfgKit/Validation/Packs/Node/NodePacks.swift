extension RulePack {
  /// Express with express-session.
  static let express = RulePack(
    name: "express",
    keys: ["NODE_ENV", "PORT", "HOST", "SESSION_SECRET", "DATABASE_URL", "REDIS_URL", "LOG_LEVEL"],
    packages: ["express"], checks: [], machineChecks: [ExpressSessionCheck()])

  /// Next.js, with Auth.js where it is used.
  static let nextjs = RulePack(
    name: "nextjs",
    keys: [
      "NODE_ENV", "PORT", "AUTH_SECRET", "AUTH_SECRET_1", "AUTH_SECRET_2", "AUTH_SECRET_3", "AUTH_URL",
      "AUTH_TRUST_HOST", "NEXTAUTH_SECRET", "NEXTAUTH_URL", "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
      "DATABASE_URL",
    ],
    packages: ["next"], checks: [NextCheck()])

  /// better-auth, in any framework.
  static let betterAuth = RulePack(
    name: "better-auth", keys: ["BETTER_AUTH_SECRET", "BETTER_AUTH_SECRETS", "BETTER_AUTH_URL"],
    packages: ["better-auth"], checks: [BetterAuthCheck()])
}
