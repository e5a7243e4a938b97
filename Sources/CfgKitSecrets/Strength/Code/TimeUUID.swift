/// The branch of the code for version 1 UUIDs without dashes whose node is one that many machines have.
enum TimeUUID {
  /// Nodes of virtual machines, containers and samples, and how many digits at their end are free.
  private static let nodes: [(StaticString, Int)] = [
    ("0242ac11000", 1), ("0242ac12000", 1), ("0242ac13000", 1), ("0242ac1", 5), ("080027", 6),
    ("525400123456", 0), ("0800200c9a66", 0), ("00155d", 6), ("000c29", 6), ("005056c0000", 1),
    ("0a0027000000", 0), ("acde48001122", 0), ("080027abcdef", 0), ("00163e", 6), ("001122334455", 0),
    ("ffffffffffff", 0),
  ]
  private static let node = Cost.log2Up(16)
  /// Hundreds of nanoseconds from 1970 to 2100.
  private static let firstTime: UInt64 = 0x1B2_1DD2_1381_4000
  private static let lastTime: UInt64 = 0x22A_0000_0000_0000
  private static let time = Cost.bits(56)
  private static let clock = Cost.bits(14)
  private static let upper = Cost.bits(1)

  static func cost(_ text: TextUnits) -> Int32 {
    guard text.count == 32, let digits = digits(text) else { return Cost.impossible }
    let low = digits.high >> 32
    let middle = digits.high >> 16 & 0xFFFF
    guard digits.high >> 12 & 0xF == 1, digits.low >> 62 == 2 else { return Cost.impossible }
    let time = (digits.high & 0xFFF) << 48 | middle << 32 | low
    guard time >= firstTime, time < lastTime else { return Cost.impossible }
    var least = Cost.impossible
    for (head, free) in nodes where text.count - free >= 20 {
      let name = TableText(head)
      var isSame = true
      for index in 0..<name.count where UInt16(name[index]) != text.lower[20 + index] { isSame = false }
      if isSame { least = min(least, Cost.bits(4 * free)) }
    }
    guard least < Cost.impossible else { return least }
    return least + node + Self.time + clock + upper
  }

  /// The number that 32 hex digits of one case make.
  private static func digits(_ text: TextUnits) -> (high: UInt64, low: UInt64)? {
    var high: UInt64 = 0
    var low: UInt64 = 0
    var upperCount = 0
    var letterCount = 0
    for index in 0..<32 {
      let unit = text.lower[index]
      let digit: UInt64
      if Letter.isDigit(unit) {
        digit = UInt64(unit - 0x30)
      } else if unit &- 0x61 < 6 {
        digit = UInt64(unit - 0x61 + 10)
        letterCount += 1
        if unit != text.units[index] { upperCount += 1 }
      } else {
        return nil
      }
      if index < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
    }
    return upperCount == 0 || upperCount == letterCount ? (high, low) : nil
  }
}
