/// A release whose needs cfgkit knows, for projects in which nothing is installed yet: the newest of each minor version.
struct KnownRelease: Sendable {
  let version: PackageVersion
  /// The oldest Python it runs on.
  let python: PackageVersion
  /// The oldest versions of other packages it takes.
  let needs: [String: PackageVersion]

  private init(_ version: PackageVersion, python: PackageVersion, needs: [String: PackageVersion] = [:]) {
    self.version = version
    self.python = python
    self.needs = needs
  }

  /// The pairs of packages of which the first limits the second.
  static let floors = [("flask", "werkzeug"), ("flask-session", "flask")]

  /// The releases of a package, oldest first.
  static func all(of name: String) -> [KnownRelease] { table[name] ?? [] }

  /// The releases that a range allows; for a pinned version the one of the same minor version, whose needs it shares.
  static func allowed(by range: VersionRange, of name: String) -> [KnownRelease] {
    guard let pinned = range.pinned else { return all(of: name).filter { range.contains($0.version) } }
    return all(of: name).filter { $0.version.release.prefix(2) == pinned.release.prefix(2) }
  }

  /// From the metadata on PyPI.
  private static let table: [String: [KnownRelease]] = [
    "flask": [
      KnownRelease("2.0.3", python: "3.6", needs: ["werkzeug": "2.0"]),
      KnownRelease("2.1.3", python: "3.7", needs: ["werkzeug": "2.0"]),
      KnownRelease("2.2.5", python: "3.7", needs: ["werkzeug": "2.2.2"]),
      KnownRelease("2.3.3", python: "3.8", needs: ["werkzeug": "2.3.7"]),
      KnownRelease("3.0.3", python: "3.8", needs: ["werkzeug": "3.0.0"]),
      KnownRelease("3.1.3", python: "3.9", needs: ["werkzeug": "3.1.0"]),
    ],
    "werkzeug": [
      KnownRelease("2.0.3", python: "3.6"), KnownRelease("2.1.2", python: "3.7"),
      KnownRelease("2.2.3", python: "3.7"), KnownRelease("2.3.8", python: "3.8"),
      KnownRelease("3.0.6", python: "3.8"), KnownRelease("3.1.9", python: "3.9"),
    ],
    "flask-session": [
      KnownRelease("0.3.2", python: "2.7"), KnownRelease("0.4.1", python: "2.7"),
      KnownRelease("0.5.0", python: "3.7", needs: ["flask": "2.2"]),
      KnownRelease("0.6.0", python: "3.7", needs: ["flask": "2.2"]),
      KnownRelease("0.7.0", python: "3.8", needs: ["flask": "2.2"]),
      KnownRelease("0.8.0", python: "3.8", needs: ["flask": "2.2"]),
    ],
    "django": [
      KnownRelease("4.2.20", python: "3.8"), KnownRelease("5.0.14", python: "3.10"),
      KnownRelease("5.1.8", python: "3.10"), KnownRelease("5.2.1", python: "3.10"),
    ],
  ]
}
