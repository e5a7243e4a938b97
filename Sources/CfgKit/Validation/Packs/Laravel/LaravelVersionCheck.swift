/// Whether the locked Laravel reads previous keys.
struct LaravelVersionCheck: MachineCheck {
  let rules: [Rule] = [.laravelFallbacksVersion]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard let list = examined.resolution["APP_PREVIOUS_KEYS"], !list.isMissing,
      let laravel = examined.surroundings.locked.versions(of: .php)["laravel/framework"], laravel < "11.0"
    else { return [] }
    return [
      Finding(
        .laravelFallbacksVersion, key: list.key,
        "APP_PREVIOUS_KEYS is set, and Laravel \(laravel) does not read it",
        at: list.winner?.origin.location, fix: .command("composer", "require", "laravel/framework:^11.0"))
    ]
  }
}

extension Rule {
  static let laravelFallbacksVersion = Rule(
    "laravel/fallbacks-version", 719, "previous keys that this Laravel does not read",
    why: "Before 11 Laravel has one key: a rotation signs everybody out, and what was encrypted stays shut.",
    example: "APP_PREVIOUS_KEYS=…     composer.lock: laravel/framework v10.48.0",
    fix: "composer require laravel/framework:^11.0.",
    source: "laravel.com/docs/11.x/releases (graceful encryption key rotation)")
}
