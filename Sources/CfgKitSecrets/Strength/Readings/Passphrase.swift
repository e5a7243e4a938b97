/// Six words or more of the EFF large list with one separator: a passphrase that was drawn, word by word.
struct Passphrase {
  /// log2 7,776 in 1/256 bit, rounded down.
  private static let bitsOfWord: Int32 = 3_308
  private static let fewestWords = 6

  let charset: Int32
  let code: Int32

  /// Nil unless `bytes` is a passphrase.
  init?(_ bytes: UnsafeRawBufferPointer) {
    for separator in [UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
    where unsafe bytes.contains(separator) {
      guard let numbers = unsafe Passphrase.numbers(bytes, separator), numbers.count >= Passphrase.fewestWords
      else { continue }
      charset = Int32(clamping: numbers.count) * Passphrase.bitsOfWord
      code = Passphrase.cost(numbers)
      return
    }
    return nil
  }

  /// The shortest description of the numbers of words: each drawn, one that came before, or the next of the list.
  private static func cost(_ numbers: [Int]) -> Int32 {
    var cost: Int32 = 0
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

  private static func numbers(_ bytes: UnsafeRawBufferPointer, _ separator: UInt8) -> [Int]? {
    var numbers: [Int] = []
    var start = 0
    while start <= bytes.count {
      var end = start
      while end < bytes.count, unsafe bytes[end] != separator { end += 1 }
      var word = unsafe EFFWordList.number(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      if word == nil, end < bytes.count, separator == UInt8(ascii: "-") {
        // Four words of the list hold a hyphen.
        var second = end + 1
        while second < bytes.count, unsafe bytes[second] != separator { second += 1 }
        word = unsafe EFFWordList.number(of: UnsafeRawBufferPointer(rebasing: bytes[start..<second]))
        if word != nil { end = second }
      }
      guard let word else { return nil }
      numbers.append(word)
      start = end + 1
    }
    return numbers
  }
}
