import CfgKitDotEnv

/// The names of keys, as far as they can be shown: a word to the left of `=` may be a secret that was pasted there.
package enum KeyName {
  /// Whether a text is the name of a key: a letter or `_`, then letters, digits, `_`, `.` or `-`, all ASCII.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, Octet.isNameStart(first) else {
      return false
    }
    return text.utf8.allSatisfy { Octet.isName($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  /// Whether a name that nobody declared reads like a name and not like key material.
  ///
  /// Names change between capitals, small letters and digits at the borders of words; random text does so at every second or
  /// third character. Long runs without a border are no names either, nor are long words that a digit stands in or that digits stand
  /// in twice: `sk_live_51H8abcdefghijklmnop`.
  package static func isShowable(_ name: String) -> Bool {
    let words = name.utf8.split(whereSeparator: { !Octet.isLetterOrDigit($0) })
    guard !words.isEmpty, name.utf8.count <= 64 else { return false }
    return words.allSatisfy { isWord(Array($0)) }
  }

  private static func isWord(_ word: [UInt8]) -> Bool {
    if word.count > 24 { return false }
    let kinds = word.map(kind)
    let borders = zip(kinds, kinds.dropFirst()).count(where: !=)
    let digits = kinds.count { $0 == 2 }
    let groups = kinds.split(whereSeparator: { $0 != 2 }).count
    if word.count >= 16 && digits > 0 || word.count >= 8 && groups > 1 { return false }
    // `SHA256`, `OAuth2Token`, `databaseURL` have a border every three letters at most.
    return word.count < 8 || (borders * 5 < word.count * 2 && digits <= 6 && borders < 6)
  }

  private static func kind(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 0
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 1
    default: 2
    }
  }
}
