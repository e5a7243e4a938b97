public import CfgKitSecrets

// The words behind `# cfgkit:` in a schema, for declarations in Swift.

extension Key {
  /// Says that the key is no secret, though its name sounds like one.
  public func `public`() -> Key {
    changing(content.type.isSensitive ? "is a secret and cannot be public" : nil, isPublic: true)
  }

  /// How `cfgkit init` and `cfgkit rotate-secret` make a value.
  public func generated(_ format: KeyFormat) -> Key { changing { $0.generate = format } }

  /// Differs from every other secret, here and in the files of other environments.
  public func distinct() -> Key { changing { $0.isDistinct = true } }

  /// A sample value, for people.
  public func example(_ text: String) -> Key { changing { $0.example = text } }

  /// The address of documentation; several add up.
  public func docs(_ address: String) -> Key { changing { $0.docs.append(address) } }

  /// Should go, and why.
  public func deprecated(_ reason: String = "") -> Key { changing { $0.deprecation = reason } }

  /// The phase in which the value must exist.
  public func phase(_ phase: KeyDeclaration.Phase) -> Key { changing { $0.phase = phase } }

  /// A rule beside the key: what the value has to be, in one environment or, without, in all. Several add up.
  public func mustBe(_ value: Value, in environment: String? = nil) -> Key {
    let text = content.type.text(value)
    return changing(text == nil ? "must be something that cannot be written as text" : nil) {
      $0.mustBe.append(KeyDeclaration.MustBe(text: text ?? "", environment: environment))
    }
  }
}

// MARK: Optional keys

extension Key {
  /// Required on a condition; else it may be unset, so it stays optional in Swift.
  public func required<Wrapped>(when condition: Condition) -> Key where Value == Wrapped? {
    changing { $0.requirement = condition.simplified }
  }

  /// Does not compile: what is not optional is always required.
  @available(
    *, unavailable,
    message: "only a key that may be unset is required on a condition: declare it with optional:"
  )
  public func required(when condition: Condition) -> Key { self }

  /// Of the keys of this group exactly one has to be set.
  public func exactlyOne<Wrapped>(ofGroup name: String) -> Key where Value == Wrapped? {
    changing { $0.group = KeyDeclaration.Group(name: name, isExclusive: true) }
  }

  /// Of the keys of this group at least one has to be set.
  public func atLeastOne<Wrapped>(ofGroup name: String) -> Key where Value == Wrapped? {
    changing { $0.group = KeyDeclaration.Group(name: name, isExclusive: false) }
  }

  /// Written by cfgkit: `init` leaves it out, and `set` refuses.
  public func managed<Wrapped>() -> Key where Value == Wrapped? { changing { $0.isManaged = true } }
}

// MARK: Secrets

extension Key {
  /// Does not compile: of what is read as an ordinary value, anyone could print a copy.
  @available(
    *, unavailable, message: "declare the type with .secret(…): only a Secret keeps a value from being shown"
  )
  public func sensitive() -> Key { self }
}

extension Key where Value == ConfigURL {
  /// Holds a secret: the password of the URL, its path or its query.
  public func sensitive() -> Key { changing { $0.isSensitive = true } }
}

extension Key where Value == ConfigURL? {
  /// Holds a secret: the password of the URL, its path or its query.
  public func sensitive() -> Key { changing { $0.isSensitive = true } }
}

extension Key where Value == Secret {
  /// How it rotates (see <doc:Rotation>). `fallback` becomes a key of the schema too, one that cfgkit writes.
  ///
  /// - Parameters:
  ///   - days: the age after which it should be replaced, 1 to 36500; nil for no limit.
  ///   - fallback: the key that holds what is still accepted; nil if nothing can be kept.
  ///   - format: how that list is written. `.authjs` is for keys named `…_3`; `.jwks` for keys that are generated as Ed25519 or `jwk`.
  ///   - order: in which order it stands.
  ///   - grace: how long a previous key stays accepted: the longest session; 31 days if nil.
  ///   - settle: the time in which every process has been restarted; 24 hours if nil.
  ///   - standingNext: whether a next key is always published ahead of time: then a rotation is one step.
  ///   - forgetAfter: the silence of a member of a fleet after which a rotation goes on without it, in whole seconds; never if nil.
  public func rotates(
    everyDays days: Int? = nil, fallback: String? = nil, format: RotationPolicy.FallbackFormat = .csv,
    order: RotationPolicy.FallbackOrder = .newestFirst, grace: Duration? = nil, settle: Duration? = nil,
    standingNext: Bool = false, forgetAfter: Duration? = nil
  ) -> Key {
    rotating(days, fallback, format, order, grace, settle, standingNext, forgetAfter)
  }
}

extension Key where Value == Secret? {
  /// How it rotates, if it is set (see <doc:Rotation>). `fallback` becomes a key of the schema too, one that cfgkit writes.
  ///
  /// - Parameters:
  ///   - days: the age after which it should be replaced, 1 to 36500; nil for no limit.
  ///   - fallback: the key that holds what is still accepted; nil if nothing can be kept.
  ///   - format: how that list is written. `.authjs` is for keys named `…_3`; `.jwks` for keys that are generated as Ed25519 or `jwk`.
  ///   - order: in which order it stands.
  ///   - grace: how long a previous key stays accepted: the longest session; 31 days if nil.
  ///   - settle: the time in which every process has been restarted; 24 hours if nil.
  ///   - standingNext: whether a next key is always published ahead of time: then a rotation is one step.
  ///   - forgetAfter: the silence of a member of a fleet after which a rotation goes on without it, in whole seconds; never if nil.
  public func rotates(
    everyDays days: Int? = nil, fallback: String? = nil, format: RotationPolicy.FallbackFormat = .csv,
    order: RotationPolicy.FallbackOrder = .newestFirst, grace: Duration? = nil, settle: Duration? = nil,
    standingNext: Bool = false, forgetAfter: Duration? = nil
  ) -> Key {
    rotating(days, fallback, format, order, grace, settle, standingNext, forgetAfter)
  }
}

extension Key {
  fileprivate func rotating(
    _ days: Int?, _ fallback: String?, _ format: RotationPolicy.FallbackFormat,
    _ order: RotationPolicy.FallbackOrder, _ grace: Duration?, _ settle: Duration?, _ standingNext: Bool,
    _ forgetAfter: Duration?
  ) -> Key {
    // A century: beyond it lies a slip, and in the end what no clock can count.
    let isCountable = (days ?? 0) <= 36_500
    let policy = RotationPolicy(
      isCountable ? days : nil, fallback, format, order, grace, settle, standingNext, forgetAfter)
    return changing(isCountable ? nil : "rotates after more than 36500 days") { $0.rotation = policy }
  }
}

extension RotationPolicy {
  fileprivate init(
    _ days: Int?, _ fallback: String?, _ format: FallbackFormat, _ order: FallbackOrder, _ grace: Duration?,
    _ settle: Duration?, _ standingNext: Bool, _ forgetAfter: Duration?
  ) {
    self.init(
      maximumAge: days.map { .seconds(max($0, 0) * 86_400) }, fallbackKey: fallback, fallbackFormat: format,
      fallbackOrder: order, keepsStandingNext: standingNext, forgetAfter: forgetAfter)
    if let grace { self.grace = grace }
    if let settle { self.settle = settle }
  }
}
