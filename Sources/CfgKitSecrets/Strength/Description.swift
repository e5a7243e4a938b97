/// The shortest description of a text that the code finds.
struct Description {
  /// Its length in 1/256 bit.
  var code: Int32
  /// What it is made of.
  var reasons: ReasonSet
  /// Characters that placeholder words cover.
  var placeholderCount: Int

  /// Longest text that is looked at.
  private static let longestText = 65_536
  /// Longest distance that a repeat is looked for at.
  private static let window = 256

  /// The cheapest way through the text by random characters, common words, repeats and runs.
  static func shortest(_ text: UnsafeRawBufferPointer, charset: Int32) -> Description {
    let count = min(text.count, longestText)
    guard count > 0 else { return Description(code: 0, reasons: [], placeholderCount: 0) }
    // Outside ASCII no generator alphabet holds the text: 8 bits a byte.
    let literal = (charset > 0 ? charset / Int32(clamping: count) : Cost.bits(8)) + Cost.bits(1)
    var best = [Int32](repeating: Int32.max, count: count + 1)
    var token = [UInt32](repeating: 0, count: count + 1)
    var length = [Int](repeating: 0, count: count + 1)
    best[0] = Cost.bits(2)
    func offer(_ start: Int, _ size: Int, _ cost: Int32, _ reason: ReasonSet) {
      let total = best[start] + cost
      guard size > 0, start + size <= count, total < best[start + size] else { return }
      best[start + size] = total
      token[start + size] = reason.rawValue
      length[start + size] = size
    }
    for start in 0..<count {
      offer(start, 1, literal, .random)
      unsafe CommonWords.matches(text, at: start, end: count) { size, isPlaceholder in
        offer(start, size, Cost.bits(13), isPlaceholder ? .placeholder : .word)
      }
      let run = unsafe runLength(text, start, count)
      if run >= 3 { offer(start, run, Cost.bits(12) + gamma(run - 2), .sequence) }
      for distance in 1...window where distance <= start {
        var size = 0
        while start + size < count, unsafe text[start + size - distance] == text[start + size] { size += 1 }
        if size >= 3 { offer(start, size, Cost.bits(3) + log2(start) + gamma(size - 2), .repeat) }
      }
    }
    var reasons: ReasonSet = []
    var placeholderCount = 0
    var end = count
    while end > 0 {
      let reason = ReasonSet(rawValue: token[end])
      reasons.formUnion(reason)
      if reason == .placeholder { placeholderCount += length[end] }
      end -= length[end]
    }
    // A separator between placeholder words is theirs.
    if placeholderCount > 0 { placeholderCount += unsafe separatorCount(text, count) }
    return Description(code: best[count], reasons: reasons, placeholderCount: placeholderCount)
  }

  private static func runLength(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Int {
    guard start + 1 < count else { return 1 }
    let step = unsafe Int(text[start + 1]) - Int(text[start])
    guard abs(step) <= 2 else { return 1 }
    var end = start + 1
    while end < count, unsafe Int(text[end]) - Int(text[end - 1]) == step { end += 1 }
    return end - start
  }

  private static func separatorCount(_ text: UnsafeRawBufferPointer, _ count: Int) -> Int {
    var separators = 0
    for index in 0..<count where unsafe " -_.<>".utf8.contains(text[index]) { separators += 1 }
    return separators
  }

  /// Bits of Elias' gamma code of a number from 1 on.
  static func gamma(_ number: Int) -> Int32 { Cost.bits(2 * floorLog2(number) + 1) }
  /// Bits of one of `count` choices, rounded up.
  static func log2(_ count: Int) -> Int32 { Cost.bits(floorLog2(count) + 1) }
  private static func floorLog2(_ number: Int) -> Int {
    Int.bitWidth - 1 - max(1, number).leadingZeroBitCount
  }
}
