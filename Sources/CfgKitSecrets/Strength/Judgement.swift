/// Puts the bounds together and decides.
enum Judgement {
  /// How much shorter than random text a description may be: a random key is, with a chance of 2^-30.
  private static let deficiencyLimit = Cost.bits(30)

  static func of(_ bytes: UnsafeRawBufferPointer, policy: StrengthPolicy, use: KeyUse) -> StrengthEstimate {
    var charset: Int32
    var description: Description
    if unsafe isUUID(bytes) {
      charset = Cost.bits(122)
      description = Description(code: charset, reasons: .uuid, placeholderCount: 0)
    } else if let passphrase = unsafe Passphrase(bytes) {
      charset = passphrase.charset
      description = Description(code: passphrase.code, reasons: [], placeholderCount: 0)
    } else {
      let core = unsafe CanonicalForm.core(of: bytes)
      charset = unsafe GeneratorAlphabet.bound(core)
      description = unsafe Description.shortest(core, charset: charset)
    }
    var reasons = description.reasons
    let isNothing = unsafe isWordForNothing(bytes)
    if unsafe bytes.isEmpty || isNothing { reasons.insert(.empty) }
    let bits = min(charset, description.code)
    let deficient = charset - description.code >= deficiencyLimit
    var verdict = Verdict.ok
    if bits < policy.rejectBelow || deficient || reasons.contains(.empty) {
      verdict = .reject
    } else if bits < policy.warnBelow {
      verdict = .warn
    }
    if verdict == .reject, bits < policy.rejectBelow { reasons.insert(.below98) }
    if verdict == .warn { reasons.insert(bits < Cost.bits(112) ? .below112 : .below128) }
    if bytes.count < use.minimumByteCount {
      verdict = .reject
      reasons.insert(.hsKeySize)
    }
    return unsafe StrengthEstimate(
      byteCount: bytes.count, verdict: verdict, reasons: reasons,
      weakness: verdict == .reject
        ? weakness(bytes, charset: charset, description, reasons, policy: policy, deficient: deficient) : nil,
      charset: charset, code: description.code)
  }

  private static func weakness(
    _ bytes: UnsafeRawBufferPointer, charset: Int32, _ description: Description, _ reasons: ReasonSet,
    policy: StrengthPolicy, deficient: Bool
  ) -> StrengthEstimate.Weakness {
    if description.placeholderCount * 2 >= bytes.count, unsafe !bytes.isEmpty { return .placeholder }
    if charset < policy.rejectBelow || reasons.contains(.hsKeySize) && !deficient { return .short }
    return .weak
  }

  private static func isWordForNothing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let words: [StaticString] = ["''", "\"\"", "null", "none", "nil", "undefined", "true", "false"]
    for word in words {
      let word = unsafe word.octets
      if bytes.count == word.count
        && bytes.indices.allSatisfy({ unsafe ASCII.lowercased(bytes[$0]) == word[$0] })
      {
        return true
      }
    }
    return false
  }

  private static func isUUID(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 36 else { return false }
    for index in 0..<36 {
      if [8, 13, 18, 23].contains(index) {
        if unsafe bytes[index] != UInt8(ascii: "-") { return false }
      } else if unsafe !ASCII.isHexDigit(bytes[index]) {
        return false
      }
    }
    return unsafe bytes[14] == UInt8(ascii: "4")
  }
}

/// Byte classes that do not depend on a locale.
enum ASCII {
  static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
}
