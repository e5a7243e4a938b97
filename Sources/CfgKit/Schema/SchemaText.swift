import CfgKitDotEnv

extension Schema {
  /// The `.env.schema` of this schema, for the command line and for other languages. Read again, it declares the same keys.
  ///
  /// What a comment of a file said beyond descriptions is not part of a schema, nor the call by which another tool gets a value.
  public var text: String {
    var text = SchemaText.header(of: self)
    for declaration in declarations { text += "\n" + SchemaText.text(of: declaration) }
    return text
  }
}

/// Writes a schema down: the subset of @env-spec, and cfgkit's words behind it.
enum SchemaText {
  static func header(of schema: Schema) -> String {
    var pragmas: [String] = []
    if !schema.rulePacks.isEmpty { pragmas.append(pragma("rules", schema.rulePacks.joined(separator: ","))) }
    if !schema.dialects.isEmpty {
      pragmas.append(pragma("dialects", schema.dialects.map(\.rawValue).sorted().joined(separator: ",")))
    }
    if schema.productionNames != Schema().productionNames {
      pragmas.append(pragma("production", schema.productionNames.joined(separator: ",")))
    }
    var text = line(["@defaultRequired=true", "@defaultSensitive=false"], pragmas)
    if let key = schema.currentEnvironmentKey { text += line(["@currentEnv=$\(key)"], []) }
    return text + "# ---\n"
  }

  static func text(of declaration: KeyDeclaration) -> String {
    var text = declaration.summary.isEmpty ? "" : "# \(declaration.summary)\n"
    text += line(decorators(declaration), pragmas(declaration))
    for address in declaration.docs { text += line(["@docs(\(quoted(address)))"], []) }
    if let example = declaration.example { text += line(["@example=\(quoted(example))"], []) }
    return text + assignment(declaration) + "\n"
  }

  /// Whether a description would be taken for something else than words.
  static func isReadOtherwise(_ summary: String) -> Bool {
    if summary.isEmpty { return false }
    guard case .words(let words)? = try? DecoratorParser.parse("# \(summary)") else { return true }
    return words != summary
  }

  private static func line(_ decorators: [String], _ pragmas: [String]) -> String {
    if decorators.isEmpty, pragmas.isEmpty { return "" }
    let words = pragmas.isEmpty ? [] : ["# cfgkit:"] + pragmas
    // A pragma alone needs no second hash.
    let parts = decorators.isEmpty ? ["cfgkit:"] + pragmas : decorators + words
    return "# " + parts.joined(separator: " ") + "\n"
  }

  private static func assignment(_ declaration: KeyDeclaration) -> String {
    let key = declaration.key
    if declaration.isResolvedElsewhere { return "\(key)=exec()" }
    guard let text = declaration.defaultText, !text.isEmpty else { return "\(key)=" }
    var document = Document([])
    // A name or a value that no `.env` can hold made the schema invalid.
    guard (try? document.set(key, to: text)) != nil else { return "\(key)=" }
    return String(decoding: document.bytes.dropLast(), as: UTF8.self)
  }

  // MARK: Decorators

  private static func decorators(_ declaration: KeyDeclaration) -> [String] {
    var words: [String] = []
    switch declaration.requirement {
    case .always: if declaration.isManaged { words.append("@required") }
    case .never: words.append("@optional")
    default: words.append("@required=\(text(of: declaration.requirement))")
    }
    if declaration.isSensitive {
      if !declaration.isSensitivityInferred { words.append("@sensitive") }
    } else if Sensitivity.isInferred(fromName: declaration.key) {
      words.append("@public")
    }
    if declaration.type != .text { words.append("@type=\(text(of: declaration.type))") }
    if let reason = declaration.deprecation {
      words.append(reason.isEmpty ? "@deprecated" : "@deprecated=\(quoted(reason))")
    }
    return words
  }

  private static func text(of condition: Condition) -> String {
    switch condition {
    case .always: "true"
    case .never: "false"
    case .environment(let names): call("forEnv", names.map(word))
    case .equals(let key, let text): call("eq", ["$\(key)", word(text)])
    case .isEmpty(let key): call("isEmpty", ["$\(key)"])
    case .isTrue(let key): "$\(key)"
    case .not(let inner): call("not", [text(of: inner)])
    case .choice(let first, let second, let third): call("if", [first, second, third].map(text(of:)))
    }
  }

  private static func text(of type: ValueType) -> String {
    switch type {
    case .string(let shape):
      return call(
        "string",
        named("minLength", shape.minLength) + named("maxLength", shape.maxLength)
          + named("startsWith", shape.startsWith.map(quoted)) + named("endsWith", shape.endsWith.map(quoted))
          + named("matches", shape.matches.map(quoted)) + (shape.allowsEmpty ? ["allowEmpty=true"] : []))
    case .integer(let min, let max):
      return call("number", ["isInt=true"] + named("min", min) + named("max", max))
    case .number(let min, let max): return call("number", named("min", min) + named("max", max))
    case .enumeration(let words): return call("enum", words.map(word))
    case .port(let min, let max): return call("port", named("min", min) + named("max", max))
    case .ip(let version): return call("ip", named("version", version))
    case .duration(let min, let max):
      return call(
        "duration", named("min", min.flatMap(Units.text)) + named("max", max.flatMap(Units.text)))
    case .array(let element, let separator):
      return call(
        "array", [self.element(of: element)] + (separator == "," ? [] : ["separator=\(quoted(separator))"]))
    case .record(let element): return call("record", [self.element(of: element)])
    case .host, .bytes, .path, .base64, .hex: return "string"
    case .boolean, .url, .email, .uuid, .semver, .isoDate: return type.name
    }
  }

  /// A type inside another one, where no pragma can be.
  private static func element(of type: ValueType) -> String {
    if case .url(let schemes) = type, !schemes.isEmpty {
      return call("url", ["schemes=\(quoted(schemes.joined(separator: "|")))"])
    }
    return text(of: type)
  }

  // MARK: Pragmas

  private static func pragmas(_ declaration: KeyDeclaration) -> [String] {
    var words = typePragmas(declaration.type)
    if let bits = declaration.strength { words.append("strength=\(bits)") }
    if let format = declaration.generate { words.append(pragma("generate", format.description)) }
    if declaration.isDistinct { words.append("distinct") }
    if declaration.isManaged { words.append("managed") }
    if let policy = declaration.rotation { words += rotationPragmas(policy) }
    for demand in declaration.mustBe {
      words.append(pragma("must-be", demand.text))
      if let environment = demand.environment { words.append(pragma("when", environment)) }
    }
    if let phase = declaration.phase { words.append(pragma("phase", phase.rawValue)) }
    if let group = declaration.group {
      words += [pragma("group", group.name), group.isExclusive ? "one-of" : "at-least-one"]
    }
    return words
  }

  private static func typePragmas(_ type: ValueType) -> [String] {
    switch type {
    case .url(let schemes): schemes.isEmpty ? [] : [pragma("schemes", schemes.joined(separator: ","))]
    case .host, .bytes: ["type=\(type.name)"]
    case .path(let mustExist): ["type=path"] + (mustExist ? ["must-exist"] : [])
    case .base64(let count), .hex(let count): ["type=\(type.name)"] + named("bytes", count)
    default: []
    }
  }

  private static func rotationPragmas(_ policy: RotationPolicy) -> [String] {
    let usual = RotationPolicy()
    var words: [String] = []
    func time(_ name: String, _ duration: Duration?) {
      if let text = duration.flatMap(Units.text) { words.append("\(name)=\(text)") }
    }
    time("rotate", policy.maximumAge)
    if let key = policy.fallbackKey { words.append(pragma("fallback", key)) }
    if policy.fallbackFormat != usual.fallbackFormat {
      words.append("fallback-format=\(policy.fallbackFormat.rawValue)")
    }
    if policy.fallbackOrder != usual.fallbackOrder {
      words.append("fallback-order=\(policy.fallbackOrder.rawValue)")
    }
    // That a key rotates has to be said by some word.
    if policy.grace != usual.grace || policy == usual { time("grace", policy.grace) }
    if policy.settle != usual.settle { time("settle", policy.settle) }
    time("forget-after", policy.forgetAfter)
    if policy.keepsStandingNext { words.append("standing-next") }
    return words
  }

  // MARK: Words

  private static func call(_ name: String, _ arguments: [String]) -> String {
    let isCondition = ["forEnv", "eq", "isEmpty", "not", "if"].contains(name)
    return arguments.isEmpty && !isCondition ? name : "\(name)(\(arguments.joined(separator: ", ")))"
  }

  private static func named<Value>(_ name: String, _ value: Value?) -> [String] {
    value.map { ["\(name)=\($0)"] } ?? []
  }

  /// A word of a call, quoted where it would be read as something else.
  private static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      Octet.isLetterOrDigit(byte) || "_.-".utf8.contains(byte)
    }
    return isPlain && !text.isEmpty ? text : quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// A pragma with a value, in quotes if it has a blank.
  private static func pragma(_ name: String, _ value: String) -> String {
    let isPlain =
      !value.isEmpty && !value.hasPrefix("\"") && !value.utf8.contains { $0 == 0x20 || $0 == 0x09 }
    return "\(name)=\(isPlain ? value : quoted(value))"
  }
}
