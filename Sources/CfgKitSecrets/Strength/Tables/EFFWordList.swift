/// The 7,776 words of the EFF large list, in order.
enum EFFWordList {
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
  /// The number of a word, by binary search; nil if the list does not hold it.
  static func number(of word: UnsafeRawBufferPointer) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let candidate = unsafe self.word(middle)
      if unsafe candidate.lexicographicallyPrecedes(word) {
        low = middle + 1
      } else if unsafe candidate.elementsEqual(word) {
        return middle
      } else {
        high = middle
      }
    }
    return nil
  }
}
