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

/// The random state in each alphabet that may be of use, four alphabets at a time.
struct RandomWays {
  /// The bit of each alphabet among the members of a unit, and what a character costs in it.
  private let alphabets: Row<SIMD4<Int32>>
  private let steps: Row<SIMD4<Int32>>
  /// The cost up to the position, and where the state was entered.
  private let costs: Row<SIMD4<Int32>>
  private let starts: Row<SIMD4<Int32>>

  private static let mostGroups = (RandomAlphabets.count + 3) / 4

  /// Bytes that they need at most.
  static let byteCount = 4 * ScratchRoom.byteCount(SIMD4<Int32>.self, mostGroups)

  /// One way for each bit of `useful`; the last stands there again where four are not full, which changes nothing.
  init(_ useful: UInt16, _ room: inout ScratchRoom) {
    let count = (useful.nonzeroBitCount + 3) / 4
    alphabets = room.row(SIMD4<Int32>.self, count)
    steps = room.row(SIMD4<Int32>.self, count)
    costs = room.row(SIMD4<Int32>.self, count)
    starts = room.row(SIMD4<Int32>.self, count)
    var rest = useful
    for group in 0..<count {
      for lane in 0..<4 {
        let alphabet = rest.trailingZeroBitCount
        alphabets[group][lane] = 1 << Int32(alphabet)
        steps[group][lane] = Share.randomStays + RandomAlphabets.cost(alphabet)
        costs[group][lane] = Share.startRandom + Share.alphabet
        if rest & (rest - 1) != 0 { rest &= rest - 1 }
      }
    }
  }

  /// Enters each way where that is cheaper than to stay in it, and pays for one character.
  ///
  /// - Parameters:
  ///   - position: where the text is.
  ///   - members: the alphabets that hold its unit.
  ///   - entry: what it costs to enter there.
  /// - Returns: whether one was entered, and what the cheapest costs then.
  @inline(__always)
  func advance(_ position: Int, _ members: UInt16, entry: Int32) -> (isEntered: Bool, cheapest: Int32) {
    let holding = SIMD4(repeating: Int32(members))
    let impossible = SIMD4(repeating: Cost.impossible)
    var entered = SIMDMask<SIMD4<Int32>>(repeating: false)
    var least = impossible
    for group in 0..<costs.count {
      var cost = costs[group]
      let enters = cost .> entry
      entered .|= enters
      cost.replace(with: entry, where: enters)
      starts[group].replace(with: Int32(position), where: enters)
      cost = pointwiseMin(impossible, cost &+ steps[group])
      cost.replace(with: impossible, where: (holding & alphabets[group]) .== 0)
      costs[group] = cost
      least = pointwiseMin(least, cost)
    }
    return (any(entered), least.min())
  }

  /// What the cheapest costs.
  var cheapest: Int32 {
    var least = Cost.impossible
    for group in 0..<costs.count { least = min(least, costs[group].min()) }
    return least
  }

  /// Where a way of this cost was entered, the earliest such place; nil if none has it.
  @inline(__always)
  func start(of cost: Int32) -> Int? {
    var earliest = SIMD4<Int32>(repeating: .max)
    for group in 0..<costs.count {
      earliest = pointwiseMin(earliest, starts[group].replacing(with: .max, where: costs[group] .!= cost))
    }
    let start = earliest.min()
    return start == .max ? nil : Int(start)
  }
}
