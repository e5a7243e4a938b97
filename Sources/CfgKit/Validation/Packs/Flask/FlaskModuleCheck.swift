/// Whether the packages are installed that a session type or an address needs.
struct FlaskModuleCheck: MachineCheck {
  let rules: [Rule] = [.dependencyMissing]

  func findings(in examined: ExaminedProject) -> [Finding] {
    guard examined.python.hasInstalledPackages else { return [] }
    return [sessions(examined)].compactMap(\.self)
      + ["DATABASE_URL", "SQLALCHEMY_DATABASE_URI"].compactMap { database($0, examined) }
  }

  private func sessions(_ examined: ExaminedProject) -> Finding? {
    guard let type = examined.resolution["SESSION_TYPE"], let name = type.winner?.value.text,
      examined.python.version(of: "flask-session") != nil, let packages = Self.sessionPackages[name]
    else { return nil }
    return missing(packages, for: type.key, type.winner?.origin.location, examined)
  }

  private static let sessionPackages = [
    "redis": ["redis"], "filesystem": ["cachelib"], "cachelib": ["cachelib"], "mongodb": ["pymongo"],
    "memcached": ["pymemcache", "pylibmc", "python-memcached"], "sqlalchemy": ["flask-sqlalchemy"],
    "dynamodb": ["boto3"],
  ]

  /// SQLAlchemy names a driver behind `+`; without, it has one of its own choice.
  private func database(_ key: String, _ examined: ExaminedProject) -> Finding? {
    guard let resolved = examined.resolution[key], let winner = resolved.winner,
      let sqlalchemy = examined.python.version(of: "sqlalchemy"),
      let scheme = winner.value.withBytes({ bytes in
        URLParts(bytes).map { bytes.extracting($0.scheme).text }
      }),
      let packages = Self.drivers(scheme, sqlalchemy.version)
    else { return nil }
    return missing(packages, for: key, winner.origin.location, examined)
  }

  private static func drivers(_ scheme: String, _ sqlalchemy: PackageVersion) -> [String]? {
    switch scheme {
    case "postgresql": sqlalchemy >= "2.1" ? ["psycopg"] : ["psycopg2", "psycopg2-binary"]
    case "postgresql+psycopg2": ["psycopg2", "psycopg2-binary"]
    case "postgresql+psycopg": ["psycopg"]
    case "postgresql+asyncpg": ["asyncpg"]
    case "mysql", "mysql+mysqldb", "mariadb": ["mysqlclient"]
    case "mysql+pymysql", "mariadb+pymysql": ["pymysql"]
    default: nil
    }
  }

  private func missing(
    _ packages: [String], for key: String, _ location: Location?, _ examined: ExaminedProject
  ) -> Finding? {
    guard let first = packages.last, !packages.contains(where: { examined.python.version(of: $0) != nil })
    else {
      return nil
    }
    return Finding(
      .dependencyMissing, key: key, "\(key) needs the package \(first), which is not installed", at: location,
      fix: .command("pip", "install", first))
  }
}
