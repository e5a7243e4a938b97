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
      var code: Int32 = 0
      for (index, number) in numbers.enumerated() {
        // A word again, or the next one of the list, costs its distance alone.
        let isTold = numbers[..<index].contains { abs($0 - number) <= 1 }
        code += isTold ? Cost.bits(4) : Passphrase.bitsOfWord
      }
      self.code = code
      return
    }
    return nil
  }

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
