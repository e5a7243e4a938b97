import CfgKitDotEnv

/// What stands behind `=` in a schema.
enum SchemaValue {
  case none
  /// A default, or an example's sample.
  case text(String)
  /// `op(…)`, `exec(…)`, `$(…)`: another tool gets it.
  case resolvedElsewhere
  /// `randomHex(32)`, `randomUuid()`: how to make one.
  case generated(String)
  /// `@if`-like functions that cfgkit does not know as values.
  case unknownCall(String)

  private static let elsewhere: Set<String> = [
    "exec", "op", "opLoadEnvironment", "opLoadVault", "keychain", "ref",
  ]

  init(of entry: Entry, in document: Document, _ reading: Reading) {
    guard entry.spelling != .empty else {
      self = .none
      return
    }
    let raw = Self.raw(entry, in: document)
    if raw.hasPrefix("$(") {
      self = .resolvedElsewhere
    } else if case .call(let name, let arguments)? = DecoratorParser.call(raw) {
      switch name {
      case "randomHex":
        self = .generated("hex:\(arguments.first?.value.text ?? "32")")
      case "randomUuid": self = .generated("uuid")
      case _ where Self.elsewhere.contains(name): self = .resolvedElsewhere
      default: self = .unknownCall(name)
      }
    } else {
      let text = reading.withValue(of: entry) { bytes in bytes.text }
      self = text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .none
    }
  }

  /// Whether the entry's value is a function call, whose text is not a value.
  static func isCall(_ entry: Entry, in document: Document) -> Bool {
    let raw = raw(entry, in: document)
    return raw.hasPrefix("$(") || DecoratorParser.call(raw) != nil
  }

  /// A schema is committed and holds no secrets, so its text may be a `String`.
  private static func raw(_ entry: Entry, in document: Document) -> String {
    guard entry.spelling == .bare else { return "" }
    return document.withBytes { bytes in bytes.extracting(entry.valueRange).text }
  }
}
