/// The code of bytes that are no text: each for itself, in steps of one size, or as they stood before.
enum ByteCode {
  private static let literal: Int32 = 132  // .70
  private static let again: Int32 = 595  // .20
  private static let steps: Int32 = 851  // .10
  private static let longestWindow = 64

  /// The shares that leave its one state.
  static let shares = [literal, again, steps]

  static func cost(_ bytes: Row<UInt8>, _ count: Int) -> Int32 {
    let size =
      2 * ScratchRoom.byteCount(Int32.self, count + 1) + ScratchRoom.byteCount(Int32.self, 256)
    return Scratch.lend(size) { room in
      let best = room.row(Int32.self, count + 1)
      let places = Places(heads: room.row(Int32.self, 256), links: room.row(Int32.self, count + 1))
      for position in 1..<(count + 1) { best[position] = Cost.impossible }
      var quietEnd = 0
      for position in 0..<count {
        best[position + 1] = min(best[position + 1], best[position] + literal + Cost.bits(8))
        let byte = Int(bytes[position])
        if position >= quietEnd {
          offerSteps(bytes, count, position, best)
          if places.heads[byte] != 0 { quietEnd = offerRepeats(bytes, count, position, best, places) }
        }
        places.links[position] = places.heads[byte]
        places.heads[byte] = Int32(position + 1)
      }
      return best[count]
    }
  }

  /// One more than the latest place of each byte, and of the byte at each place before that.
  private struct Places {
    let heads: Row<Int32>
    let links: Row<Int32>
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
    _ bytes: Row<UInt8>, _ count: Int, _ position: Int, _ best: Row<Int32>, _ places: Places
  ) -> Int {
    guard position > 0, position + 2 < count else { return 0 }
    var longest = 0
    var link = Int(places.heads[Int(bytes[position])])
    while link > 0, link > position - longestWindow {
      let place = link - 1
      link = Int(places.links[place])
      guard bytes[place + 1] == bytes[position + 1] else { continue }
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
