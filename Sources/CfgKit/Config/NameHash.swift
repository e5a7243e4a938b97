/// FNV-1a (draft-eastlake-fnv): the same on every machine, and no protection from anybody.
enum NameHash {
  /// The 64 bits of a text.
  static func of(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}
