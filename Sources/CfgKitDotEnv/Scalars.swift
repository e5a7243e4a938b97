/// What readers of other languages take for blanks, and what joins the character before it.
enum Scalars {
  /// The scalar that begins at a byte of UTF-8.
  static func scalar(at index: Int, in bytes: Octets) -> UInt32 {
    let lead = UInt32(bytes[index])
    guard lead >= 0x80 else { return lead }
    let length = max(1, Encoding.sequenceLength(at: index, in: bytes))
    guard length > 1 else { return lead }
    var scalar = lead & (0xFF >> UInt32(length + 1))
    for next in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + next] & 0x3F) }
    return scalar
  }

  /// White_Space of Unicode but for the space and TAB, which every reader trims.
  static func isUnicodeBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0B, 0x0C, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// What Go's isSpace knows of it in these readers: Latin-1 only.
  static func isLatinBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0B, 0x0C, 0x85, 0xA0: true
    default: false
    }
  }

  /// Whether a scalar joins the one before it in one `Character` (UAX 29, GB9 and GB9a).
  static func extendsCluster(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x80, let known = Unicode.Scalar(scalar) else { return false }
    return scalar == 0x200D || known.properties.isGraphemeExtend
      || known.properties.generalCategory == .spacingMark
  }
}
