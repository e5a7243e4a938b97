import CfgKitDotEnv
import CfgKitSecrets

/// Whether secrets could have been made by a generator, and have the bits that the schema asks for.
struct SecretStrengthCheck: Check {
  let rules: [Rule] = [.placeholderSecret, .shortSecret, .weakSecret, .knownSecret]

  func findings(in project: CheckedProject) -> [Finding] {
    project.allKeys.compactMap { key in
      guard key.isSensitive, !key.isMissing, !key.isBroken, let winner = key.winner else {
        return nil
      }
      if key.declaration?.isManaged == true || Self.isNoSecret(key, winner.value) { return nil }
      if let signing = Self.signingKey(of: key) {
        let weakness = signing.withBytes { Self.weakness(of: $0, key.declaration) }
        return weakness.map { finding(Refusal(weakness: $0, element: nil), key, winner.origin) }
      }
      let refusal = Self.refusal(
        of: winner.value, key.declaration, isProduction: project.project.isProduction)
      return refusal.map { finding($0, key, winner.origin) }
    }
  }

  /// What is wrong with a secret, and with which element of a list, counted from 1.
  private struct Refusal {
    let weakness: StrengthEstimate.Weakness
    let element: Int?
  }

  /// The key that signs where a key holds its own list (`fallback` is the key itself); its others are the list's to judge.
  private static func signingKey(of key: Resolution.ResolvedKey) -> Secret? {
    guard let rotation = key.declaration?.rotation, rotation.fallbackKey == key.key,
      let format = FallbackList.Format(rotation.fallbackFormat), let value = try? key.winner?.value.guarded,
      let elements = try? FallbackList(format: format).allElements(of: value), elements.count > 1
    else { return nil }
    return elements[rotation.signingIndex(amongOwn: elements.count)]
  }

  /// What is wrong with a secret, or with the first such element of a list; nil if nothing is. Without `strength=` only samples and
  /// known secrets are refused.
  static func weakness(
    of value: LayerValue, _ declaration: KeyDeclaration?, isProduction: Bool
  ) -> StrengthEstimate.Weakness? {
    refusal(of: value, declaration, isProduction: isProduction)?.weakness
  }

  private static func refusal(
    of value: LayerValue, _ declaration: KeyDeclaration?, isProduction: Bool
  ) -> Refusal? {
    guard let elements = elements(of: value, declaration) else {
      return weakness(ofOne: value, declaration, isProduction).map { Refusal(weakness: $0, element: nil) }
    }
    if value.withBytes({ isExample($0, of: declaration) }) {
      return Refusal(weakness: .placeholder, element: nil)
    }
    for (index, element) in elements.enumerated() {
      if let weakness = weakness(ofOne: .secret(element), declaration, isProduction) {
        return Refusal(weakness: weakness, element: index + 1)
      }
    }
    return nil
  }

  /// The elements of what is declared as a list; nil for anything else, and for what is no list.
  static func elements(of value: LayerValue, _ declaration: KeyDeclaration?) -> [Secret]? {
    guard case .array(_, let separator)? = declaration?.type, let secret = try? value.guarded else {
      return nil
    }
    return (try? CheckedValue.elements(of: secret, separator)) ?? nil
  }

  private static func weakness(
    ofOne value: LayerValue, _ declaration: KeyDeclaration?, _ isProduction: Bool
  ) -> StrengthEstimate.Weakness? {
    value.withBytes { bytes in
      if let parts = URLParts(bytes) {
        // A password of `postgres` is what a database on the same machine has while an application is being written.
        if !isProduction, Self.isLoopback(bytes.extracting(parts.host)) { return nil }
        guard let password = parts.password, !password.isEmpty else { return nil }
        if isExample(bytes, of: declaration) { return .placeholder }
        return weakness(of: bytes.extracting(password), declaration)
      }
      if isExample(bytes, of: declaration) { return .placeholder }
      return weakness(of: bytes, declaration)
    }
  }

  /// Whether a value is the sample that the schema shows for its key: whoever can read the repository has it.
  private static func isExample(_ bytes: borrowing RawSpan, of declaration: KeyDeclaration?) -> Bool {
    guard let example = declaration?.example, !example.isEmpty else { return false }
    return bytes.byteCount == example.utf8.count && bytes.starts(with: example)
  }

  private static func weakness(of bytes: borrowing RawSpan, _ declaration: KeyDeclaration?)
    -> StrengthEstimate
    .Weakness?
  {
    // `startproject` writes it into a committed file, and `check --deploy` refuses it (Django, security.W009).
    if bytes.starts(with: "django-insecure-") { return .placeholder }
    let policy = declaration?.strength.map { StrengthPolicy(minimumBits: $0) } ?? .key
    let weakness = StrengthEstimator(policy: policy).estimate(bytes).weakness
    guard declaration?.strength == nil else { return weakness }
    return weakness == .placeholder || weakness == .known ? weakness : nil
  }

  /// Whether a key that is sensitive by its name alone holds a switch, nothing, a path or another tool's call:
  /// `DISABLE_PASSWORD_LOGIN=false`, `MAIL_PASSWORD=null`, `TOKEN_PATH=/oauth/token`, `API_TOKEN=keychain(…)`.
  private static func isNoSecret(_ key: Resolution.ResolvedKey, _ value: LayerValue) -> Bool {
    guard key.declaration.map({ $0.isSensitivityInferred && $0.strength == nil }) ?? true else {
      return false
    }
    return value.withBytes { bytes in
      if nothing.contains(where: { bytes.equals($0) }) { return true }
      let isPlace = ["_PATH", "_FILE", "_DIR", "_URL", "_URI"].contains { key.key.hasSuffix($0) }
      return isPlace && bytes.starts(with: "/") || isCall(bytes)
    }
  }

  private static let nothing: [StaticString] = [
    "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "none", "None", "NONE", "nil",
  ]

  /// `name(…)`
  private static func isCall(_ bytes: borrowing RawSpan) -> Bool {
    var index = 0
    while index < bytes.byteCount, Octet.isLetter(bytes[octet: index]) { index += 1 }
    return index > 0 && index + 1 < bytes.byteCount && bytes[octet: index] == UInt8(ascii: "(")
      && bytes[octet: bytes.byteCount - 1] == UInt8(ascii: ")")
  }

  private static func isLoopback(_ host: borrowing RawSpan) -> Bool {
    host.equals("localhost") || host.equals("::1") || host.starts(with: "127.")
  }

  private func finding(_ refusal: Refusal, _ key: Resolution.ResolvedKey, _ origin: Origin) -> Finding {
    let rule: Rule
    let message: String
    switch refusal.weakness {
    case .placeholder: (rule, message) = (.placeholderSecret, "is a published placeholder, not a secret")
    case .known: (rule, message) = (.knownSecret, "is a published secret: everyone can look it up")
    case .short: (rule, message) = (.shortSecret, "is too short to hold the bits that are asked for")
    case .weak: (rule, message) = (.weakSecret, "can be guessed: it is made of patterns, not of random bytes")
    }
    let declared = key.declaration?.location
    let element = refusal.element.map { " (element \($0))" } ?? ""
    return Finding(
      rule, key: key.key, "\(key.key) \(message)\(element)\(Self.place(origin))", at: origin.location,
      related: declared.map { [Finding.Related(location: $0, message: "asked for here")] } ?? [],
      note: Self.demand(key.declaration), fix: Self.fix(key, origin))
  }

  private static func place(_ origin: Origin) -> String {
    if case .environment = origin { ", in the process environment" } else { "" }
  }

  /// `.env.schema:15 asks for 32 characters and 128 bits`, or `128 bits are asked for`.
  private static func demand(_ declaration: KeyDeclaration?) -> String? {
    guard let declaration, let bits = declaration.strength else { return nil }
    var demand = "\(bits) bits"
    if case .string(let shape) = declaration.type, let length = shape.minLength {
      demand = "\(length) characters and " + demand
    }
    return declaration.location.map { "\($0.lineDescription) asks for \(demand)" }
      ?? "\(demand) are asked for"
  }

  private static func fix(_ key: Resolution.ResolvedKey, _ origin: Origin) -> Fix {
    if case .environment = origin {
      return .manual("set \(key.key) to a strong value where the process is started, or unset it there")
    }
    // A list of secrets is nothing that one new secret could replace.
    if case .array? = key.declaration?.type { return .command("cfgkit", "set", key.key) }
    if key.declaration?.generate != nil || key.declaration?.strength != nil {
      return .command("cfgkit", "rotate-secret", key.key, "--drop-previous")
    }
    return .command("cfgkit", "set", key.key)
  }
}

extension Rule {
  static let placeholderSecret = Rule(
    "placeholder-secret", 201, "a secret that is a sample from a template or a tutorial",
    why: "Whoever has read the same page can sign sessions and tokens as anyone.",
    example: "SECRET_KEY=your-secret-key-here",
    fix:
      "Make a real one: cfgkit rotate-secret KEY --drop-previous. The sample is not kept as a fallback, since it stays good for forging.",
    source: "cfgkit strength; OWASP ASVS 13.3")
  static let shortSecret = Rule(
    "short-secret", 202, "a secret that is too short for the bits that are asked for",
    why: "However random its characters are, there are few enough of them to try them all.",
    example: "SECRET_KEY=x9Qv2",
    fix: "Make a longer one: cfgkit rotate-secret KEY --drop-previous.",
    source: "NIST SP 800-131A (112 bits), RFC 7518 section 3.2")
  static let weakSecret = Rule(
    "weak-secret", 203, "a secret that no generator would have made",
    why: "Words, dates, repeats, keyboard rows and their encodings are the first things that are tried.",
    example: "SECRET_KEY=0123456789abcdef0123456789abcdef",
    fix: "Let cfgkit make one: cfgkit rotate-secret KEY --drop-previous.",
    source: "NIST SP 800-133; NIST SP 800-63B section 3.1.1.2")
  static let knownSecret = Rule(
    "known-secret", 208, "a secret that stands in public code, documentation or a list of leaks",
    why: "It looks random, but everyone can look it up.",
    example: "SECRET_KEY=     # the key of a published test vector",
    fix: "Make a new one: cfgkit rotate-secret KEY --drop-previous.",
    source: "CWE-798, CWE-1394")
}
