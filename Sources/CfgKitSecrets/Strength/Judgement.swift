/// Puts the bounds together and decides.
enum Judgement {
  /// What a key that is published costs to guess: its place in the list.
  private static let known = Cost.bits(16)

  static func of(_ bytes: UnsafeRawBufferPointer, policy: StrengthPolicy, use: KeyUse) -> StrengthEstimate {
    if unsafe isNothing(bytes) {
      return StrengthEstimate(
        byteCount: bytes.count, verdict: .reject, reasons: [.empty, .below98],
        weakness: bytes.count == 0 ? .short : .placeholder, charset: 0, code: 0)
    }
    var reading = unsafe Readings(bytes, policy).best
    if reading.isRejected(policy) { unsafe reading.tally.nameWords(of: bytes) }
    var reasons = reading.tally.reasons
    if !reading.isRejected(policy), let knownAs = unsafe knownReason(bytes) {
      reasons = knownAs
      reading.code = min(reading.code, known)
    }
    let isKnown = !reasons.isDisjoint(with: [.known, .hashOfWord])
    var verdict = Verdict.ok
    if isKnown || reading.isRejected(policy) {
      verdict = .reject
    } else if reading.bits < policy.warnBelow || reading.note == .token {
      verdict = .warn
    }
    if reading.note != .key { reasons.insert(.notEstimated) }
    if bytes.count > Description.longestText { reasons.insert(.truncated) }
    if verdict == .reject, !isKnown {
      if reading.bits < policy.rejectBelow { reasons.insert(.below98) }
      if unsafe isObjectID(bytes) { reasons.insert(.objectID) }
      if unsafe isReference(bytes) { reasons.insert(.reference) }
    }
    if verdict == .warn, reading.bits < policy.warnBelow {
      reasons.insert(reading.bits < Cost.bits(112) ? .below112 : .below128)
    }
    if bytes.count < use.minimumByteCount {
      verdict = .reject
      reasons.insert(.hsKeySize)
    }
    // Random characters are no fault where nothing else is found, nor that they are an encoding of random bytes.
    if verdict == .ok {
      reasons.subtract([.random, .encodedBase64, .encodedHex, .encodedBase32])
      // Nor are a few letters that a generator drew, though they make a word that asks to be replaced.
      if reading.tally[.placeholder] < 6 { reasons.remove(.placeholder) }
    }
    return unsafe StrengthEstimate(
      byteCount: bytes.count, verdict: verdict, reasons: reasons,
      weakness: verdict == .reject ? weakness(bytes, reading, reasons, policy) : nil,
      charset: reading.charset, code: reading.code)
  }

  /// What a value is made of: characters by class.
  static func parts(of bytes: UnsafeRawBufferPointer, policy: StrengthPolicy) -> [TokenClass: Int] {
    var reading = unsafe Readings(bytes, policy).best
    if reading.isRejected(policy) { unsafe reading.tally.nameWords(of: bytes) }
    return reading.tally.dictionary
  }

  private static func weakness(
    _ bytes: UnsafeRawBufferPointer, _ reading: Reading, _ reasons: ReasonSet, _ policy: StrengthPolicy
  ) -> StrengthEstimate.Weakness {
    if !reasons.isDisjoint(with: [.known, .hashOfWord]) { return .known }
    let isPlaceholder = unsafe isReference(bytes) || reading.tally.isPlaceholder(of: bytes.count)
    if reading.isRejected(policy), isPlaceholder { return .placeholder }
    let isLanguage = unsafe bytes.contains { $0 >= 0x80 }
    if !isLanguage,
      reading.charset < policy.rejectBelow || reasons.contains(.hsKeySize) && !reading.isDeficient
    {
      return .short
    }
    return .weak
  }

  private static func knownReason(_ bytes: UnsafeRawBufferPointer) -> ReasonSet? {
    if let reason = unsafe KnownSecrets.reason(bytes) { return reason }
    let core = unsafe CanonicalForm.core(of: bytes).core
    return core.count == bytes.count ? nil : unsafe KnownSecrets.reason(core)
  }

  private static let wordsForNothing: [StaticString] = [
    "''", "\"\"", "null", "none", "nil", "undefined", "true", "false",
  ]

  private static func isNothing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.count == 0 { return true }
    for word in wordsForNothing where bytes.count == word.utf8CodeUnitCount {
      let word = unsafe word.octets
      var isSame = true
      for index in word.indices where unsafe ASCII.lowercased(bytes[index]) != word[index] { isSame = false }
      if isSame { return true }
    }
    return false
  }

  /// 24 hexadecimal digits that start with a time from 2000 on, in seconds.
  private static func isObjectID(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == 24 else { return false }
    for index in 0..<bytes.count where unsafe !ASCII.isHexDigit(bytes[index]) { return false }
    return unsafe (UInt8(ascii: "3")...UInt8(ascii: "7")).contains(bytes[0])
  }

  /// A whole value that stands for another: `${NAME}`, `$(command)`, `{{ name }}`, `<name>`, `%name%`, `op://…`.
  private static func isReference(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let shapes: [(StaticString, UInt8)] = [
      ("${", UInt8(ascii: "}")), ("$(", UInt8(ascii: ")")), ("{{", UInt8(ascii: "}")),
      ("`", UInt8(ascii: "`")), ("<%", UInt8(ascii: ">")), ("#{", UInt8(ascii: "}")),
      ("exec(", UInt8(ascii: ")")), ("op(", UInt8(ascii: ")")),
    ]
    for (head, last) in shapes where unsafe CanonicalForm.starts(bytes, with: head) {
      if unsafe bytes[bytes.count - 1] == last { return true }
    }
    for head in ["op://", "arn:aws:", "vault:", "ref+", "file://", "projects/"] as [StaticString]
    where unsafe CanonicalForm.starts(bytes, with: head) { return true }
    // `$NAME`: capitals, digits and underscores.
    guard bytes.count > 1, unsafe bytes[0] == UInt8(ascii: "$") else { return false }
    for index in 1..<bytes.count {
      let octet = unsafe bytes[index]
      if !ASCII.isUpper(octet), !ASCII.isDigit(octet), octet != UInt8(ascii: "_") { return false }
    }
    return true
  }
}
