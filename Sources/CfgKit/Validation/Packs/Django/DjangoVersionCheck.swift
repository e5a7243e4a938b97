/// Whether the installed Django reads previous keys.
struct DjangoVersionCheck: MachineCheck {
  let rules: [Rule] = [.djangoFallbacksVersion]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let list = examined.resolution["SECRET_KEY_FALLBACKS"], !list.isMissing,
      let django = examined.python.version(of: "django"), django.version < "4.1.8"
    else { return [] }
    return [
      Finding(
        .djangoFallbacksVersion, key: list.key,
        "SECRET_KEY_FALLBACKS is set, and Django \(django.version) does not read it rightly",
        at: list.winner?.origin.location, fix: .command("pip", "install", "Django>=4.2"))
    ]
  }
}

extension Rule {
  static let djangoFallbacksVersion = Rule(
    "django/fallbacks-version", 705, "previous keys that this Django does not read rightly",
    why:
      "Before 4.1 Django ignores SECRET_KEY_FALLBACKS, and before 4.1.8 sessions do not use it: a rotation signs everybody out.",
    example: "SECRET_KEY_FALLBACKS=…     installed: Django 3.2.25", fix: "pip install 'Django>=4.2'.",
    source:
      "docs.djangoproject.com/en/stable/releases/4.1.8; docs.djangoproject.com/en/stable/ref/settings/#secret-key-fallbacks"
  )
}
