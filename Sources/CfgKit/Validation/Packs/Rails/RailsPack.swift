extension RulePack {
  /// Ruby on Rails.
  static let rails = RulePack(
    name: "rails",
    keys: [
      "RAILS_ENV", "SECRET_KEY_BASE", "SECRET_KEY_BASE_PREVIOUS", "SECRET_KEY_BASE_DUMMY", "RAILS_MASTER_KEY",
      "DATABASE_URL", "REDIS_URL", "RAILS_LOG_LEVEL", "RAILS_MAX_THREADS", "RAILS_SERVE_STATIC_FILES",
      "RAILS_LOG_TO_STDOUT", "WEB_CONCURRENCY",
    ],
    packages: ["rails"], checks: [RailsCheck()], machineChecks: [RailsRotatorCheck()])
}
