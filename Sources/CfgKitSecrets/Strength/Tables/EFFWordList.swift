/// The 7,776 words of the EFF large list, in order.
enum EFFWordList {
  // In bounds: `starts` is an array, checked, and holds places of the literal, which lives as long as the program.

  static let count = 7_776
  /// Letters of the longest word.
  static let longestWord = 9

  /// Where each word starts in `text`, and one past the end: found at first use.
  private static let starts: [UInt32] = {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(count + 1)
    let octets = unsafe text.octets
    for offset in 0..<octets.count where unsafe octets[offset] <= 0x20 { starts.append(UInt32(offset + 1)) }
    starts.append(UInt32(octets.count + 1))
    return starts
  }()

  /// The word of a number from 0 to `count` - 1.
  static func word(_ number: Int) -> UnsafeRawBufferPointer {
    let start = Int(starts[number])
    let end = Int(starts[number + 1]) - 1
    return unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text.octets)[start..<end])
  }
}

extension EFFWordList {
  /// The number of a word in any case, by binary search; nil if the list does not hold it.
  static func number(of word: UnsafeRawBufferPointer) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let order = unsafe compare(self.word(middle), word)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Below, at or above 0 as a word of the list stands before, is, or stands after a word in any case.
  private static func compare(_ listed: UnsafeRawBufferPointer, _ word: UnsafeRawBufferPointer) -> Int {
    for index in 0..<min(listed.count, word.count) {
      let difference = unsafe Int(listed[index]) - Int(ASCII.lowercased(word[index]))
      if difference != 0 { return difference }
    }
    return listed.count - word.count
  }
}
