/// The checks that every project gets, in the order of their codes. A framework's are in its pack.
enum CheckList {
  static let general: [any Check] = [
    SyntaxCheck(),
    SecretStrengthCheck(), SharedSecretCheck(), SharedAcrossEnvironmentsCheck(), SecretEqualsNameCheck(),
    SecretExpiredCheck(),
    SecretInURLCheck(),
    FallbackListCheck(),
    MissingRequiredCheck(), UnknownKeyCheck(), TypeCheck(), DeprecatedKeyCheck(), MustBeCheck(), GroupCheck(),
    SchemaCheck(), UnusedSuppression(), EnvironmentMismatchCheck(),
    FileModeCheck(), NotIgnoredCheck(), TrackedByGitCheck(), SymlinkCheck(), DockerContextCheck(),
    FileMissingCheck(), FileNotReadCheck(),
    ShadowedCheck(), QuotedValueCheck(),
  ]

  /// The checks of `doctor` alone.
  static let machine: [any MachineCheck] = [
    GitHistoryCheck(), StrayFileCheck(), DependencyCheck(), ManifestCheck(), PythonVersionCheck(),
    RedirectFileCheck(), ServiceCheck(),
  ]

  /// Every rule of every check, by code; two checks may report one rule.
  static let rules: [Rule] =
    Set(
      general.flatMap(\.rules) + machine.flatMap(\.rules) + Comparison.rules + RulePack.all.flatMap(\.rules)
    )
    .sorted { $0.number < $1.number }
}

extension Rule {
  /// Every rule there is, by code.
  public static var all: [Rule] { CheckList.rules }

  /// The rule of a name or a code (`CFG201`), or nil.
  public static func named(_ name: String) -> Rule? {
    all.first { $0.id == name || $0.code == name.uppercased() }
  }

  /// The names of the rule packs that there are.
  public static var packNames: [String] { RulePack.all.map(\.name).sorted() }
}
