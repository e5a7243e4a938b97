import SystemPackage

/// Whether Laravel reads a cached configuration that is older than the `.env`.
struct LaravelCacheCheck: Check {
  let rules: [Rule] = [.laravelCachedConfig]
  let facts = Facts.files

  func findings(in project: CheckedProject) -> [Finding] {
    let path = project.project.root.appending("bootstrap/cache/config.php")
    guard let cache = try? path.stat() else { return [] }
    return project.project.files.compactMap { file in
      guard let status = try? file.path?.stat(), status.modified.seconds > cache.modified.seconds else {
        return nil
      }
      let shown = ShownPath.of(path)
      return Finding(
        .laravelCachedConfig, "\(shown) is older than \(file.shownPath): Laravel reads the old values",
        at: Location(path: shown), fix: .command("php", "artisan", "config:cache"))
    }
  }
}

extension Rule {
  static let laravelCachedConfig = Rule(
    "laravel/cached-config", 712, .warning, "a cached configuration older than the .env",
    why: "With bootstrap/cache/config.php Laravel does not read .env at all; a rotated key has no effect.",
    example: "$ ls -t .env bootstrap/cache/config.php\n.env\nbootstrap/cache/config.php",
    fix: "php artisan config:cache, or config:clear.",
    source: "laravel.com/docs/configuration#configuration-caching")
}
