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
    let contexts = symbolCount * symbolCount
    return 2 * ScratchRoom.byteCount(UInt16.self, symbolCount) + ScratchRoom.byteCount(UInt8.self, contexts)
      + ScratchRoom.byteCount(UInt16.self, contexts) + ScratchRoom.byteCount(UInt16.self, 1)
      + ScratchRoom.byteCount(Latest.self, min(count, contexts) + 1)
  }

  /// The cost, or more than `limit` if it is not below that.
  static func cost(_ text: TextUnits, below limit: Int32) -> Int32 {
    for position in 0..<text.count where text.units[position] < 0x20 || text.units[position] > 0x7E {
      return Cost.impossible
    }
    return Scratch.lend(byteCount(text.count)) { room in Counts(text, &room).cost(below: limit) }
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
    /// What was hit after each two keys: where it stands in `latest`, from 1 on; 0 is that of keys that are new.
    private let places: Row<UInt16>
    private let contextCount: Row<UInt16>
    private let latest: Row<Latest>
    private let shares = TableText(KeyboardMash.table)

    init(_ text: TextUnits, _ room: inout ScratchRoom) {
      let count = KeyboardMash.symbolCount
      self.text = text
      singles = room.row(UInt16.self, count)
      pairs = room.row(UInt8.self, count * count)
      pairTotals = room.row(UInt16.self, count)
      places = room.row(UInt16.self, count * count)
      contextCount = room.row(UInt16.self, 1)
      latest = room.row(Latest.self, min(text.count, count * count) + 1)
    }

    func cost(below limit: Int32) -> Int32 {
      let count = KeyboardMash.symbolCount
      var cost = fixedCost
      var before = Int(Letter.separatorSymbol)
      var twoBefore = before
      for position in 0..<text.count {
        let symbol = Int(text.symbols[position])
        let context = twoBefore * count + before
        let share = share(symbol, before, context, position)
        guard share > 0, cost < limit else { return Cost.impossible }
        cost += Cost.bits(24) - Cost.log2Down(share)
        remember(symbol, before, context)
        twoBefore = before
        before = symbol
      }
      return cost
    }

    /// What case, digits and separators cost, whatever was hit before: it comes first, so that a limit is met early.
    private var fixedCost: Int32 {
      var cost: Int32 = 0
      var isUpper = false
      for position in 0..<text.count {
        if text.symbols[position] < Letter.separatorSymbol {
          let isUpperNow = Letter.isUpper(text.units[position])
          cost += isUpperNow == isUpper ? Share.caseKept : Share.caseChanged
          isUpper = isUpperNow
        }
        cost += KeyboardMash.choice(text, position)
      }
      return cost
    }

    @inline(__always)
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
      let (seen, same) = latest[Int(places[context])].count(symbol)
      return (same * whole + KeyboardMash.tripleWeight * share) / (seen + KeyboardMash.tripleWeight)
    }

    @inline(__always)
    private func remember(_ symbol: Int, _ before: Int, _ context: Int) {
      singles[symbol] &+= 1
      let pair = before * KeyboardMash.symbolCount + symbol
      if pairs[pair] < .max {
        pairs[pair] += 1
        pairTotals[before] &+= 1
      }
      if places[context] == 0 {
        contextCount[0] += 1
        places[context] = contextCount[0]
      }
      latest[Int(places[context])].add(symbol)
    }
  }

  /// The last 24 symbols of a context, from 1 on in five bits each, twelve in a number; the latest in the lowest bits.
  private struct Latest: BitwiseCopyable {
    private var low: UInt64
    private var high: UInt64
    private var seen: Int

    mutating func add(_ symbol: Int) {
      high = (high << 5 | low >> 55) & Self.all
      low = (low << 5 | UInt64(symbol + 1)) & Self.all
      seen += 1
    }

    /// How many there are, and how many of them are a symbol.
    @inline(__always)
    func count(_ symbol: Int) -> (seen: Int, same: Int) {
      let pattern = Self.ones &* UInt64(symbol + 1)
      return (min(seen, KeyboardMash.longestChain), Self.zeros(low ^ pattern) + Self.zeros(high ^ pattern))
    }

    private static let all: UInt64 = 1 << 60 - 1
    private static let ones: UInt64 = 0x0084_2108_4210_8421
    /// How many of the five-bit fields are 0.
    private static func zeros(_ fields: UInt64) -> Int {
      let rest = ones &* 15
      return (ones &* 16 & ~((fields & rest) &+ rest | fields)).nonzeroBitCount
    }
  }
}
