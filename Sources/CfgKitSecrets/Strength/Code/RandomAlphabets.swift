/// The alphabets of the random state, which a text enters by naming one of 16: digits, hex and HEX, lower and upper, those with
/// digits, letters, alphanumeric, base64 and base64url, printable, and every unit.
enum RandomAlphabets {
  static let count = 13

  /// log2 of the size of an alphabet, rounded up, in the order of the bits of `members`.
  static func cost(_ alphabet: Int) -> Int32 {
    let costs = SIMD16<Int32>(
      851, 1_024, 1_024, 1_204, 1_204, 1_324, 1_324, 1_460, 1_525, 1_536, 1_536, 1_682, 4_096, 4_096, 4_096,
      4_096)
    return costs[alphabet]
  }

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
    switch unit {
    case 0x30...0x39: 0b1_1111_0110_0111
    case 0x61...0x66: 0b1_1111_1010_1010
    case 0x67...0x7A: 0b1_1111_1010_1000
    case 0x41...0x46: 0b1_1111_1101_0100
    case 0x47...0x5A: 0b1_1111_1101_0000
    case 0x2B, 0x2F: 0b1_1010_0000_0000
    case 0x2D, 0x5F: 0b1_1100_0000_0000
    case 0x20...0x7E: 0b1_1000_0000_0000
    default: 0b1_0000_0000_0000
    }
  }
}

/// The random state in one alphabet.
struct RandomWay: BitwiseCopyable {
  /// Its bit among the members of a unit.
  let alphabet: UInt32
  /// What a character costs.
  let step: Int32
  /// The cost up to the position, and where the state was entered.
  var cost: Int32
  var start: Int32
}
