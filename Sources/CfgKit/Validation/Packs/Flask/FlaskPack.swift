extension RulePack {
  /// Flask and Flask-Session.
  static let flask = RulePack(
    name: "flask",
    keys: [
      "SESSION_USE_SIGNER", "SESSION_TYPE", "SESSION_PERMANENT", "SESSION_KEY_PREFIX", "SESSION_FILE_DIR",
      "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_NAME",
      "PREFERRED_URL_SCHEME", "FLASK_APP", "FLASK_DEBUG", "FLASK_RUN_HOST", "FLASK_RUN_PORT", "REDIS_URL",
      "APP_SECRET_KEY", "SECRET_KEY", "DATABASE_URL", "SQLALCHEMY_DATABASE_URI",
    ],
    deprecatedKeys: [
      "FLASK_ENV": Deprecation(
        message: "FLASK_ENV has no effect since Flask 2.3", replacement: "FLASK_DEBUG"),
      "SESSION_FILE_THRESHOLD": Deprecation(
        message: "SESSION_FILE_THRESHOLD is deprecated since Flask-Session 0.7.0", replacement: nil),
    ],
    packages: ["flask", "flask-session"],
    judgedPackages: ["flask", "werkzeug", "flask-session"],
    checks: [FlaskSessionCheck(), FlaskStoreCheck(), FlaskCookieCheck(), FlaskValueCheck()],
    machineChecks: [
      FlaskVersionCheck(), FlaskModuleCheck(), FlaskSourceCheck(), FlaskSessionOrderCheck(),
      StaleSessionsCheck(),
    ])
}
