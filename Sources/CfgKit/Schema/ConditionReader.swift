/// Makes a `Condition` of what stands behind `@required=`: `forEnv`, `eq`, `not`, `if` and `isEmpty`, and no other functions.
enum ConditionReader {
  private static let functions = ["forEnv", "eq", "not", "if", "isEmpty"]

  /// nil means that the decorator stands alone: always.
  static func condition(_ value: Decorator.Value?) throws(SchemaProblem) -> Condition {
    switch value {
    case nil, .text("true"): return .always
    case .text("false"): return .never
    case .text(let text): throw SchemaProblem("\(text) is neither true, false nor a condition")
    case .reference(let key): return .isTrue(key: key)
    case .call(let name, let arguments): return try call(name, arguments.map(\.value))
    }
  }

  private static func call(_ name: String, _ arguments: [Decorator.Value]) throws(SchemaProblem) -> Condition
  {
    switch (name, arguments.count) {
    case ("forEnv", 1...):
      let names = arguments.compactMap(\.text)
      guard names.count == arguments.count else {
        throw SchemaProblem("forEnv() takes environment names")
      }
      return .environment(names)
    case ("eq", 2):
      guard case .reference(let key) = arguments[0], let text = arguments[1].text else {
        throw SchemaProblem("eq() takes a key and a text: eq($SESSION_TYPE, redis)")
      }
      return .equals(key: key, text)
    case ("isEmpty", 1):
      guard case .reference(let key) = arguments[0] else {
        throw SchemaProblem("isEmpty() takes a key: isEmpty($KEY)")
      }
      return .isEmpty(key: key)
    case ("not", 1): return negated(try condition(arguments[0]))
    case ("if", 2...3):
      return .choice(
        if: try condition(arguments[0]), then: try condition(arguments[1]),
        else: arguments.count == 3 ? try condition(arguments[2]) : .never)
    case (let known, _) where functions.contains(known):
      throw SchemaProblem("\(known)() has the wrong number of arguments")
    default: throw .unknown("the condition", name, among: functions)
    }
  }

  /// The opposite, in its simplest form.
  static func negated(_ condition: Condition) -> Condition {
    switch condition {
    case .always: .never
    case .never: .always
    case .not(let inner): inner
    default: .not(condition)
    }
  }
}
