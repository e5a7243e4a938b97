/// Six words or more of the EFF large list with one separator or none: a passphrase that was drawn, word by word.
///
/// All words are written in one case, and one of them may be followed by up to three digits.
struct Passphrase {
  /// log2 7,776 in 1/256 bit, rounded down.
  private static let bitsOfWord: Int32 = 3_308
  private static let fewestWords = 6
  /// Which of the cases, and whether there are digits and where: more than either may hold.
  private static let spelling = Cost.bits(2)

  let charset: Int32
  let code: Int32

  /// Nil unless `bytes` is a passphrase with separators.
  init?(_ bytes: UnsafeRawBufferPointer) {
    for separator in [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
    where unsafe bytes.contains(separator) {
      guard let numbers = unsafe Passphrase.numbers(bytes, separator), numbers.count >= Passphrase.fewestWords
      else { continue }
      self.init(numbers)
      return
    }
    return nil
  }

  /// Nil unless `bytes` is a passphrase of small letters without separators.
  init?(joined bytes: UnsafeRawBufferPointer) {
    guard let numbers = unsafe Passphrase.numbers(joined: bytes), numbers.count >= Passphrase.fewestWords
    else { return nil }
    self.init(numbers)
  }

  private init(_ numbers: [Int]) {
    charset = Int32(clamping: numbers.count) * Passphrase.bitsOfWord
    code = Passphrase.cost(numbers)
  }

  /// The shortest description of the numbers of words: each drawn, one that came before, or the next of the list.
  private static func cost(_ numbers: [Int]) -> Int32 {
    var cost = spelling
    for (index, number) in numbers.enumerated() {
      var least = drawn + bitsOfWord + 1
      if index > 0 {
        if numbers[..<index].contains(number) { least = min(least, repeated + Cost.log2Up(index)) }
        if abs(numbers[index - 1] - number) == 1 { least = min(least, neighbour) }
      }
      cost += least
    }
    return cost
  }

  private static let drawn: Int32 = 24  // 15/16
  private static let repeated = Cost.bits(5)
  private static let neighbour = Cost.bits(6)  // either way
  /// The shares of the next word: a neighbour stands for two.
  static let shares = [drawn, repeated, neighbour, neighbour]

  private enum Case { case lower, capital, upper }

  private static func numbers(_ bytes: UnsafeRawBufferPointer, _ separator: UInt8) -> [Int]? {
    var numbers: [Int] = []
    var wordCase: Case?
    var hasDigits = false
    var start = 0
    while start <= bytes.count {
      var end = start
      while end < bytes.count, unsafe bytes[end] != separator { end += 1 }
      var word = unsafe number(bytes, start..<end, &wordCase, &hasDigits)
      if word == nil, end < bytes.count, separator == UInt8(ascii: "-") {
        // Four words of the list hold a hyphen.
        var second = end + 1
        while second < bytes.count, unsafe bytes[second] != separator { second += 1 }
        word = unsafe number(bytes, start..<second, &wordCase, &hasDigits)
        if word != nil { end = second }
      }
      guard let word else { return nil }
      numbers.append(word)
      start = end + 1
    }
    return numbers
  }

  /// The number of the word in a range, if it is written as those before; digits may follow it once.
  private static func number(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ wordCase: inout Case?, _ hasDigits: inout Bool
  ) -> Int? {
    var end = range.upperBound
    while end > range.lowerBound, range.upperBound - end < 3, unsafe ASCII.isDigit(bytes[end - 1]) {
      end -= 1
    }
    if end < range.upperBound, hasDigits { return nil }
    guard let number = unsafe number(bytes, range.lowerBound..<end, &wordCase) else { return nil }
    hasDigits = hasDigits || end < range.upperBound
    return number
  }

  private static func number(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ wordCase: inout Case?
  ) -> Int? {
    guard range.count > 1, range.count <= EFFWordList.longestWord else { return nil }
    let isUpper = unsafe ASCII.isUpper(bytes[range.lowerBound])
    let found: Case =
      unsafe !isUpper ? .lower : ASCII.isUpper(bytes[range.upperBound - 1]) ? .upper : .capital
    guard wordCase == nil || wordCase == found else { return nil }
    var isFirst = true
    for index in range {
      let octet = unsafe bytes[index]
      if octet == UInt8(ascii: "-") {
        isFirst = true
        continue
      }
      let isUpper = ASCII.isUpper(octet)
      // `Yo-yo` and `Yo-Yo`.
      guard found == .capital && isFirst || isUpper == (found == .upper) else { return nil }
      isFirst = false
    }
    guard let number = unsafe EFFWordList.number(of: UnsafeRawBufferPointer(rebasing: bytes[range]))
    else { return nil }
    wordCase = found
    return number
  }

  /// The fewest words that small letters can be cut into, so that no more than they hold is credited.
  private static func numbers(joined bytes: UnsafeRawBufferPointer) -> [Int]? {
    guard bytes.count >= 3 * fewestWords, bytes.count <= 256 else { return nil }
    for index in bytes.indices where unsafe !ASCII.isLower(bytes[index]) {
      guard unsafe bytes[index] == UInt8(ascii: "-") else { return nil }
    }
    var fewest = [Int](repeating: .max, count: bytes.count + 1)
    var words = [(start: Int, number: Int)](repeating: (0, 0), count: bytes.count + 1)
    fewest[0] = 0
    for start in 0..<bytes.count where fewest[start] < .max {
      for end in (start + 3)..<max(start + 3, min(bytes.count, start + EFFWordList.longestWord) + 1)
      where fewest[start] + 1 < fewest[end] {
        let word = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard let number = unsafe EFFWordList.number(of: word) else { continue }
        fewest[end] = fewest[start] + 1
        words[end] = (start, number)
      }
    }
    guard fewest[bytes.count] < .max else { return nil }
    var numbers: [Int] = []
    var end = bytes.count
    while end > 0 {
      numbers.append(words[end].number)
      end = words[end].start
    }
    return numbers.reversed()
  }
}
