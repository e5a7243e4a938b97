public import CfgKitSecrets

/// What a schema says of one key.
public struct KeyDeclaration: Sendable, Hashable {
  /// When the value must exist.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    case build, run
  }

  /// A production rule beside its key: `must-be=V when=ENV`.
  public struct MustBe: Sendable, Hashable {
    /// The text that the value has to be.
    public let text: String
    /// The environment in which it has to, or nil for all.
    public let environment: String?
  }

  /// Keys of which one, or at least one, has to be set.
  public struct Group: Sendable, Hashable {
    /// The name, as the schema gives it.
    public let name: String
    /// Whether exactly one has to be set; else at least one.
    public let isExclusive: Bool
  }

  /// The name, `A-Za-z0-9_.-`.
  public let key: String
  /// What the value must be.
  public var type: ValueType
  /// When it has to be set.
  public var requirement: Condition
  /// Whether its value is a secret, declared or inferred.
  public var isSensitive: Bool
  /// Whether sensitivity was read off the name, not declared.
  public var isSensitivityInferred: Bool
  /// The default, or nil for none. Sensitive keys have none.
  public var defaultText: String?
  /// Whether the value comes from a function call that another tool resolves; it then counts as set.
  public var isResolvedElsewhere: Bool
  /// A sample value.
  public var example: String?
  /// The description: the plain comment lines above the key.
  public var summary: String
  /// Addresses of documentation.
  public var docs: [String]
  /// Why the key should go, or nil if it need not.
  public var deprecation: String?
  /// The bits that the secret should hold, or nil if only samples and known secrets are refused.
  public var strength: Int?
  /// How `init` and `rotate-secret` make a value.
  public var generate: KeyFormat?
  /// How it rotates, or nil if nothing is said.
  public var rotation: RotationPolicy?
  /// Whether cfgkit writes it: `init` leaves it out and `set` refuses.
  public var isManaged: Bool
  /// Whether it differs from every other secret.
  public var isDistinct: Bool
  /// What it has to be, and where.
  public var mustBe: [MustBe]
  /// The phase in which it is needed.
  public var phase: Phase?
  /// The group it belongs to.
  public var group: Group?
  /// The key's place in the schema; nil for a declaration in Swift.
  public var location: Location?

  /// A required, plain text without a default.
  public init(_ key: String, type: ValueType = .text, location: Location? = nil) {
    self.key = key
    self.type = type
    self.location = location
    requirement = .always
    isSensitive = false
    isSensitivityInferred = false
    isResolvedElsewhere = false
    summary = ""
    docs = []
    isManaged = false
    isDistinct = false
    mustBe = []
  }

  /// Whether it need never be set.
  public var isOptional: Bool { requirement == .never }
}
