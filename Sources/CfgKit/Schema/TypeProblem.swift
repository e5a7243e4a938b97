import CfgKitDotEnv
import SystemPackage

/// Why a value is not of its type. It says what was expected, never what was there.
struct TypeProblem: Equatable {
  enum Kind: Equatable {
    case mismatch
    case outOfRange
    /// Readable, but many programs read it otherwise; the canonical spelling.
    case spelling(String)
    /// A number without its unit.
    case unit
  }

  let kind: Kind
  /// What follows the key: `is not a whole number`.
  let message: String

  static func mismatch(_ message: String) -> TypeProblem { TypeProblem(kind: .mismatch, message: message) }
  static func outOfRange(_ message: String) -> TypeProblem {
    TypeProblem(kind: .outOfRange, message: message)
  }
}

extension ValueType {
  /// What is wrong with a value of this type, or nil. Secrets are read where they are, or as text that is wiped.
  func problem(with value: borrowing RawSpan) -> TypeProblem? {
    switch self {
    case .string(let shape): shape.problem(with: value)
    case .integer(let min, let max): Self.integerProblem(value, min, max)
    case .number(let min, let max): Self.numberProblem(value, min, max)
    case .url(let schemes): Self.urlProblem(value, schemes)
    case .port(let min, let max): Self.portProblem(value, min, max)
    case .uuid: TextForms.isUUID(value) ? nil : .mismatch("is not a UUID")
    case .array(let element, let separator): Self.arrayProblem(value, element, separator)
    case .record(let element):
      Self.first(of: value) == UInt8(ascii: "{")
        ? Self.jsonProblem(value, element, "object") : .mismatch("is not a JSON object")
    case .base64(let count): Self.base64Problem(value, count)
    case .hex(let count): Self.hexProblem(value, count)
    case .boolean, .enumeration, .host, .ip, .email, .semver, .isoDate, .duration, .bytes, .path:
      value.withWipedText { problem(with: $0) } ?? .mismatch("is not UTF-8 text")
    }
  }

  private func problem(with text: String) -> TypeProblem? {
    switch self {
    case .boolean: Self.booleanProblem(text)
    case .enumeration(let words): Self.wordProblem(text, words)
    case .host: HostName.isHost(text) ? nil : .mismatch("is not a host name or an address, without a port")
    case .ip(let version): Self.ipProblem(text, version)
    case .email: TextForms.isEmail(text) ? nil : .mismatch("is not one mail address")
    case .semver:
      TextForms.isSemanticVersion(text) ? nil : .mismatch("is not a semantic version, such as 1.2.3")
    case .isoDate: TextForms.isDate(text) ? nil : .mismatch("is not an ISO 8601 date, such as 2026-11-23")
    case .duration(let min, let max): Self.durationProblem(text, min, max)
    case .bytes: Self.byteCountProblem(text)
    case .path(let mustExist): Self.pathProblem(text, mustExist)
    default: nil
    }
  }

  private static func first(of value: borrowing RawSpan) -> UInt8? {
    value.byteCount > 0 ? value[octet: 0] : nil
  }

  private static func integerProblem(_ value: borrowing RawSpan, _ min: Int?, _ max: Int?) -> TypeProblem? {
    guard let number = TextForms.integer(value) else {
      return .mismatch("is not a whole number in plain digits")
    }
    return rangeProblem(number, min, max)
  }

  private static func rangeProblem<Number: Comparable & CustomStringConvertible>(
    _ number: Number, _ min: Number?, _ max: Number?
  ) -> TypeProblem? {
    if let min, number < min { return .outOfRange("is below \(min)") }
    if let max, number > max { return .outOfRange("is above \(max)") }
    return nil
  }

  private static func numberProblem(_ value: borrowing RawSpan, _ min: Double?, _ max: Double?)
    -> TypeProblem?
  {
    guard TextForms.isDecimal(value), let number = value.withWipedText({ Double($0) }) ?? nil,
      number.isFinite
    else {
      return .mismatch("is not a number with a decimal point")
    }
    return rangeProblem(number, min, max)
  }

  private static func booleanProblem(_ text: String) -> TypeProblem? {
    guard let value = Bool(reading: text) else {
      return .mismatch("is not a boolean: true or false (yes no on off t f 1 0 are read too)")
    }
    guard text == "True" || text == "False" else { return nil }
    let truth =
      value
      ? "is spelled True; many programs know only true"
      : "is spelled False, a non-empty text; many programs take it as true"
    return TypeProblem(kind: .spelling(value ? "true" : "false"), message: truth)
  }

  private static func wordProblem(_ text: String, _ words: [String]) -> TypeProblem? {
    if words.contains(text) { return nil }
    let meant = NearMiss.candidate(for: text, among: words).map { "; did you mean \($0)?" } ?? ""
    return .mismatch("is none of \(words.joined(separator: ", "))\(meant)")
  }

  private static func urlProblem(_ value: borrowing RawSpan, _ schemes: [String]) -> TypeProblem? {
    guard let parts = URLParts(value) else {
      return .mismatch("is not a URL, or has a space or a # that must be written %20 or %23")
    }
    // `postgresql+psycopg` counts as `postgresql`: the driver is the application's business.
    let scheme = value.extracting(parts.scheme).text.lowercased()
    let base = String(scheme.prefix { $0 != "+" })
    if !schemes.isEmpty, !schemes.contains(base), !schemes.contains(scheme) {
      return .mismatch("is not a URL with the scheme \(schemes.joined(separator: " or "))")
    }
    let isWithoutHost =
      parts.hosts.isEmpty || parts.host.isEmpty && !value.extracting(parts.hosts).contains(",")
    if isWithoutHost, base != "sqlite", base != "file", base != "unix" {
      return .mismatch("is a URL without a host")
    }
    if value.extracting(parts.hosts).starts(with: "["),
      HostName.addressVersion(value.extracting(parts.host).text) != 6
    {
      return .mismatch("is a URL whose host in brackets is no IPv6 address")
    }
    if let port = parts.port, !port.isEmpty, portProblem(value.extracting(port), nil, nil) != nil {
      return .mismatch("is a URL whose port is not a number from 1 to 65535")
    }
    return nil
  }

  private static func portProblem(_ value: borrowing RawSpan, _ min: Int?, _ max: Int?) -> TypeProblem? {
    guard let number = TextForms.integer(value), number != 0 || value.byteCount == 1 else {
      return .mismatch("is not a port number")
    }
    return rangeProblem(number, Swift.max(min ?? 1, 1), Swift.min(max ?? 65_535, 65_535))
  }

  private static func ipProblem(_ text: String, _ version: Int?) -> TypeProblem? {
    let found = HostName.addressVersion(text)
    if found != nil, version == nil || version == found { return nil }
    return .mismatch("is not an IP\(version.map { "v\($0)" } ?? "") address")
  }

  private static func durationProblem(_ text: String, _ min: Duration?, _ max: Duration?) -> TypeProblem? {
    if let duration = Units.duration(text) {
      if let min, duration < min { return .outOfRange("is shorter than the schema allows") }
      if let max, duration > max { return .outOfRange("is longer than the schema allows") }
      return nil
    }
    if Int(text) != nil {
      return TypeProblem(kind: .unit, message: "has no unit: is it ms, s, m, h or d?")
    }
    return .mismatch("is not a duration, such as 30s, 5m, 1h or 2d")
  }

  private static func byteCountProblem(_ text: String) -> TypeProblem? {
    if Units.byteCount(text) != nil { return nil }
    if Int(text) != nil { return TypeProblem(kind: .unit, message: "has no unit: is it B, MB or MiB?") }
    return .mismatch("is not a byte size, such as 10MB or 10MiB")
  }

  private static func arrayProblem(
    _ value: borrowing RawSpan, _ element: ValueType, _ separator: String
  ) -> TypeProblem? {
    if first(of: value) == UInt8(ascii: "[") {
      guard value[octet: value.byteCount - 1] == UInt8(ascii: "]") else {
        return .mismatch("is a JSON list without its end")
      }
      return jsonProblem(value, element, "list")
    }
    var index = 0
    var problem: TypeProblem?
    ListElements(separator: separator).forEach(in: value) { range in
      index += 1
      guard problem == nil else { return }
      if range.isEmpty {
        problem = .mismatch("has an empty element, number \(index)")
      } else if let inner = element.problem(with: value.extracting(range)) {
        problem = TypeProblem(kind: inner.kind, message: "\(inner.message) (element \(index))")
      }
    }
    return problem
  }

  /// What is wrong with a JSON array or object whose values are of a type. A text with escapes may be a secret: the copy without them is
  /// guarded.
  private static func jsonProblem(_ value: borrowing RawSpan, _ element: ValueType, _ noun: String)
    -> TypeProblem?
  {
    guard let elements = JSONElements.elements(of: value) else {
      return .mismatch("is not a JSON \(noun)")
    }
    for (index, part) in elements.enumerated() {
      if part.value.isEmpty { return .mismatch("has an empty element, number \(index + 1)") }
      let inner: TypeProblem?
      if part.isText, part.hasEscapes {
        guard let text = try? JSONString.unescaped(value.extracting(part.value)) else {
          return .mismatch("is not a JSON \(noun)")
        }
        inner = text.withBytes { element.problem(with: $0) }
      } else {
        inner = element.problem(with: value.extracting(part.value))
      }
      if let inner {
        return TypeProblem(kind: inner.kind, message: "\(inner.message) (element \(index + 1))")
      }
    }
    return nil
  }

  private static func pathProblem(_ text: String, _ mustExist: Bool) -> TypeProblem? {
    guard mustExist, (try? ProjectSearch.exists(.init(text))) != true else { return nil }
    return .mismatch("is the path of a file that does not exist")
  }

  private static func base64Problem(_ value: borrowing RawSpan, _ count: Int?) -> TypeProblem? {
    guard let decoded = TextForms.base64ByteCount(value) else { return .mismatch("is not base64") }
    if let count, decoded != count { return .mismatch("is not base64 of \(count) bytes") }
    return nil
  }

  private static func hexProblem(_ value: borrowing RawSpan, _ count: Int?) -> TypeProblem? {
    guard TextForms.isHex(value) else { return .mismatch("is not made of pairs of hexadecimal digits") }
    if let count, value.byteCount / 2 != count { return .mismatch("is not hexadecimal of \(count) bytes") }
    return nil
  }
}

extension ValueType.TextShape {
  fileprivate func problem(with value: borrowing RawSpan) -> TypeProblem? {
    if let minLength, value.byteCount < minLength {
      return .outOfRange("is shorter than \(minLength) characters")
    }
    if let maxLength, value.byteCount > maxLength {
      return .outOfRange("is longer than \(maxLength) characters")
    }
    if let startsWith, !value.starts(with: startsWith) {
      return .mismatch("does not start with \(startsWith)")
    }
    if let endsWith, !value.ends(with: endsWith) { return .mismatch("does not end with \(endsWith)") }
    if !allowsEmpty, value.isBlank { return .mismatch("is blank") }
    guard let matches, let pattern = try? Regex(matches) else { return nil }
    let isMatch = value.withWipedText { $0.firstMatch(of: pattern) != nil } ?? false
    return isMatch ? nil : .mismatch("does not have the form that the schema asks for")
  }
}
