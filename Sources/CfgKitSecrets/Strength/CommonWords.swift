/// Words that people write where a key should stand.
enum CommonWords {
  private static let placeholderText: StaticString = """
    your change changeme change-me change_me replace replaceme insert here enter example placeholder todo fixme xxx \
    put set use this must should minimum minimal least characters character chars char long random string generate \
    please secure super strong very production development prod dev test testing local default dummy fake sample demo \
    value goes with the and not for key secret token password passphrase pass
    """
  private static let wordText: StaticString = """
    admin administrator app application auth api jwt session cookie django flask laravel rails node express next \
    database postgres postgresql mysql redis mongo root user username login master main private public access \
    refresh signing sign encryption encrypt crypto hash salt hmac base web site server service client backend frontend \
    docker compose kubernetes cloud github gitlab google amazon azure letmein welcome hello world qwerty asdf zxcv \
    monkey dragon football baseball sunshine princess iloveyou shadow superman batman trustno abc foo bar baz qux my \
    our only mysecret secretkey keyboard cat correct horse battery staple never ever know safe keep guess hard bits \
    bytes length unsafe insecure temp temporary company project name email mail smtp stripe
    """

  private static let lists: [(words: [[UInt8]], isPlaceholder: Bool)] = [
    (words(placeholderText), true), (words(wordText), false),
  ]

  private static func words(_ text: StaticString) -> [[UInt8]] {
    "\(text)".split(separator: " ").map { Array($0.utf8) }
  }

  /// Calls `body` with the length of each word that stands at `start`, in any case.
  static func matches(
    _ text: UnsafeRawBufferPointer, at start: Int, end: Int,
    _ body: (_ size: Int, _ isPlaceholder: Bool) -> Void
  ) {
    for list in lists {
      for word in list.words where start + word.count <= end {
        var size = 0
        while size < word.count, unsafe ASCII.lowercased(text[start + size]) == word[size] { size += 1 }
        if size == word.count { body(size, list.isPlaceholder) }
      }
    }
  }
}
