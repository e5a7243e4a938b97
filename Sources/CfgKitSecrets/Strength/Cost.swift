/// Lengths of descriptions in bits, as whole numbers of 1/256 bit, so that they are the same on every machine.
enum Cost {
  static let one = 256.0
  /// More than any description costs, and far from overflow.
  static let impossible: Int32 = 1 << 29

  static func bits(_ count: Int) -> Int32 { Int32(clamping: count) &* 256 }

  /// The length of Elias' gamma code of a number from 1 on.
  static func gamma(_ number: Int) -> Int32 {
    bits(2 * (Int.bitWidth - 1 - max(1, number).leadingZeroBitCount) + 1)
  }

  /// log2 of a number from 1 on, rounded up: by less than 2/256 for the numbers from 2048 on.
  static func log2Up(_ number: Int) -> Int32 {
    let shift = shift(number)
    let head = number >> shift
    let isWhole = head << shift == number
    let floor = Int32(logarithms[isWhole ? head : head + 1])
    let isPower = isWhole && head & (head - 1) == 0
    return Int32(shift) * 256 + (isPower ? floor : floor + 1)
  }

  /// log2 of a number from 1 on, rounded down: by less than 2/256 for the numbers from 2048 on.
  static func log2Down(_ number: Int) -> Int32 {
    let shift = shift(number)
    return Int32(shift) * 256 + Int32(logarithms[number >> shift])
  }

  /// What brings a number below 2048.
  private static func shift(_ number: Int) -> Int {
    max(0, Int.bitWidth - tableBits - number.leadingZeroBitCount)
  }

  private static let tableBits = 11

  /// The floor of 256 log2, by squaring in integers.
  private static func squared(_ number: Int) -> UInt16 {
    guard number > 1 else { return 0 }
    let whole = Int.bitWidth - 1 - number.leadingZeroBitCount
    var mantissa = UInt64(number) << UInt64(31 - whole)
    var fraction: UInt16 = 0
    for _ in 0..<8 {
      mantissa = mantissa * mantissa >> 31
      fraction <<= 1
      if mantissa >= 1 << 32 {
        mantissa >>= 1
        fraction |= 1
      }
    }
    return UInt16(whole) * 256 + fraction
  }

  /// Those of the numbers up to 2048: made at first use.
  private static let logarithms: Row<UInt16> = {
    let row = Row<UInt16>.lasting(1 << tableBits + 1, 0)
    for number in 0..<row.count { row[number] = squared(number) }
    return row
  }()
}
