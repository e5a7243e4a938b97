/// When something holds: a pure question about resolved values and the environment.
public indirect enum Condition: Sendable, Hashable {
  case always
  case never
  /// In one of these environments; production by any of its names.
  case environment([String])
  /// The key's resolved value is this text.
  case equals(key: String, String)
  /// The key is not set, or empty.
  case isEmpty(key: String)
  /// The key's value, read as a boolean, is true.
  case isTrue(key: String)
  case not(Condition)
  /// The second where the first holds, else the third.
  case choice(if: Condition, then: Condition, else: Condition)

  /// The keys it asks about.
  public var keys: [String] {
    switch self {
    case .always, .never, .environment: []
    case .equals(let key, _), .isEmpty(let key), .isTrue(let key): [key]
    case .not(let condition): condition.keys
    case .choice(let first, let second, let third): first.keys + second.keys + third.keys
    }
  }

  /// Whether it holds. `isIn` says whether the environment is of a name; `value` gives a key's resolved text, nil if unset or sensitive;
  /// `isEmpty` whether a key is unset or empty, sensitive or not.
  package func holds(
    isIn: (String) -> Bool, value: (String) -> String?, isEmpty: (String) -> Bool
  ) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .environment(let names): names.contains(where: isIn)
    case .equals(let key, let text): value(key) == text
    case .isEmpty(let key): isEmpty(key)
    case .isTrue(let key): value(key).flatMap(Bool.init(reading:)) == true
    case .not(let condition): !condition.holds(isIn: isIn, value: value, isEmpty: isEmpty)
    case .choice(let first, let second, let third):
      (first.holds(isIn: isIn, value: value, isEmpty: isEmpty) ? second : third)
        .holds(isIn: isIn, value: value, isEmpty: isEmpty)
    }
  }

  private static func joined(_ first: Condition, _ word: String, _ second: Condition) -> String {
    let reasons = [first.reason, second.reason]
    return reasons.contains("here") ? "here" : reasons.joined(separator: " \(word) ")
  }

  /// The reason behind `KEY is required …`, or the empty text if it always holds: `when SESSION_TYPE is redis`.
  package var reason: String {
    switch self {
    case .always, .never: ""
    case .environment(let names): "in \(names.joined(separator: ", "))"
    case .equals(let key, let text): "when \(key) is \(text)"
    case .isEmpty(let key): "when \(key) is empty"
    case .isTrue(let key): "when \(key) is true"
    case .not(.isEmpty(let key)): "when \(key) is set"
    case .not(.equals(let key, let text)): "unless \(key) is \(text)"
    case .not(.environment(let names)): "outside \(names.joined(separator: ", "))"
    case .choice(let first, let second, .never): Self.joined(first, "and", second)
    case .choice(let first, .always, let second): Self.joined(first, "or", second)
    case .not, .choice: "here"
    }
  }
}

extension Bool {
  /// The spellings of a boolean: true false yes no on off t f 1 0, in any case; nil for the rest.
  package init?(reading text: String) {
    // What is longer is none, and may be a secret, of which no copy is made.
    guard text.utf8.count <= 5 else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on", "t", "1": self = true
    case "false", "no", "off", "f", "0": self = false
    default: return nil
    }
  }
}
