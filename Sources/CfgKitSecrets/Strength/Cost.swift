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
    if number <= 1 << tableBits { return floor(number) + (number & (number - 1) == 0 ? 0 : 1) }
    let shift = shift(number)
    let head = number >> shift
    let isWhole = head << shift == number
    let floor = floor(isWhole ? head : head + 1)
    let isPower = isWhole && head & (head - 1) == 0
    return Int32(shift) * 256 + (isPower ? floor : floor + 1)
  }

  /// log2 of a number from 1 on, rounded down: by less than 2/256 for the numbers from 2048 on.
  static func log2Down(_ number: Int) -> Int32 {
    if number <= 1 << tableBits { return floor(number) }
    let shift = shift(number)
    return Int32(shift) * 256 + floor(number >> shift)
  }

  /// What brings a number below 2048.
  private static func shift(_ number: Int) -> Int {
    max(0, Int.bitWidth - tableBits - number.leadingZeroBitCount)
  }

  private static let tableBits = 11

  /// 256 log2 of a number up to 2048, rounded down.
  private static func floor(_ number: Int) -> Int32 {
    Int32(truncatingIfNeeded: TableText(logarithms).twelveBits(2 * number))
  }
}
