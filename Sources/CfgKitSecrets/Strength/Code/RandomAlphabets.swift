/// The alphabets of the random state, which a text enters by naming one of 16.
enum RandomAlphabets {
  static let count = 13
  /// log2 of their sizes, rounded up, in the order of the bits of `members`; the last holds every unit.
  static let costs: [Int32] = [
    851, 1_024, 1_024, 1_204, 1_204, 1_324, 1_324, 1_460, 1_525, 1_536, 1_536, 1_682, 4_096,
  ]

  /// The costs of a unit in each alphabet, staying in the state; impossible where it is no member.
  static func steps(_ unit: UInt16) -> SIMD16<Int32> { unit < 128 ? stepsOfASCII[Int(unit)] : otherSteps }

  private static let otherSteps: SIMD16<Int32> = {
    var steps = SIMD16<Int32>(repeating: Cost.impossible)
    steps[count - 1] = costs[count - 1] + Share.randomStays
    return steps
  }()
  private static let stepsOfASCII: Row<SIMD16<Int32>> = {
    let row = Row<SIMD16<Int32>>.lasting(128, SIMD16(repeating: Cost.impossible))
    for unit in 0..<128 {
      var steps = SIMD16<Int32>(repeating: Cost.impossible)
      for alphabet in 0..<count where members(UInt16(unit)) >> UInt16(alphabet) & 1 == 1 {
        steps[alphabet] = costs[alphabet] + Share.randomStays
      }
      row[unit] = steps
    }
    return row
  }()

  /// A bit for each alphabet that holds a unit.
  static func members(_ unit: UInt16) -> UInt16 {
    unit < 128 ? membership[Int(unit)] : 1 << UInt16(count - 1)
  }

  private static let membership: Row<UInt16> = {
    let row = Row<UInt16>.lasting(128, 0)
    for index in 0..<128 {
      let unit = UInt16(index)
      let isDigit = Letter.isDigit(unit)
      let isLower = Letter.isASCIILetter(unit)
      let isUpper = Letter.isUpper(unit)
      let isHexLetter = (unit | 0x20) &- 0x61 < 6
      let isAlphanumeric = isDigit || isLower || isUpper
      let holds = [
        isDigit, isDigit || isLower && isHexLetter, isDigit || isUpper && isHexLetter, isLower, isUpper,
        isDigit || isLower, isDigit || isUpper, isLower || isUpper, isAlphanumeric,
        isAlphanumeric || unit == 0x2B || unit == 0x2F, isAlphanumeric || unit == 0x2D || unit == 0x5F,
        unit >= 0x20 && unit < 0x7F, true,
      ]
      for (bit, isMember) in holds.enumerated() where isMember { row[index] |= 1 << UInt16(bit) }
    }
    return row
  }()
}
