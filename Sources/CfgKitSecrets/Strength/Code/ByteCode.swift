/// The code of bytes that are no text: each for itself, in steps of one size, or as they stood before.
enum ByteCode {
  private static let literal: Int32 = 132  // .70
  private static let again: Int32 = 595  // .20
  private static let steps: Int32 = 851  // .10
  private static let longestWindow = 64

  /// The shares that leave its one state.
  static let shares = [literal, again, steps]

  static func cost(_ bytes: Row<UInt8>, _ count: Int) -> Int32 {
    Scratch.lend(4 * (count + 1) + 256 + 32) { room in
      let best = room.row(Int32.self, count + 1)
      let isSeen = room.row(Bool.self, 256)
      for position in 1..<(count + 1) { best[position] = Cost.impossible }
      var quietEnd = 0
      for position in 0..<count {
        best[position + 1] = min(best[position + 1], best[position] + literal + Cost.bits(8))
        let byte = Int(bytes[position])
        defer { isSeen[byte] = true }
        guard position >= quietEnd else { continue }
        offerSteps(bytes, count, position, best)
        if isSeen[byte] { quietEnd = offerRepeats(bytes, count, position, best) }
      }
      return best[count]
    }
  }

  private static func offerSteps(_ bytes: Row<UInt8>, _ count: Int, _ position: Int, _ best: Row<Int32>) {
    guard position + 2 < count else { return }
    let step = bytes[position + 1] &- bytes[position]
    var end = position + 2
    while end < count, bytes[end] &- bytes[end - 1] == step { end += 1 }
    guard end - position >= 3 else { return }
    let total = best[position] + steps + Cost.bits(16) + Cost.gamma(end - position - 2)
    best[end] = min(best[end], total)
  }

  private static func offerRepeats(
    _ bytes: Row<UInt8>, _ count: Int, _ position: Int, _ best: Row<Int32>
  ) -> Int {
    guard position > 0, position + 2 < count else { return 0 }
    var longest = 0
    for place in max(0, position - longestWindow)..<position {
      guard bytes[place] == bytes[position], bytes[place + 1] == bytes[position + 1] else { continue }
      var length = 2
      while position + length < count, bytes[place + length] == bytes[position + length] { length += 1 }
      longest = max(longest, length)
    }
    guard longest >= 3 else { return 0 }
    let base = best[position] + again + Cost.log2Up(min(position, longestWindow))
    for length in 3...min(longest, 64) {
      best[position + length] = min(best[position + length], base + Cost.gamma(length - 2))
    }
    best[position + longest] = min(best[position + longest], base + Cost.gamma(longest - 2))
    return longest >= 64 ? position + longest : 0
  }
}
