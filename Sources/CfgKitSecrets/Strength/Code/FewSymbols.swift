/// The branch of the code for texts of few different characters: which they are, then an adaptive code of them
/// (Krichevsky and Trofimov, 1981).
enum FewSymbols {
  /// With more kinds of characters the branch never pays.
  private static let mostKinds = 24

  /// The cost, or `Cost.impossible` if it is not below a limit.
  static func cost(_ text: TextUnits, below limit: Int32) -> Int32 {
    // Which characters there are comes first: a bit for each.
    var low: UInt64 = 0
    var high: UInt64 = 0
    for position in 0..<text.count {
      let unit = text.units[position]
      guard unit >= 0x20, unit < 0x7F else { return Cost.impossible }
      if unit < 64 { low |= 1 << UInt64(unit) } else { high |= 1 << UInt64(unit - 64) }
    }
    let kindCount = low.nonzeroBitCount + high.nonzeroBitCount
    guard kindCount > 0, kindCount <= mostKinds else { return Cost.impossible }
    var cost = Cost.gamma(kindCount)
    for kind in 0..<kindCount { cost += Cost.log2Up(95 - kind) - Cost.log2Down(kind + 1) }
    // A count comes once for every earlier character of its kind, whatever their order: so they are counted first.
    return Scratch.lend(ScratchRoom.byteCount(UInt32.self, 128)) { room in
      let counts = room.row(UInt32.self, 128)
      for position in 0..<text.count {
        cost += Cost.log2Up(2 * position + kindCount)
        counts[Int(text.units[position])] &+= 1
      }
      for unit in 0x20..<0x7F {
        for earlier in 0..<Int(counts[unit]) { cost -= Cost.log2Down(2 * earlier + 1) }
      }
      return cost < limit ? cost : Cost.impossible
    }
  }
}
