/// The branch of the code for texts of few different characters: which they are, then an adaptive code of them
/// (Krichevsky and Trofimov, 1981).
enum FewSymbols {
  /// With more kinds of characters the branch never pays.
  private static let mostKinds = 24

  static func cost(_ text: TextUnits) -> Int32 {
    var counts = SIMD32<UInt16>()
    var kinds = SIMD32<UInt16>()
    var kindCount = 0
    // Which characters there are comes first, so they are counted first.
    var low: UInt64 = 0
    var high: UInt64 = 0
    for position in 0..<text.count {
      let unit = text.units[position]
      guard unit >= 0x20, unit < 0x7F else { return Cost.impossible }
      if unit < 64 { low |= 1 << UInt64(unit) } else { high |= 1 << UInt64(unit - 64) }
    }
    guard low.nonzeroBitCount + high.nonzeroBitCount <= mostKinds else { return Cost.impossible }
    for position in 0..<text.count {
      let unit = text.units[position]
      if index(of: unit, in: kinds, kindCount) == nil {
        kinds[kindCount] = unit
        kindCount += 1
      }
    }
    guard kindCount > 0 else { return Cost.impossible }
    var cost = Cost.gamma(kindCount)
    for kind in 0..<kindCount { cost += Cost.log2Up(95 - kind) - Cost.log2Down(kind + 1) }
    for position in 0..<text.count {
      guard let kind = index(of: text.units[position], in: kinds, kindCount) else { continue }
      cost += Cost.log2Up(2 * position + kindCount) - Cost.log2Down(2 * Int(counts[kind]) + 1)
      counts[kind] &+= 1
    }
    return cost
  }

  private static func index(of unit: UInt16, in kinds: SIMD32<UInt16>, _ count: Int) -> Int? {
    for index in 0..<count where kinds[index] == unit { return index }
    return nil
  }
}
