import CfgKitDotEnv

/// What is wrong with declarations in Swift. What cannot be said at all does not compile; this is the rest.
enum DeclarationProblems {
  static func finding(_ key: String, _ problem: String) -> Finding {
    Finding(.schemaInvalid, key: key, "\(key) \(problem)", fix: .manual("correct its declaration in Swift"))
  }

  /// What is wrong with one key, each a sentence behind its name.
  static func of<Value>(_ key: Key<Value>) -> [String] {
    let declaration = key.declaration
    var problems = key.content.problems + [key.content.type.problem].compactMap(\.self)
    if !isName(declaration.key) {
      problems.append("is no name of a key: letters, digits and _.- in ASCII, and no digit first")
    }
    if !declaration.isSensitive, !key.content.isPublic, Sensitivity.isInferred(fromName: declaration.key) {
      problems.append("sounds like a secret: declare it with .secret(…), or say .public()")
    }
    if let bits = declaration.strength, !(1...4_096).contains(bits) {
      problems.append("asks for a strength that is not from 1 to 4096 bits")
    }
    if let problem = declaration.type.declarationProblem { problems.append(problem) }
    problems += defaultProblems(declaration) + rotationProblems(declaration)
    if texts(of: declaration).contains(where: { $0.contains(where: \.isNewline) }) {
      problems.append("has a text with a line break, which no comment can hold")
    }
    if SchemaText.isReadOtherwise(declaration.summary) {
      problems.append("has a description that begins like a decorator, a pragma or a divider")
    }
    return problems
  }

  /// What is wrong between keys.
  static func between(_ declarations: [KeyDeclaration]) -> [Finding] {
    let schema = Schema(declarations)
    var findings = schema.keysInConditionCycles().map {
      finding($0, "is required on a condition that leads back to it")
    }
    findings += schema.keysWithSharedRings().map { finding($0.key, $0.problem) }
    for declaration in declarations {
      for asked in declaration.requirement.keys {
        guard let target = schema[asked] else {
          findings.append(
            finding(declaration.key, "is required on a condition about \(asked), which is not declared"))
          continue
        }
        if target.isSensitive, declaration.requirement.readsValue(of: asked) {
          findings.append(
            finding(declaration.key, "is required on a condition about the value of \(asked), a secret"))
        }
        if !isReference(asked) {
          findings.append(
            finding(declaration.key, "is required on a condition about \(asked), whose name has a . or -"))
        }
      }
      if let rotation = declaration.rotation, rotation.fallbackFormat != .jwks,
        let name = rotation.fallbackKey, let list = schema[name], !list.isSensitive
      {
        findings.append(
          finding(declaration.key, "keeps previous keys in \(name), which is declared as no secret"))
      }
    }
    return findings
  }

  private static func defaultProblems(_ declaration: KeyDeclaration) -> [String] {
    guard let text = declaration.defaultText else { return [] }
    if declaration.isSensitive { return ["is sensitive and has a default: the schema is committed"] }
    if text.isEmpty { return ["has an empty default, which counts as none"] }
    let value = LayerValue.text(text)
    if case .url = declaration.type, value.withBytes({ URLParts($0)?.password?.isEmpty == false }) {
      return ["has a default with a password: the schema is committed"]
    }
    // Whether a path exists is not the declaration's to know.
    if case .path = declaration.type { return [] }
    return value.withBytes { declaration.type.problem(with: $0) }.map { ["has a default that \($0.message)"] }
      ?? []
  }

  private static func rotationProblems(_ declaration: KeyDeclaration) -> [String] {
    guard let rotation = declaration.rotation else { return [] }
    let times = [rotation.maximumAge, rotation.grace, rotation.settle, rotation.forgetAfter].compactMap(
      \.self)
    var problems: [String] = []
    if let age = rotation.maximumAge, age <= .zero { problems.append("rotates after no time at all") }
    if times.contains(where: { Units.text(duration: $0) == nil }) {
      problems.append("rotates by a time that is below zero or finer than milliseconds")
    }
    if let problem = rotation.problem(of: declaration.key, made: declaration.generate) {
      problems.append("has the fallback format \(rotation.fallbackFormat.rawValue), which \(problem)")
    }
    if rotation.fallbackFormat == .authjs, RotationPolicy.stem(of: declaration.key) == declaration.key {
      problems.append(
        "has the fallback format authjs, in which the key that signs is named \(declaration.key)_3")
    }
    if let name = rotation.fallbackKey, !isName(name) {
      problems.append("keeps previous keys in a key that has no proper name")
    }
    return problems
  }

  private static func texts(of declaration: KeyDeclaration) -> [String] {
    var texts = declaration.docs + declaration.mustBe.flatMap { [$0.text, $0.environment ?? ""] }
    texts += [declaration.example, declaration.deprecation, declaration.group?.name].compactMap(\.self)
    if case .string(let shape) = declaration.type {
      texts += [shape.startsWith, shape.endsWith, shape.matches].compactMap(\.self)
    }
    return texts
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !Octet.isDigit(first) else { return false }
    return name.utf8.allSatisfy { Octet.isName($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  private static func isReference(_ name: String) -> Bool { name.utf8.allSatisfy(Octet.isName) }
}

extension Condition {
  fileprivate func readsValue(of asked: String) -> Bool {
    switch self {
    case .equals(let key, _), .isTrue(let key): key == asked
    case .not(let inner): inner.readsValue(of: asked)
    case .choice(let first, let second, let third):
      [first, second, third].contains { $0.readsValue(of: asked) }
    case .always, .never, .environment, .isEmpty: false
    }
  }
}

extension ValueType {
  /// What is wrong with the type itself, a sentence behind the key's name.
  fileprivate var declarationProblem: String? {
    switch self {
    case .string(let shape):
      if let matches = shape.matches, (try? Regex(matches)) == nil {
        return "has a matches: that is no regular expression"
      }
      return Self.crossed(shape.minLength, shape.maxLength)
    case .integer(let min, let max): return Self.crossed(min, max)
    case .number(let min, let max):
      if [min, max].contains(where: { $0?.isFinite == false }) { return "has a bound that is no number" }
      return Self.crossed(min, max)
    case .port(let min, let max): return Self.crossed(min, max)
    case .duration(let min, let max):
      if [min, max].compactMap(\.self).contains(where: { Units.text(duration: $0) == nil }) {
        return "has a bound that is below zero or finer than milliseconds"
      }
      return Self.crossed(min, max)
    case .enumeration(let words): return words.isEmpty ? "is one of no words" : nil
    case .ip(let version):
      return version.map { $0 == 4 || $0 == 6 } == false
        ? "is an IP of a version that is neither 4 nor 6" : nil
    case .base64(let count), .hex(let count):
      return count.map { $0 > 0 } == false ? "has no bytes" : nil
    case .array(let element, let separator):
      if separator.isEmpty || separator.contains(where: \.isNewline) {
        return "has a separator that separates nothing"
      }
      return element.elementProblem
    case .record(let element): return element.elementProblem
    case .boolean, .url, .host, .email, .uuid, .semver, .isoDate, .bytes, .path: return nil
    }
  }

  /// What keeps it from being an element: the schema's language has no way to write it there.
  private var elementProblem: String? {
    switch self {
    case .host, .bytes, .path, .base64, .hex:
      "has elements of the type \(name), which a .env.schema cannot say; take .string()"
    default: declarationProblem
    }
  }

  private static func crossed<Number: Comparable>(_ min: Number?, _ max: Number?) -> String? {
    guard let min, let max, min > max else { return nil }
    return "has a least value above its greatest"
  }
}
