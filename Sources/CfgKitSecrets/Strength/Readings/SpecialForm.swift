/// Values of a form of their own: UUIDs, passphrases, URLs, PEM files, JSON Web Tokens.
enum SpecialForm {
  // In bounds: each index is below `bytes.count`, and each end at most there, by the guard or the loop in front of it. What goes on to
  // others is a part of `bytes`, or of the checked row of digits.

  static func reading(_ bytes: UnsafeRawBufferPointer) -> Reading? {
    if let reading = unsafe uuids(bytes) { return reading }
    if let passphrase = unsafe Passphrase(bytes) { return Reading(passphrase, bytes.count) }
    if let password = unsafe password(bytes) { return unsafe Reading(characters: password) }
    if let reading = unsafe pem(bytes) { return reading }
    return unsafe token(bytes)
  }

  private static let uuidHead: StaticString = "urn:uuid:"
  static let uuidLength = 36
  private static let mostUUIDs = 4

  /// Dashed UUIDs, in braces or not, one after the other or with a sign between: two of version 4 add up.
  static func uuids(_ bytes: UnsafeRawBufferPointer) -> Reading? {
    guard bytes.count >= uuidLength else { return nil }
    let isNamed = unsafe CanonicalForm.starts(bytes, with: uuidHead)
    var start = isNamed ? uuidHead.utf8CodeUnitCount : 0
    return Scratch.lend(32 * mostUUIDs + 16) { room in
      let digits = room.row(UInt8.self, 32 * mostUUIDs)
      var digitCount = 0
      var charset: Int32 = 0
      while start < bytes.count {
        if digitCount > 0, unsafe isUUIDSign(bytes[start]) { start += 1 }
        let isInBraces = unsafe start < bytes.count && bytes[start] == UInt8(ascii: "{")
        if isInBraces { start += 1 }
        let end = start + uuidLength
        guard digitCount < digits.count, end <= bytes.count,
          let bits = unsafe uuidBits(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        else { return nil }
        charset += bits
        for index in start..<end where unsafe bytes[index] != UInt8(ascii: "-") {
          digits[digitCount] = unsafe bytes[index]
          digitCount += 1
        }
        start = end
        if isInBraces {
          guard start < bytes.count, unsafe bytes[start] == UInt8(ascii: "}") else { return nil }
          start += 1
        }
      }
      let description = unsafe Description.shortest(digits.bytes(digitCount))
      var tally = description.tally
      tally.add(.uuid)
      return Reading(charset: charset, code: description.code, tally: tally)
    }
  }

  private static func isUUIDSign(_ octet: UInt8) -> Bool {
    octet == UInt8(ascii: ",") || octet == UInt8(ascii: ";") || CanonicalForm.isLabelSign(octet)
  }

  /// The random bits of a UUID by its version (RFC 9562): 122, 74 after a time, 60 of time and clock, none of a name.
  private static func uuidBits(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    for index in 0..<36 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        if unsafe bytes[index] != UInt8(ascii: "-") { return nil }
      } else if unsafe !ASCII.isHexDigit(bytes[index]) {
        return nil
      }
    }
    switch unsafe bytes[14] {
    case UInt8(ascii: "4"): return Cost.bits(122)
    case UInt8(ascii: "7"): return Cost.bits(74)
    case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "6"): return Cost.bits(60)
    case UInt8(ascii: "3"), UInt8(ascii: "5"): return 0
    default: return nil
    }
  }

  /// The password of a URL: what stands between the first colon after `://` and the last `@` before the path.
  private static func password(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    guard let start = unsafe authorityStart(bytes) else { return nil }
    var end = start
    while end < bytes.count, unsafe bytes[end] != UInt8(ascii: "/"), unsafe bytes[end] != UInt8(ascii: "?") {
      end += 1
    }
    guard let at = unsafe bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
      let colon = unsafe bytes[start..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: bytes[colon + 1..<at])
  }

  private static func authorityStart(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    while index < bytes.count, index < 32 {
      let octet = unsafe bytes[index]
      if octet == UInt8(ascii: ":") {
        guard index > 1, index + 2 < bytes.count, unsafe bytes[index + 1] == UInt8(ascii: "/"),
          unsafe bytes[index + 2] == UInt8(ascii: "/")
        else { return nil }
        return index + 3
      }
      let isScheme = ASCII.isAlphanumeric(octet) || octet == UInt8(ascii: "+") || octet == UInt8(ascii: "-")
      guard isScheme || octet == UInt8(ascii: ".") else { return nil }
      index += 1
    }
    return nil
  }

  /// A PEM file with something in it: a key whose strength is the business of its own format.
  private static func pem(_ bytes: UnsafeRawBufferPointer) -> Reading? {
    let leastBody = 44
    guard unsafe CanonicalForm.starts(bytes, with: "-----BEGIN ") else { return nil }
    var signs = 0
    var start = 0
    while start < bytes.count, signs < 10 {
      if unsafe bytes[start] == UInt8(ascii: "-") { signs += 1 }
      start += 1
    }
    var end = start
    while end < bytes.count, unsafe bytes[end] != UInt8(ascii: "-") { end += 1 }
    guard end - start >= leastBody, end < bytes.count else { return nil }
    let body = unsafe Reading(characters: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    let bits = min(Cost.bits(128), body.code)
    return Reading(charset: bits, code: bits, tally: Tally(.random, bytes.count), note: .notEstimated)
  }

  /// A JSON Web Token: three parts in base64url, of which the first two are JSON objects.
  private static func token(_ bytes: UnsafeRawBufferPointer) -> Reading? {
    guard unsafe CanonicalForm.starts(bytes, with: "eyJ"),
      let first = unsafe bytes.firstIndex(of: UInt8(ascii: ".")),
      unsafe CanonicalForm.starts(UnsafeRawBufferPointer(rebasing: bytes[(first + 1)...]), with: "eyJ"),
      let second = unsafe bytes[(first + 1)...].firstIndex(of: UInt8(ascii: "."))
    else { return nil }
    var reading = unsafe Reading(characters: UnsafeRawBufferPointer(rebasing: bytes[(second + 1)...]))
    reading.note = .token
    return reading
  }
}
