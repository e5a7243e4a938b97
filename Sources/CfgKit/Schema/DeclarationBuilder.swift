import CfgKitSecrets

/// Gathers what the comments above one key say of it.
struct DeclarationBuilder {
  private(set) var declaration: KeyDeclaration
  private let header: SchemaHeader
  private var requirement: Condition?
  private var sensitivity: Bool?
  private var groupName: String?
  private var groupIsExclusive: Bool?
  private var mustBe: [(text: String, environment: String?)] = []
  /// An environment that stands before the `must-be=` that it belongs to.
  private var mustBeEnvironment: String?
  private var rotation = RotationPolicy()
  private var namesRotation = false
  private var schemes: [String] = []
  private var pragmaType: String?
  private var byteCount: Int?
  private var mustExist = false

  init(_ declaration: KeyDeclaration, header: SchemaHeader) {
    self.declaration = declaration
    self.header = header
  }

  // MARK: Decorators

  private static let decorators = [
    "required", "optional", "sensitive", "public", "type", "example", "placeholder", "docs", "deprecated",
  ]

  /// Takes one decorator.
  ///
  /// - Throws: what is wrong with it.
  mutating func apply(_ decorator: Decorator) throws(SchemaProblem) {
    switch decorator.name {
    case "type": declaration.type = try TypeReader.type(decorator.value)
    case "required": try settle(requirement: try ConditionReader.condition(decorator.value), decorator)
    case "optional":
      try settle(
        requirement: ConditionReader.negated(try ConditionReader.condition(decorator.value)), decorator)
    case "sensitive", "public":
      let isSensitive: Bool
      switch decorator.value {
      case nil, .text("true"): isSensitive = decorator.name == "sensitive"
      case .text("false"): isSensitive = decorator.name == "public"
      default: throw SchemaProblem("@\(decorator.name) is true or false")
      }
      if sensitivity == !isSensitive {
        throw SchemaProblem("\(declaration.key) is @sensitive and @public; keep one")
      }
      sensitivity = isSensitive
    case "example", "placeholder":
      guard let text = decorator.value?.text else { throw SchemaProblem("@\(decorator.name) needs a text") }
      if decorator.name == "example" || declaration.example == nil { declaration.example = text }
    case "docs":
      let texts = (decorator.arguments ?? []).compactMap(\.value.text)
      guard let address = texts.last ?? decorator.value?.text else {
        throw SchemaProblem("@docs needs an address")
      }
      declaration.docs.append(address)
    case "deprecated":
      declaration.deprecation = decorator.value?.text ?? ""
      if declaration.deprecation == "false" { declaration.deprecation = nil }
    default: try SchemaHeader.refuseUnknown(decorator.name, among: Self.decorators)
    }
  }

  private mutating func settle(requirement new: Condition, _ decorator: Decorator) throws(SchemaProblem) {
    if let requirement, requirement != new {
      throw SchemaProblem("\(declaration.key) is @required and @optional in two ways; keep one")
    }
    requirement = new
  }

  // MARK: Pragmas

  private static let pragmas = [
    "strength", "generate", "rotate", "fallback", "fallback-format", "fallback-order", "grace", "settle",
    "standing-next", "forget-after", "managed", "distinct", "type", "schemes", "bytes", "must-exist",
    "must-be",
    "when", "phase", "group", "one-of", "at-least-one",
  ]

  /// Takes one of cfgkit's own words.
  ///
  /// - Throws: what is wrong with it.
  mutating func apply(_ pragma: DecoratorParser.Pragma) throws(SchemaProblem) {
    switch (pragma.name, pragma.value) {
    case ("managed", nil): declaration.isManaged = true
    case ("distinct", nil): declaration.isDistinct = true
    case ("must-exist", nil): mustExist = true
    case ("standing-next", nil):
      rotation.keepsStandingNext = true
      namesRotation = true
    case ("one-of", nil): try settle(groupIsExclusive: true)
    case ("at-least-one", nil): try settle(groupIsExclusive: false)
    case (let name, nil):
      guard Self.pragmas.contains(name) else { throw .unknown("cfgkit's word", name, among: Self.pragmas) }
      throw SchemaProblem("\(name) needs a value: \(name)=…")
    case (let name, let value?): try apply(name, value)
    }
  }

  private mutating func settle(groupIsExclusive isExclusive: Bool) throws(SchemaProblem) {
    if groupIsExclusive == !isExclusive { throw SchemaProblem("a group is one-of or at-least-one, not both") }
    groupIsExclusive = isExclusive
  }

  /// The types behind `type=`, which @env-spec does not have.
  private static let types = ["host", "bytes", "path", "hex", "base64"]

  private mutating func apply(_ name: String, _ value: String) throws(SchemaProblem) {
    switch name {
    case "strength":
      guard let bits = Int(value), (1...4_096).contains(bits) else {
        throw SchemaProblem("strength= is a number of bits from 1 to 4096")
      }
      declaration.strength = bits
    case "generate":
      do { declaration.generate = try KeyFormat(parsing: value) } catch {
        throw SchemaProblem("generate=\(value): \(error.message)")
      }
    case "rotate", "grace", "settle", "forget-after", "fallback", "fallback-format", "fallback-order":
      namesRotation = true
      try applyRotation(name, value)
    case "type":
      guard Self.types.contains(value) else { throw .unknown("the type", value, among: Self.types) }
      pragmaType = value
    case "schemes": schemes = value.split(separator: ",").map { $0.lowercased() }
    case "bytes":
      guard let count = Int(value), ValueType.byteCounts.contains(count) else {
        throw SchemaProblem("bytes= is a number of bytes from 1 to \(ValueType.byteCounts.upperBound)")
      }
      byteCount = count
    case "must-be":
      mustBe.append((value, mustBeEnvironment))
      mustBeEnvironment = nil
    case "when":
      if mustBe.last.map({ $0.environment == nil }) == true {
        mustBe[mustBe.count - 1].environment = value
      } else if mustBeEnvironment == nil {
        mustBeEnvironment = value
      } else {
        throw SchemaProblem("when= belongs to must-be=")
      }
    case "phase":
      guard let phase = KeyDeclaration.Phase(rawValue: value) else {
        throw SchemaProblem("phase= is build or run")
      }
      declaration.phase = phase
    case "group":
      guard !value.isEmpty else { throw SchemaProblem("group= needs a name") }
      groupName = value
    default:
      if ["managed", "distinct", "must-exist", "standing-next", "one-of", "at-least-one"].contains(name) {
        throw SchemaProblem("\(name) takes no value")
      }
      throw .unknown("cfgkit's word", name, among: Self.pragmas)
    }
  }

  private mutating func applyRotation(_ name: String, _ value: String) throws(SchemaProblem) {
    switch name {
    case "fallback":
      guard KeyName.isName(value) else { throw SchemaProblem("fallback= is the name of a key") }
      rotation.fallbackKey = value
    case "fallback-format":
      guard let format = RotationPolicy.FallbackFormat(rawValue: value) else {
        throw .unknown(
          "fallback-format", value, among: RotationPolicy.FallbackFormat.allCases.map(\.rawValue))
      }
      rotation.fallbackFormat = format
    case "fallback-order":
      guard let order = RotationPolicy.FallbackOrder(rawValue: value) else {
        throw .unknown("fallback-order", value, among: RotationPolicy.FallbackOrder.allCases.map(\.rawValue))
      }
      rotation.fallbackOrder = order
    default:
      guard let duration = Units.duration(value) else {
        throw SchemaProblem("\(name)= is a duration with its unit: 180d, 24h, 10m")
      }
      guard duration <= RotationPolicy.longestTime, name != "rotate" || duration > .zero else {
        throw SchemaProblem("\(name)= is a time\(name == "rotate" ? " above 0" : "") of up to 36500d")
      }
      switch name {
      case "rotate": rotation.maximumAge = duration
      case "grace": rotation.grace = duration
      case "settle": rotation.settle = duration
      default: rotation.forgetAfter = duration
      }
    }
  }

  // MARK: The rest

  /// Takes one of the plain comment lines above the key.
  mutating func describe(_ words: String) {
    guard !words.isEmpty else { return }
    if declaration.summary.isEmpty { declaration.summary = words } else { declaration.summary += " " + words }
  }

  /// Takes what stands behind `=`, and in an example the comment behind that, and settles everything that the rest decides.
  ///
  /// - Throws: what is wrong with it; everything is settled even so.
  mutating func apply(
    _ value: SchemaValue, trailing comment: String?, isExample: Bool
  ) throws(SchemaProblem) {
    if isExample, requirement == nil,
      Self.saysOptional(declaration.summary) || comment.map(Self.saysOptional) == true
    {
      requirement = .never
    }
    settle(value, isExample: isExample)
    if let problem = rotationProblem ?? strayWord { throw problem }
    switch value {
    case .none: break
    case .resolvedElsewhere:
      declaration.isResolvedElsewhere = true
      var problem = SchemaProblem(
        "\(declaration.key) is resolved by another tool; it counts as set here", severity: .info)
      problem.rule = .resolvedElsewhere
      throw problem
    case .generated(let format):
      do throws(KeyFormatError) {
        let made = try KeyFormat(parsing: format)
        if declaration.generate == nil { declaration.generate = made }
      } catch {
        throw SchemaProblem("the function behind \(declaration.key)= makes no key: \(error.message)")
      }
    case .unknownCall(let name):
      throw SchemaProblem("\(name)() is not a function that cfgkit knows as a value")
    case .text(let text):
      if isExample {
        declaration.example = text
      } else if declaration.isSensitive {
        throw SchemaProblem(
          "\(declaration.key) is sensitive and has a default; this file is committed",
          fix: .manual("leave the value empty here, and run: cfgkit set \(declaration.key)"))
      } else {
        declaration.defaultText = text
      }
    }
  }

  private static func saysOptional(_ words: String) -> Bool {
    words.lowercased().split { !$0.isLetter }.contains("optional")
  }

  private mutating func settle(_ value: SchemaValue, isExample: Bool) {
    settleType()
    if let sensitivity {
      declaration.isSensitive = sensitivity
    } else {
      switch header.sensitive {
      case .always: declaration.isSensitive = true
      case .exceptPrefix(let prefix): declaration.isSensitive = !declaration.key.hasPrefix(prefix)
      case .inferred:
        declaration.isSensitive = Sensitivity.isInferred(fromName: declaration.key)
        declaration.isSensitivityInferred = declaration.isSensitive
      }
    }
    declaration.requirement = requirement ?? defaultRequirement(value, isExample: isExample)
    if namesRotation { declaration.rotation = rotation }
    if let groupName { declaration.group = .init(name: groupName, isExclusive: groupIsExclusive == true) }
    declaration.mustBe = mustBe.map { .init(text: $0.text, environment: $0.environment) }
  }

  private var rotationProblem: SchemaProblem? {
    guard namesRotation else { return nil }
    return rotation.problem(of: declaration.key, made: declaration.generate).map { problem in
      SchemaProblem("fallback-format=\(rotation.fallbackFormat.rawValue) \(problem)")
    }
  }

  /// A word without the one that it says more of, so that it has no effect.
  private var strayWord: SchemaProblem? {
    if byteCount != nil, !["hex", "base64"].contains(pragmaType) {
      return SchemaProblem("bytes= belongs to type=hex or type=base64")
    }
    if mustExist, pragmaType != "path" { return SchemaProblem("must-exist belongs to type=path") }
    if mustBeEnvironment != nil { return SchemaProblem("when= belongs to must-be=") }
    if let groupIsExclusive, groupName == nil {
      return SchemaProblem("\(groupIsExclusive ? "one-of" : "at-least-one") belongs to group=")
    }
    if !schemes.isEmpty, case .url = declaration.type { return nil }
    return schemes.isEmpty ? nil : SchemaProblem("schemes= belongs to @type=url")
  }

  private func defaultRequirement(_ value: SchemaValue, isExample: Bool) -> Condition {
    if declaration.isManaged { return .never }
    if isExample { return .always }
    switch header.required {
    case .always: return .always
    case .never: return .never
    case .withValue:
      if case .none = value { return .never }
      return .always
    }
  }

  private mutating func settleType() {
    switch pragmaType {
    case "host": declaration.type = .host
    case "bytes": declaration.type = .bytes
    case "path": declaration.type = .path(mustExist: mustExist)
    case "hex": declaration.type = .hex(bytes: byteCount)
    case "base64": declaration.type = .base64(bytes: byteCount)
    default: break
    }
    if case .url = declaration.type, !schemes.isEmpty { declaration.type = .url(schemes: schemes) }
  }
}
