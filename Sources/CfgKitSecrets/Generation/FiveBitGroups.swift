/// Bytes read as groups of five bits from the most significant on, the last one padded with zero bits: what
/// base32 (RFC 4648 §6) and bech32 (BIP 173) are made of.
enum FiveBitGroups {
  static func forEach(_ bytes: UnsafeRawBufferPointer, _ body: (UInt8) -> Void) {
    var pending: UInt32 = 0
    var bits = 0
    for index in 0..<bytes.count {
      pending = unsafe pending << 8 | UInt32(bytes[index])
      bits += 8
      while bits >= 5 {
        bits -= 5
        body(UInt8(pending >> UInt32(bits) & 31))
      }
      pending &= (1 << UInt32(bits)) - 1
    }
    if bits > 0 { body(UInt8(pending << UInt32(5 - bits) & 31)) }
  }

  /// Writes a symbol for each group; gives their number.
  static func write(
    _ bytes: UnsafeRawBufferPointer, as symbols: StaticString, to target: UnsafeMutableRawBufferPointer
  ) -> Int {
    var position = 0
    unsafe forEach(bytes) { group in
      unsafe target[position] = symbols.octets[Int(group)]
      position += 1
    }
    return position
  }
}

/// The checksum of bech32: a BCH code over groups of five bits, BIP 173.
struct Bech32Checksum {
  private var state: UInt32 = 1

  /// The prefix is hashed in lower case, as BIP 173 says.
  init(prefix: StaticString) {
    let prefix = unsafe prefix.octets
    for index in 0..<prefix.count { unsafe add(lowercased(prefix[index]) >> 5) }
    add(0)
    for index in 0..<prefix.count { unsafe add(lowercased(prefix[index]) & 31) }
  }

  mutating func add(_ group: UInt8) {
    let top = state >> 25
    state = ((state & 0x1FF_FFFF) << 5) ^ UInt32(group)
    let generator: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
      0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3
    )
    if top & 1 != 0 { state ^= generator.0 }
    if top & 2 != 0 { state ^= generator.1 }
    if top & 4 != 0 { state ^= generator.2 }
    if top & 8 != 0 { state ^= generator.3 }
    if top & 16 != 0 { state ^= generator.4 }
  }

  /// The six groups that make the whole valid.
  func finished() -> [UInt8] {
    var copy = self
    for _ in 0..<6 { copy.add(0) }
    let value = copy.state ^ 1
    return (0..<6).map { UInt8((value >> UInt32(5 * (5 - $0))) & 31) }
  }

  /// Whether the groups added, checksum included, are valid.
  var isValid: Bool { state == 1 }

  private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}
