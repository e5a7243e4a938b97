/// How likely a symbol is after two others, in texts that people write.
struct TextModel: Sendable {
  private static let symbolCount = 29
  /// The least cost of the table's first character, and its unit: 43/256 bit.
  private static let firstCharacter: UInt8 = 0x24
  private static let unit: Int32 = 43

  private let costs = TableText(table)

  /// -log2 of the share of `symbol` after `first` and `second`.
  @inline(__always)
  func cost(_ first: UInt8, _ second: UInt8, _ symbol: UInt8) -> Int32 {
    let index = (Int(first) * Self.symbolCount + Int(second)) * Self.symbolCount + Int(symbol)
    return Int32(costs[index] - Self.firstCharacter) * Self.unit
  }
}
