/// Makes a `Condition` of what stands behind `@required=`: `forEnv`, `eq`, `not`, `if` and `isEmpty`, and no other functions.
enum ConditionReader {
  private static let functions = ["forEnv", "eq", "not", "if", "isEmpty"]

  /// nil means that the decorator stands alone: always.
  static func condition(_ value: Decorator.Value?) -> Result<Condition, SchemaProblem> {
    switch value {
    case nil, .text("true"): return .success(.always)
    case .text("false"): return .success(.never)
    case .text(let text): return .failure(SchemaProblem("\(text) is neither true, false nor a condition"))
    case .reference(let key): return .success(.isTrue(key: key))
    case .call(let name, let arguments): return call(name, arguments.map(\.value))
    }
  }

  private static func call(_ name: String, _ arguments: [Decorator.Value]) -> Result<Condition, SchemaProblem>
  {
    switch (name, arguments.count) {
    case ("forEnv", 1...):
      let names = arguments.compactMap(\.text)
      guard names.count == arguments.count else {
        return .failure(SchemaProblem("forEnv() takes environment names"))
      }
      return .success(.environment(names))
    case ("eq", 2):
      guard case .reference(let key) = arguments[0], let text = arguments[1].text else {
        return .failure(SchemaProblem("eq() takes a key and a text: eq($SESSION_TYPE, redis)"))
      }
      return .success(.equals(key: key, text))
    case ("isEmpty", 1):
      guard case .reference(let key) = arguments[0] else {
        return .failure(SchemaProblem("isEmpty() takes a key: isEmpty($KEY)"))
      }
      return .success(.isEmpty(key: key))
    case ("not", 1): return condition(arguments[0]).map(negated)
    case ("if", 2...3):
      return condition(arguments[0]).flatMap { first in
        condition(arguments[1]).flatMap { second in
          guard arguments.count == 3 else { return .success(.choice(if: first, then: second, else: .never)) }
          return condition(arguments[2]).map { .choice(if: first, then: second, else: $0) }
        }
      }
    case (let known, _) where functions.contains(known):
      return .failure(SchemaProblem("\(known)() has the wrong number of arguments"))
    default: return .failure(.unknown("the condition", name, among: functions))
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
