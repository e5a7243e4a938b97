/// The branch of the code for hands that were dropped on a keyboard: how likely a key follows another, by a table,
/// corrected as the text goes on by how often it was hit, after the last key and after the last two.
///
/// Shares are whole numbers of 2^-24 that are rounded down, so they sum to at most 1.
enum KeyboardMash {
  private static let whole = 1 << 24
  private static let symbolCount = 29
  /// How many keys the table weighs as, and each context the shorter one.
  private static let tableWeight = 14
  private static let pairWeight = 3
  private static let tripleWeight = 2
  /// The latest places of a context that are counted.
  private static let longestChain = 24

  private static func byteCount(_ count: Int) -> Int {
    2 * symbolCount + 2 * symbolCount + 5 * symbolCount * symbolCount + 4 * (count + 1) + 128
  }

  static func cost(_ text: TextUnits) -> Int32 {
    for position in 0..<text.count where text.units[position] < 0x20 || text.units[position] > 0x7E {
      return Cost.impossible
    }
    return Scratch.lend(byteCount(text.count)) { room in Counts(text, &room).cost() }
  }

  /// -log2 of the share of a separator or a digit among those of its symbol.
  private static func choice(_ text: TextUnits, _ position: Int) -> Int32 {
    switch text.symbols[position] {
    case Letter.digitSymbol: 851
    case Letter.separatorSymbol: ShortestPath.separatorCost(text.units[position])
    default: 0
    }
  }

  /// What was hit so far.
  private struct Counts {
    private let text: TextUnits
    private let singles: Row<UInt16>
    private let pairs: Row<UInt8>
    private let pairTotals: Row<UInt16>
    /// Chains of the places after the same two keys.
    private let heads: Row<Int32>
    private let links: Row<Int32>
    private let shares = TableText(KeyboardMash.table)

    init(_ text: TextUnits, _ room: inout ScratchRoom) {
      let count = KeyboardMash.symbolCount
      self.text = text
      singles = room.row(UInt16.self, count)
      pairs = room.row(UInt8.self, count * count)
      pairTotals = room.row(UInt16.self, count)
      heads = room.row(Int32.self, count * count)
      links = room.row(Int32.self, text.count + 1)
    }

    func cost() -> Int32 {
      let count = KeyboardMash.symbolCount
      var cost: Int32 = 0
      var before = Int(Letter.separatorSymbol)
      var twoBefore = before
      var isUpper = false
      for position in 0..<text.count {
        let symbol = Int(text.symbols[position])
        if symbol < 26 {
          let isUpperNow = Letter.isUpper(text.units[position])
          cost += isUpperNow == isUpper ? Share.caseKept : Share.caseChanged
          isUpper = isUpperNow
        }
        cost += KeyboardMash.choice(text, position)
        let context = twoBefore * count + before
        let share = share(symbol, before, context, position)
        guard share > 0, cost < Cost.impossible / 2 else { return Cost.impossible }
        cost += Cost.bits(24) - Cost.log2Down(share)
        remember(symbol, before, context, position)
        twoBefore = before
        before = symbol
      }
      return cost
    }

    private func share(_ symbol: Int, _ before: Int, _ context: Int, _ position: Int) -> Int {
      let whole = KeyboardMash.whole
      let pair = before * KeyboardMash.symbolCount + symbol
      let entry = Int(shares[2 * pair] - 0x30) << 6 + Int(shares[2 * pair + 1] - 0x30)
      var share = entry * (whole / 4_096)
      share =
        (min(Int(singles[symbol]), position) * whole + KeyboardMash.tableWeight * share)
        / (position + KeyboardMash.tableWeight)
      share =
        (Int(pairs[pair]) * whole + KeyboardMash.pairWeight * share)
        / (Int(pairTotals[before]) + KeyboardMash.pairWeight)
      var place = Int(heads[context])
      var seen = 0
      var same = 0
      while place > 0, seen < KeyboardMash.longestChain {
        seen += 1
        if Int(text.symbols[place - 1]) == symbol { same += 1 }
        place = Int(links[place - 1])
      }
      return (same * whole + KeyboardMash.tripleWeight * share) / (seen + KeyboardMash.tripleWeight)
    }

    private func remember(_ symbol: Int, _ before: Int, _ context: Int, _ position: Int) {
      singles[symbol] &+= 1
      let pair = before * KeyboardMash.symbolCount + symbol
      if pairs[pair] < .max {
        pairs[pair] += 1
        pairTotals[before] &+= 1
      }
      links[position] = heads[context]
      heads[context] = Int32(position + 1)
    }
  }
}
