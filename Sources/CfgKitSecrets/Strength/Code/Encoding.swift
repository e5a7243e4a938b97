/// Base64, hexadecimal and base32: decoded only if encoding again gives the same text.
enum Encoding: CaseIterable {
  case base64
  case hex
  case base32

  /// The branch's share, with what the decoder is told of the alphabet or case and the padding.
  var cost: Int32 {
    switch self {
    case .base64: Share.base64 + Cost.bits(2)
    case .hex: Share.hex + Cost.bits(1)
    case .base32: Share.base32 + Cost.bits(2)
    }
  }

  var kind: TokenClass {
    switch self {
    case .base64: .encodedBase64
    case .hex: .encodedHex
    case .base32: .encodedBase32
    }
  }

  private var bitsOfDigit: Int {
    switch self {
    case .base64: 6
    case .hex: 4
    case .base32: 5
    }
  }

  /// Digits of a whole group of bytes, padding included.
  private var groupCount: Int {
    switch self {
    case .base64: 4
    case .hex: 2
    case .base32: 8
    }
  }

  /// Bytes that a text of `count` digits may decode to.
  static func mostBytes(_ count: Int) -> Int { count * 6 / 8 + 1 }

  /// Decodes a text into `bytes`.
  ///
  /// - Returns: how many bytes it holds, or nil if it is not in the one form that encoding would give.
  func decode(_ text: UnsafeRawBufferPointer, into bytes: Row<UInt8>) -> Int? {
    var end = text.count
    while end > 0, unsafe text[end - 1] == UInt8(ascii: "=") { end -= 1 }
    let padding = text.count - end
    let size = bitsOfDigit
    guard end > 1, padding < groupCount else { return nil }
    if padding > 0, self == .hex || text.count % groupCount != 0 { return nil }
    // The last digit must be needed for the last byte, and hold nothing else.
    let spare = end * size % 8
    guard spare < size else { return nil }
    var choice: Choice?
    var pending: UInt32 = 0
    var pendingBits = 0
    var count = 0
    for index in 0..<end {
      guard let digit = unsafe digit(text[index], &choice) else { return nil }
      pending = pending << UInt32(size) | digit
      pendingBits += size
      if pendingBits >= 8 {
        pendingBits -= 8
        bytes[count] = UInt8(truncatingIfNeeded: pending >> UInt32(pendingBits))
        count += 1
        pending &= 1 << UInt32(pendingBits) - 1
      }
    }
    return pending == 0 ? count : nil
  }

  private enum Choice { case first, second }

  @inline(__always)
  private func digit(_ octet: UInt8, _ choice: inout Choice?) -> UInt32? {
    func take(_ made: Choice, _ digit: UInt8) -> UInt32? {
      if choice == nil { choice = made }
      return choice == made ? UInt32(digit) : nil
    }
    let isDigit = octet &- 0x30 < 10
    let isUpper = octet &- 0x41 < 26
    let isLower = octet &- 0x61 < 26
    switch self {
    case .base64:
      if isUpper { return UInt32(octet - 0x41) }
      if isLower { return UInt32(octet - 0x61 + 26) }
      if isDigit { return UInt32(octet - 0x30 + 52) }
      if octet == 0x2B || octet == 0x2F { return take(.first, octet == 0x2B ? 62 : 63) }
      return octet == 0x2D || octet == 0x5F ? take(.second, octet == 0x2D ? 62 : 63) : nil
    case .hex:
      if isDigit { return UInt32(octet - 0x30) }
      guard (octet | 0x20) &- 0x61 < 6 else { return nil }
      return take(isUpper ? .second : .first, (octet | 0x20) - 0x61 + 10)
    case .base32:
      if octet &- 0x32 < 6 { return UInt32(octet - 0x32 + 26) }
      guard isUpper || isLower else { return nil }
      return take(isUpper ? .first : .second, (octet | 0x20) - 0x61)
    }
  }
}
