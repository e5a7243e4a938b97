/// One `@name`, `@name=value` or `@name(arguments)` of a decorator line, as @env-spec writes it.
///
///     # @required=eq($SESSION_TYPE, redis) @type=url # cfgkit: schemes=redis,rediss
struct Decorator: Equatable {
  /// What stands behind `=`, or inside parentheses.
  enum Value: Equatable {
    case text(String)
    /// `$KEY` or `${KEY}`.
    case reference(String)
    /// `name(arguments)`.
    case call(String, [Argument])
  }

  /// One argument of a call: `minLength=32`, `redis`, `$KEY`.
  struct Argument: Equatable {
    let name: String?
    let value: Value
  }

  let name: String
  let value: Value?
  let arguments: [Argument]?
  /// The byte offset of the `@` in the comment.
  let offset: Int
}

extension Decorator.Value {
  /// The text, or nil for a reference or a call.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
