/// Takes off what a format puts around its key.
enum CanonicalForm {
  // In bounds: indices come from the text's own, or from offsets that its count or `starts` has shown to be there. What is given back is a
  // part of the text, and valid as long.

  /// The PKCS #8 head of an Ed25519 seed in base64, as far as it is the same in every key.
  private static let ed25519Head: StaticString = "MC4CAQAwBQYDK2VwBCIEI"
  private static let ageHead: StaticString = "AGE-SECRET-KEY-1"
  private static let heads: [StaticString] = [
    "base64:", "hex:", ageHead, ed25519Head,
  ]
  private static let mostGroupSize = 8

  /// The part of `bytes` that holds the key, and whether what was taken off may also be part of a key.
  static func core(of bytes: UnsafeRawBufferPointer) -> (core: UnsafeRawBufferPointer, isGuess: Bool) {
    var core = unsafe bytes
    var isGuess = false
    if core.count > 2, unsafe core[0] == core[core.count - 1],
      unsafe core[0] == UInt8(ascii: "\"") || core[0] == UInt8(ascii: "'") || core[0] == UInt8(ascii: "`")
    {
      unsafe core = UnsafeRawBufferPointer(rebasing: core[1..<core.count - 1])
      isGuess = true
    }
    if let key = unsafe webKey(core) { return unsafe (key, isGuess) }
    for head in heads where unsafe starts(core, with: head) {
      return unsafe (UnsafeRawBufferPointer(rebasing: core[head.utf8CodeUnitCount...]), isGuess)
    }
    if unsafe starts(core, with: "0x") || starts(core, with: "0X") {
      let digits = unsafe UnsafeRawBufferPointer(rebasing: core[2...])
      if unsafe digits.allSatisfy({ ASCII.isHexDigit($0) }) { return unsafe (digits, isGuess) }
    }
    if let count = unsafe prefixCount(core) {
      return unsafe (UnsafeRawBufferPointer(rebasing: core[count...]), true)
    }
    return unsafe (core, isGuess)
  }

  /// The value of the member `k` of a JSON Web Key without blanks (RFC 7518 §6.4).
  private static func webKey(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard text.count > 20, unsafe text[0] == UInt8(ascii: "{"),
      unsafe text[text.count - 1] == UInt8(ascii: "}"), unsafe place(of: #""oct""#, in: text) != nil,
      let name = unsafe place(of: #""k":""#, in: text)
    else { return nil }
    let start = name + 5
    guard let end = unsafe text[start...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  private static func place(of piece: StaticString, in text: UnsafeRawBufferPointer) -> Int? {
    text.indices.first { unsafe starts(UnsafeRawBufferPointer(rebasing: text[$0...]), with: piece) }
  }

  static func isAgeIdentity(_ bytes: UnsafeRawBufferPointer) -> Bool { unsafe starts(bytes, with: ageHead) }

  /// The length of a short prefix of a product's keys: `sk_test_`, `whsec_`, up to six letters and an underscore,
  /// then `test_` or `live_` or nothing.
  private static func prefixCount(_ text: UnsafeRawBufferPointer) -> Int? {
    var end = 0
    while end < text.count, end < 6, unsafe ASCII.isLower(text[end]) { end += 1 }
    guard end >= 2, end < text.count, unsafe text[end] == UInt8(ascii: "_") else { return nil }
    end += 1
    for word in ["test_", "live_"] as [StaticString] {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: text[end...])
      if unsafe starts(rest, with: word) { return end + word.utf8CodeUnitCount }
    }
    return end
  }

  static func starts(_ bytes: UnsafeRawBufferPointer, with head: StaticString) -> Bool {
    let head = unsafe head.octets
    guard bytes.count >= head.count else { return false }
    for index in head.indices where unsafe bytes[index] != head[index] { return false }
    return true
  }

  /// The size of the groups that a text is written in with one sign between, or nil.
  static func groupSize(_ text: UnsafeRawBufferPointer) -> Int? {
    guard let size = text.indices.first(where: { unsafe !ASCII.isAlphanumeric(text[$0]) }),
      (1...mostGroupSize).contains(size), text.count % (size + 1) == size
    else { return nil }
    let sign = unsafe text[size]
    for index in text.indices {
      let isSign = index % (size + 1) == size
      if unsafe isSign ? text[index] != sign : !ASCII.isAlphanumeric(text[index]) { return nil }
    }
    return size
  }

  /// A sign that people put between a label and a key.
  static func isLabelSign(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"),
      UInt8(ascii: " "):
      true
    default: false
    }
  }

  /// The longest stretch without such a sign.
  static func longestRun(_ text: UnsafeRawBufferPointer) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for index in 0...text.count {
      guard unsafe index == text.count || isLabelSign(text[index]) else { continue }
      if index - start > longest.count { longest = start..<index }
      start = index + 1
    }
    return longest
  }
}

/// Byte classes that do not depend on a locale.
enum ASCII {
  static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 26 }
}
