extension RulePack {
  /// Django.
  static let django = RulePack(
    name: "django",
    keys: [
      "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "DEBUG", "ALLOWED_HOSTS",
      "DATABASE_URL",
      "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
      "SECURE_HSTS_SECONDS", "DJANGO_SUPERUSER_PASSWORD",
    ],
    packages: ["django"], checks: [DjangoCheck()], machineChecks: [DjangoVersionCheck()])
}
