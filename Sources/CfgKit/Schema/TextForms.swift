import CfgKitDotEnv

/// The forms of text that types ask for, read byte by byte.
enum TextForms {
  /// `-12`: digits with an optional minus, no leading plus, blanks, underscores or fraction; nil outside the type.
  static func integer<Number: FixedWidthInteger>(
    _ value: borrowing RawSpan, as type: Number.Type = Int.self
  ) -> Number? {
    let isNegative = value.byteCount > 0 && value[octet: 0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard value.byteCount > start else { return nil }
    var number: Number = 0
    for index in start..<value.byteCount {
      let byte = value[octet: index]
      guard Octet.isDigit(byte) else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let digit = Number(byte - UInt8(ascii: "0"))
      let (sum, carry) =
        isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      number = sum
    }
    return number
  }

  /// `1.5`, `2e3`, `-0.25`; neither `NaN` nor hexadecimal.
  static func isDecimal(_ value: borrowing RawSpan) -> Bool {
    guard value.byteCount > 0, value.byteCount <= 64 else { return false }
    var hasDigit = false
    for index in 0..<value.byteCount {
      let byte = value[octet: index]
      switch byte {
      case _ where Octet.isDigit(byte): hasDigit = true
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        break
      default: return false
      }
    }
    return hasDigit
  }

  /// Whether the bytes are a JSON number, `true`, `false` or `null` (RFC 8259 §3, §6).
  static func isJSONScalarButNoText(_ value: borrowing RawSpan) -> Bool {
    if value.equals("true") || value.equals("false") || value.equals("null") { return true }
    var index = 0
    func digits() -> Int {
      let start = index
      while index < value.byteCount, Octet.isDigit(value[octet: index]) { index += 1 }
      return index - start
    }
    func take(_ set: String) -> Bool {
      guard index < value.byteCount, set.utf8.contains(value[octet: index]) else { return false }
      index += 1
      return true
    }
    _ = take("-")
    let start = index
    let count = digits()
    guard count > 0, count == 1 || value[octet: start] != UInt8(ascii: "0") else { return false }
    if take("."), digits() == 0 { return false }
    if take("eE") {
      _ = take("+-")
      if digits() == 0 { return false }
    }
    return index == value.byteCount
  }

  /// An even number of hexadecimal digits, at least two.
  static func isHex(_ value: borrowing RawSpan) -> Bool {
    guard value.byteCount > 0, value.byteCount.isMultiple(of: 2) else { return false }
    for index in 0..<value.byteCount where !Octet.isHexDigit(value[octet: index]) { return false }
    return true
  }

  /// How many bytes base64 or base64url text stands for, with or without padding; nil if it is neither (RFC 4648).
  static func base64ByteCount(_ value: borrowing RawSpan) -> Int? {
    var digits = value.byteCount
    while digits > 0, value.byteCount - digits < 2, value[octet: digits - 1] == UInt8(ascii: "=") {
      digits -= 1
    }
    if digits != value.byteCount, !value.byteCount.isMultiple(of: 4) { return nil }
    guard digits > 0, digits % 4 != 1 else { return nil }
    var isURL = false
    var isPlain = false
    for index in 0..<digits {
      let byte = value[octet: index]
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"): isURL = true
      case UInt8(ascii: "+"), UInt8(ascii: "/"): isPlain = true
      case _ where Octet.isLetterOrDigit(byte): break
      default: return nil
      }
    }
    return isURL && isPlain ? nil : digits * 3 / 4
  }

  /// Eight, four, four, four and twelve hexadecimal digits (RFC 9562 §4).
  static func isUUID(_ value: borrowing RawSpan) -> Bool {
    guard value.byteCount == 36 else { return false }
    for index in 0..<36 {
      let byte = value[octet: index]
      let isDash = index == 8 || index == 13 || index == 18 || index == 23
      guard isDash ? byte == UInt8(ascii: "-") : Octet.isHexDigit(byte) else { return false }
    }
    return true
  }

  /// One address, `local@host.name`, without comments, quotes or a display name.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else { return false }
    let isLocal = parts[0].utf8.allSatisfy { byte in
      byte > 0x20 && byte != 0x7F && !"\"(),:;<>[\\]".utf8.contains(byte)
    }
    return isLocal && HostName.isHost(parts[1])
  }

  /// `1.2.3`, `1.2.3-rc.1+build.5` (semver.org 2.0.0, §2, §9, §10).
  static func isSemanticVersion(_ text: String) -> Bool {
    let parts = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = whole[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers.allSatisfy({ isNumber($0) && isPlain($0) }) else { return false }
    return whole.dropFirst().allSatisfy { areLabels($0, isPlain) }
      && parts.dropFirst().allSatisfy { areLabels($0) { _ in true } }
  }

  private static func areLabels(_ text: Substring, _ accepts: (Substring) -> Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && accepts(label)
        && label.utf8.allSatisfy { Octet.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(Octet.isDigit)
  }

  /// Whether a label is no number with a zero before it.
  private static func isPlain(_ label: Substring) -> Bool {
    !isNumber(label) || label == "0" || !label.hasPrefix("0")
  }

  /// `2026-11-23`, or with a time behind `T`: `10:02`, `10:02:11`, `10:02:11.5`, and `Z` or `+01:00` or nothing (RFC 3339 §5.6, with the
  /// seconds and the offset left out if one likes).
  static func isDate(_ text: String) -> Bool {
    // No date is longer, and what is longer may be a secret.
    guard (10...40).contains(text.utf8.count) else { return false }
    let bytes = Array(text.utf8)
    guard RotationTime(parsing: text.prefix(10)) != nil else { return false }
    if bytes.count == 10 { return true }
    guard bytes[10] == UInt8(ascii: "T") else { return false }
    let time = text.dropFirst(11)
    let clock = time.prefix { !"Z+-".contains($0) }
    return isClock(clock) && isOffset(time.dropFirst(clock.count))
  }

  private static func isClock(_ text: Substring) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), isNumber(parts[0], below: 24), isNumber(parts[1], below: 60) else {
      return false
    }
    guard parts.count == 3 else { return true }
    let second = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    // A leap second is the sixty-first.
    return isNumber(second[0], below: 61) && second.dropFirst().allSatisfy(isNumber)
  }

  private static func isOffset(_ text: Substring) -> Bool {
    if text.isEmpty || text == "Z" { return true }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && isNumber(parts[0], below: 24) && isNumber(parts[1], below: 60)
  }

  private static func isNumber(_ text: Substring, below limit: Int) -> Bool {
    text.utf8.count == 2 && isNumber(text) && Int(text).map { $0 < limit } == true
  }
}

/// Host names and addresses.
enum HostName {
  /// A name of RFC 1123, or an address.
  static func isHost(_ text: some StringProtocol) -> Bool {
    if addressVersion(text) != nil { return true }
    guard !text.isEmpty, text.utf8.count <= 253 else { return false }
    // Where the last label is a number, it was to be an address (url.spec.whatwg.org, "ends in a number").
    if text.split(separator: ".").last?.utf8.allSatisfy(Octet.isDigit) == true { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { byte in
          Octet.isName(byte) || byte == UInt8(ascii: "-")
        }
    }
  }

  /// 4 or 6, or nil if the text is no address.
  static func addressVersion(_ text: some StringProtocol) -> Int? {
    if isVersion4(text) { return 4 }
    return isVersion6(text) ? 6 : nil
  }

  private static func isVersion4(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(Octet.isDigit)
          && (Int(part) ?? 256) <= 255
      }
  }

  private static func isVersion6(_ text: some StringProtocol) -> Bool {
    guard text.contains(":") else { return false }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    var groups = 0
    for half in halves where !half.isEmpty {
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if part.contains("."), index == parts.count - 1, half == halves.last, isVersion4(part) {
          groups += 2
        } else if (1...4).contains(part.utf8.count), part.utf8.allSatisfy(Octet.isHexDigit) {
          groups += 1
        } else {
          return false
        }
      }
    }
    return halves.count == 2 ? groups < 8 : groups == 8
  }
}
