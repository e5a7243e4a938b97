/// The words of which people make what should be replaced: they decide what a refused value is called, never whether it is refused.
///
/// The cheapest description of `super-secret-key` is plain text, and yet it asks to be replaced.
enum PlaceholderWords {
  // Written for this project; the longer of two that fit counts.
  private static let text: StaticString = """
    your my change changeme changeit changethis replace replaceme insert here enter example placeholder todo fixme xxx \
    put set use this must should minimum minimal min least characters character chars char long random string generate \
    generated please secure super strong very production prod development dev test testing local default dummy fake \
    sample demo value goes with the and not for key keys secret secrets token password passphrase passwd pass in to
    """
  private static let words = "\(text)".split(whereSeparator: { $0 == " " || $0 == "\n" }).map {
    Array($0.utf8)
  }

  /// How many characters such words cover, with the signs and blanks beside them; none for one short word, such as `dev`, which
  /// is a weak choice of somebody and asks for nothing.
  static func coverage(of bytes: UnsafeRawBufferPointer) -> Int {
    var covered = 0
    var wordCount = 0
    var longestWord = 0
    var signs = 0
    var isBeside = false
    var isStart = true
    var index = 0
    while index < bytes.count {
      let byte = unsafe bytes[index]
      if isStart || ASCII.isUpper(byte), let size = unsafe longestMatch(in: bytes, at: index) {
        covered += size + signs
        wordCount += 1
        longestWord = max(longestWord, size)
        (signs, isBeside, isStart) = (0, true, true)
        index += size
        continue
      }
      let isLetter = ASCII.isAlphanumeric(byte) || byte >= 0x80
      if isLetter {
        (signs, isBeside) = (0, false)
      } else if isBeside {
        covered += 1
      } else {
        signs += 1
      }
      isStart = !isLetter
      index += 1
    }
    return wordCount > 1 || longestWord >= 6 ? covered : 0
  }

  private static func longestMatch(in bytes: UnsafeRawBufferPointer, at start: Int) -> Int? {
    var longest: Int?
    for word in words where word.count > longest ?? 1 && start + word.count <= bytes.count {
      var size = 0
      while size < word.count, unsafe ASCII.lowercased(bytes[start + size]) == word[size] { size += 1 }
      if size == word.count { longest = size }
    }
    return longest
  }
}
