/// The checks there are, in the order of their codes.
enum CheckList {
  private static let general: [any Check] = [
    SyntaxCheck(),
    SecretStrengthCheck(), SharedSecretCheck(), SecretEqualsNameCheck(), SecretExpiredCheck(),
    SecretInURLCheck(),
    FallbackListCheck(),
    MissingRequiredCheck(), UnknownKeyCheck(), TypeCheck(), DeprecatedKeyCheck(), MustBeCheck(), GroupCheck(),
    SchemaCheck(), UnusedSuppression(), EnvironmentMismatchCheck(),
    FileModeCheck(), SymlinkCheck(), FileMissingCheck(), FileNotReadCheck(),
    ShadowedCheck(), QuotedValueCheck(),
  ]

  private static let packs: [String: [any Check]] = [
    "flask": [FlaskSessionCheck(), FlaskCookieCheck(), FlaskValueCheck()]
  ]

  /// The general checks and those of the named packs.
  static func checks(packs names: Set<String>) -> [any Check] {
    general + names.sorted().flatMap { packs[$0] ?? [] }
  }

  /// The names of the packs.
  static var packNames: [String] { packs.keys.sorted() }

  /// Every rule of every check, by code.
  static let rules: [Rule] = (general + packs.values.flatMap { $0 }).flatMap(\.rules).sorted {
    $0.number < $1.number
  }
}

extension Rule {
  /// Every rule there is, by code.
  public static var all: [Rule] { CheckList.rules }

  /// The rule of a name or a code (`CFG201`), or nil.
  public static func named(_ name: String) -> Rule? {
    all.first { $0.id == name || $0.code == name.uppercased() }
  }

  /// The rule packs that there are.
  public static var packNames: [String] { CheckList.packNames }
}
