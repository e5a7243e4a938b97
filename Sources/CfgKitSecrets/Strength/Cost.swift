/// Lengths of descriptions in bits, as whole numbers of 1/256 bit, so that they are the same on every machine.
enum Cost {
  static let one = 256.0

  static func bits(_ count: Int) -> Int32 { Int32(clamping: count) &* 256 }
}
