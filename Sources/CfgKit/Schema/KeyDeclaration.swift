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
  public var key: String { fields.key }
  /// What the value must be.
  public var type: ValueType {
    get { fields.type }
    set { fields.type = newValue }
  }
  /// When it has to be set.
  public var requirement: Condition {
    get { fields.requirement }
    set { fields.requirement = newValue }
  }
  /// Whether its value is a secret, declared or inferred.
  public var isSensitive: Bool {
    get { fields.isSensitive }
    set { fields.isSensitive = newValue }
  }
  /// Whether sensitivity was read off the name, not declared.
  public var isSensitivityInferred: Bool {
    get { fields.isSensitivityInferred }
    set { fields.isSensitivityInferred = newValue }
  }
  /// The default, or nil for none. Sensitive keys have none.
  public var defaultText: String? {
    get { fields.defaultText }
    set { fields.defaultText = newValue }
  }
  /// Whether the value comes from a function call that another tool resolves; it then counts as set.
  public var isResolvedElsewhere: Bool {
    get { fields.isResolvedElsewhere }
    set { fields.isResolvedElsewhere = newValue }
  }
  /// A sample value.
  public var example: String? {
    get { fields.example }
    set { fields.example = newValue }
  }
  /// The description: the plain comment lines above the key.
  public var summary: String {
    get { fields.summary }
    set { fields.summary = newValue }
  }
  /// Addresses of documentation.
  public var docs: [String] {
    get { fields.docs }
    set { fields.docs = newValue }
  }
  /// Why the key should go, or nil if it need not.
  public var deprecation: String? {
    get { fields.deprecation }
    set { fields.deprecation = newValue }
  }
  /// The bits that the secret should hold, or nil if only samples and known secrets are refused.
  public var strength: Int? {
    get { fields.strength }
    set { fields.strength = newValue }
  }
  /// How `init` and `rotate-secret` make a value.
  public var generate: KeyFormat? {
    get { fields.generate }
    set { fields.generate = newValue }
  }
  /// How it rotates, or nil if nothing is said.
  public var rotation: RotationPolicy? {
    get { fields.rotation }
    set { fields.rotation = newValue }
  }
  /// Whether cfgkit writes it: `init` leaves it out and `set` refuses.
  public var isManaged: Bool {
    get { fields.isManaged }
    set { fields.isManaged = newValue }
  }
  /// Whether it differs from every other secret.
  public var isDistinct: Bool {
    get { fields.isDistinct }
    set { fields.isDistinct = newValue }
  }
  /// What it has to be, and where.
  public var mustBe: [MustBe] {
    get { fields.mustBe }
    set { fields.mustBe = newValue }
  }
  /// The phase in which it is needed.
  public var phase: Phase? {
    get { fields.phase }
    set { fields.phase = newValue }
  }
  /// The group it belongs to.
  public var group: Group? {
    get { fields.group }
    set { fields.group = newValue }
  }
  /// The key's place in the schema; nil for a declaration in Swift.
  public var location: Location? {
    get { fields.location }
    set { fields.location = newValue }
  }

  /// A required, plain text without a default.
  public init(_ key: String, type: ValueType = .text, location: Location? = nil) {
    _fields = CopyOnWrite(Fields(key: key, type: type, location: location))
  }

  /// Whether it need never be set.
  public var isOptional: Bool { requirement == .never }

  /// All of it. It is wide, and goes through many hands at each load: they share one copy.
  @CopyOnWrite private var fields: Fields

  private struct Fields: Sendable, Hashable {
    let key: String
    var type: ValueType
    var requirement = Condition.always
    var isSensitive = false
    var isSensitivityInferred = false
    var defaultText: String?
    var isResolvedElsewhere = false
    var example: String?
    var summary = ""
    var docs: [String] = []
    var deprecation: String?
    var strength: Int?
    var generate: KeyFormat?
    var rotation: RotationPolicy?
    var isManaged = false
    var isDistinct = false
    var mustBe: [MustBe] = []
    var phase: Phase?
    var group: Group?
    var location: Location?
  }
}
