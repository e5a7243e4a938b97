/// A `.env` of any size, the same for the same number of keys: 30 % plain values, 10 % URLs, 20 % in double quotes, 10 % in single
/// quotes, 10 % with `\n`, 10 % behind `export`, and 10 % of the lines are comments. No `$`, so that all readers do the same work.
public struct SampleFile {
  private var state: UInt64
  private var text: [UInt8] = []

  private init(seed: UInt64) { state = seed }

  /// The bytes of a file with this many keys, of which the last is `LAST_KEY=last`; about 93 bytes a key. Another seed gives another.
  public static func bytes(keys: Int, seed: UInt64 = 20_260_726) -> [UInt8] {
    var file = SampleFile(seed: seed)
    file.text.reserveCapacity(keys * 100)
    for number in 0..<keys - 1 { file.appendLines(number) }
    file.append("LAST_KEY=last\n")
    return file.text
  }

  private mutating func appendLines(_ number: Int) {
    // Every ninth key has a comment above it, which makes a tenth of the lines; a blank line stands before some of them.
    if number.isMultiple(of: 9) {
      if random(4) == 0 { append("\n") }
      append("# ")
      appendWords(30 + random(60))
      append("\n")
    }
    let kind = random(9)
    if kind == 8 { append("export ") }
    append(["APP", "DATABASE", "MAIL", "CACHE", "QUEUE"][random(5)])
    append("_SETTING_\(number)=")
    switch kind {
    case 0, 1, 2, 8: appendToken(20 + random(80))
    case 3:
      append("https://user:")
      appendToken(24)
      append("@db.example.com:5432/")
      appendToken(8 + random(32))
    case 4, 5:
      append("\"")
      appendWords(24 + random(72))
      append("\"")
    case 6:
      append("'")
      appendWords(24 + random(72))
      append("'")
    default:
      append("\"")
      for _ in 0..<3 {
        appendWords(8 + random(24))
        append("\\n")
      }
      append("\"")
    }
    append("\n")
  }

  private mutating func append(_ string: String) { text += string.utf8 }

  private mutating func appendToken(_ count: Int) {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-".utf8)
    for _ in 0..<count { text.append(alphabet[random(alphabet.count)]) }
  }

  private mutating func appendWords(_ count: Int) {
    for index in 0..<count {
      let isBlank = index > 0 && index < count - 1 && text.last != 0x20 && random(6) == 0
      text.append(isBlank ? 0x20 : 0x61 + UInt8(random(26)))
    }
  }

  /// A number below `bound`, by SplitMix64.
  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
