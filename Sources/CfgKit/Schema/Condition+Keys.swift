// Conditions on keys that are declared in Swift.

extension Condition {
  /// The key has this value.
  public static func equals<Value>(_ key: Key<Value>, _ value: Value) -> Condition
  where Value: RawRepresentable, Value.RawValue == String {
    .equals(key: key.name, value.rawValue)
  }

  /// The key is set, and has this value.
  public static func equals<Value>(_ key: Key<Value?>, _ value: Value) -> Condition
  where Value: RawRepresentable, Value.RawValue == String {
    .equals(key: key.name, value.rawValue)
  }

  /// The key has this text.
  public static func equals(_ key: Key<String>, _ text: String) -> Condition { .equals(key: key.name, text) }

  /// The key is set, and has this text.
  public static func equals(_ key: Key<String?>, _ text: String) -> Condition { .equals(key: key.name, text) }

  /// The key is true.
  public static func isTrue(_ key: Key<Bool>) -> Condition { .isTrue(key: key.name) }

  /// The key is set, and true.
  public static func isTrue(_ key: Key<Bool?>) -> Condition { .isTrue(key: key.name) }

  /// The key has a value.
  public static func isSet<Value>(_ key: Key<Value?>) -> Condition { .not(.isEmpty(key: key.name)) }

  /// In one of these environments; production by any of its names.
  public static func forEnv(_ names: String...) -> Condition { .environment(names) }

  /// Both hold.
  public static func && (left: Condition, right: Condition) -> Condition {
    .choice(if: left, then: right, else: .never)
  }

  /// One of the two holds, or both.
  public static func || (left: Condition, right: Condition) -> Condition {
    .choice(if: left, then: .always, else: right)
  }

  /// It does not hold.
  public static prefix func ! (condition: Condition) -> Condition { ConditionReader.negated(condition) }

  /// The same condition as a schema's text gives it back.
  var simplified: Condition {
    switch self {
    case .not(let inner): ConditionReader.negated(inner.simplified)
    case .choice(let first, let second, let third):
      .choice(if: first.simplified, then: second.simplified, else: third.simplified)
    default: self
    }
  }
}
