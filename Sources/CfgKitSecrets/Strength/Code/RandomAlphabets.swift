/// The alphabets of the random state, which a text enters by naming one of 16.
enum RandomAlphabets {
  static let count = 13
  /// log2 of their sizes, rounded up, in the order of the bits of `members`; the last holds every unit.
  static let costs: Row<Int32> = {
    let row = Row<Int32>.lasting(count, 0)
    let costs: [Int32] = [
      851, 1_024, 1_024, 1_204, 1_204, 1_324, 1_324, 1_460, 1_525, 1_536, 1_536, 1_682, 4_096,
    ]
    for (index, cost) in costs.enumerated() { row[index] = cost }
    return row
  }()

  /// The alphabets that may be of use to a text whose units have these members in common and at all.
  ///
  /// One that holds all of the text makes every larger one useless.
  static func useful(common: UInt16, any: UInt16) -> UInt16 {
    let smallest = common & (0 &- common)
    // The alphabets stand in the order of their sizes.
    return any & (smallest | (smallest &- 1))
  }

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
