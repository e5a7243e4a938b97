extension SeededGenerator {
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
