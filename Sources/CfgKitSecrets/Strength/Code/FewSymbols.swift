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
    var counts = SIMD32<UInt16>()
    for position in 0..<text.count {
      guard cost < limit else { return Cost.impossible }
      let kind = rank(of: text.units[position], low, high)
      cost += Cost.log2Up(2 * position + kindCount) - Cost.log2Down(2 * Int(counts[kind]) + 1)
      counts[kind] &+= 1
    }
    return cost
  }

  /// How many of the characters that occur stand before one of them.
  private static func rank(of unit: UInt16, _ low: UInt64, _ high: UInt64) -> Int {
    unit < 64
      ? (low & (1 << UInt64(unit) - 1)).nonzeroBitCount
      : low.nonzeroBitCount + (high & (1 << UInt64(unit - 64) - 1)).nonzeroBitCount
  }
}
