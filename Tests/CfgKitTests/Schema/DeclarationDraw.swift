import CfgKitDotEnv
import CfgKitSecrets
import FleetSimulation

@testable import CfgKit

/// Random schemas, the same for the same seed.
struct DeclarationDraw {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A schema of up to eight keys.
  mutating func schema() -> Schema {
    let names = ["A", "B_2", "lower", "LONG_NAME", "API_TOKEN", "X_KEY", "C", "D"]
    var declarations: [KeyDeclaration] = []
    for name in names.prefix(number(1...8)) {
      declarations.append(declaration(name, after: declarations.map(\.key)))
    }
    var schema = Schema(declarations)
    if flip() { schema.currentEnvironmentKey = names[0] }
    if flip() { schema.rulePacks = ["flask"] }
    if flip() { schema.dialects = [.node, .docker] }
    if flip() { schema.productionNames = ["live", "prod-eu"] }
    return schema
  }

  private mutating func declaration(_ name: String, after earlier: [String]) -> KeyDeclaration {
    var declaration = KeyDeclaration(name, type: type(depth: 0))
    declaration.isSensitive = flip()
    declaration.requirement = flip() ? .always : condition(earlier, depth: 0)
    if !declaration.isSensitive, flip() { declaration.defaultText = text() }
    if flip() { declaration.summary = summary() }
    if flip() { declaration.example = text().replacing("\n", with: " ") }
    if flip() { declaration.docs = [text().replacing("\n", with: " ")] }
    if flip() { declaration.deprecation = flip() ? "" : "old: " + text().replacing("\n", with: " ") }
    if flip() { declaration.strength = number(1...4_096) }
    if flip() { declaration.generate = KeyFormat(pick(KeyFormat.Kind.allCases)) }
    if flip() { declaration.rotation = rotation(of: declaration.key) }
    declaration.isManaged = flip()
    declaration.isDistinct = flip()
    if flip() {
      declaration.mustBe = (1...number(1...3)).map { _ in
        .init(text: line(), environment: flip() ? line() : nil)
      }
    }
    if flip() { declaration.phase = pick(KeyDeclaration.Phase.allCases) }
    if flip() { declaration.group = .init(name: line(), isExclusive: flip()) }
    return declaration
  }

  private mutating func type(depth: Int) -> ValueType {
    let inner = depth > 0
    switch number(0...(inner ? 13 : 19)) {
    case 0: return .text
    case 1:
      var shape = ValueType.TextShape(minLength: flip() ? 3 : nil, maxLength: flip() ? 9 : nil)
      if flip() { shape.startsWith = line() }
      if flip() { shape.endsWith = line() }
      if flip() { shape.matches = pick(["^a\\\\b$", "[\\w\"']+", "a,b|(c)"]) }
      shape.allowsEmpty = flip()
      return .string(shape)
    case 2: return .integer(min: flip() ? -number(0...9) : nil, max: flip() ? number(0...99) : nil)
    case 3: return .number(min: flip() ? -0.5 : nil, max: flip() ? 1e21 : nil)
    case 4: return .boolean
    case 5: return .enumeration((1...number(1...4)).map { _ in line() })
    case 6: return .url(schemes: flip() ? [] : ["http", "svn+ssh"])
    case 7: return .port(min: flip() ? 1_024 : nil, max: flip() ? 2_048 : nil)
    case 8: return .ip(version: pick([nil, 4, 6]))
    case 9: return pick([.email, .uuid])
    case 10: return pick([.semver, .isoDate])
    case 11:
      return .duration(
        min: flip() ? .milliseconds(number(1...5_000)) : nil, max: flip() ? .seconds(number(1...9) * 60) : nil
      )
    case 12:
      return depth > 2 ? .text : .array(type(depth: depth + 1), separator: pick([",", ";", " ", "\"", ")"]))
    case 13: return depth > 2 ? .text : .record(type(depth: depth + 1))
    case 14: return .host
    case 15: return .bytes
    case 16: return .path(mustExist: flip())
    case 17: return .base64(bytes: flip() ? 32 : nil)
    case 18: return .hex(bytes: flip() ? 16 : nil)
    default: return .text
    }
  }

  private mutating func condition(_ keys: [String], depth: Int) -> Condition {
    let key = keys.isEmpty ? nil : pick(keys)
    switch number(0...(depth > 2 ? 3 : 6)) {
    case 0: return .never
    case 1: return .environment((1...number(1...3)).map { _ in line() })
    case 2: return key.map { .equals(key: $0, line()) } ?? .never
    case 3: return key.map { flip() ? .isEmpty(key: $0) : .isTrue(key: $0) } ?? .never
    case 4: return Condition.not(condition(keys, depth: depth + 1)).simplified
    default:
      return .choice(
        if: condition(keys, depth: depth + 1), then: condition(keys, depth: depth + 1),
        else: condition(keys, depth: depth + 1))
    }
  }

  private mutating func rotation(of key: String) -> RotationPolicy {
    RotationPolicy(
      maximumAge: flip() ? .seconds(number(1...400) * 86_400) : nil,
      fallbackKey: flip() ? "\(key)_OLDER" : nil,
      // What jwks asks of its key has tests of its own.
      fallbackFormat: pick([.csv, .json, .authjs, .versioned]),
      fallbackOrder: pick(RotationPolicy.FallbackOrder.allCases),
      grace: flip() ? .seconds(number(0...100_000)) : RotationPolicy().grace,
      settle: flip() ? .milliseconds(number(0...100_000)) : RotationPolicy().settle,
      keepsStandingNext: flip(), forgetAfter: flip() ? .seconds(600) : nil)
  }

  // MARK: Texts

  private mutating func line() -> String {
    let pieces = [
      "a", "Z9", "_", ".", "-", " ", "\"", "'", "\\", "$A", "(", ")", ",", "=", "#", "|", "`", "ü", "@x",
      "\t",
    ]
    return (1...number(1...5)).map { _ in pick(pieces) }.joined()
  }

  private mutating func text() -> String { flip() ? line() : line() + "\n" + line() }

  private mutating func summary() -> String {
    let words = ["Where", "it", "is.", "\"quoted\"", "#1", "@not", "cfgkit:", "a=b", "---"]
    return "The " + (1...number(1...6)).map { _ in pick(words) }.joined(separator: " ")
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  private mutating func flip() -> Bool { Bool.random(using: &generator) }
  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }
}
