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
    if !KeyName.isName(declaration.key) {
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
    var findings = schema.problemsBetweenKeys().map { finding($0.key, $0.text) }
    for declaration in declarations {
      for asked in declaration.requirement.keys where !isReference(asked) {
        findings.append(
          finding(declaration.key, "is required on a condition about \(asked), whose name has a . or -"))
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
    } else if times.contains(where: { $0 > RotationPolicy.longestTime }) {
      problems.append("rotates by a time of more than 36500 days")
    }
    if let problem = rotation.problem(of: declaration.key, made: declaration.generate) {
      problems.append("has the fallback format \(rotation.fallbackFormat.rawValue), which \(problem)")
    }
    if rotation.fallbackFormat == .authjs, RotationPolicy.stem(of: declaration.key) == declaration.key {
      problems.append(
        "has the fallback format authjs, in which the key that signs is named \(declaration.key)_3")
    }
    if let name = rotation.fallbackKey, !KeyName.isName(name) {
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

  private static func isReference(_ name: String) -> Bool { name.utf8.allSatisfy(Octet.isName) }
}
