/// What a look at every byte tells before any structure: whether the file can be a `.env` at all.
struct Encoding {
  /// The first flaw of the file-level rows, or nil for UTF-8 without NUL.
  private(set) var flaw: Flaw?
  /// Whether there is a CR anywhere; most files have none, and then nobody needs to look for one.
  private(set) var hasReturns = false

  init(of bytes: UnsafeRawBufferPointer, limits: Limits) {
    let count = bytes.count
    if count > limits.fileBytes || count > Int(UInt32.max) - 1 {
      flaw = Flaw(id: .fileTooLarge, range: 0..<0)
    } else if count >= 2, unsafe bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF
    {
      flaw = Flaw(id: .utf16, range: 0..<2, fixIt: FixIt(kind: .rewriteAsUTF8, range: 0..<count))
    } else {
      unsafe check(bytes)
    }
  }

  private mutating func check(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset < bytes.count {
      unsafe skipPlainBlocks(bytes, &offset)
      // A block with something else in it, or the rest of the file.
      let end = min(offset + Self.block, bytes.count)
      while offset < end {
        let byte = unsafe bytes[offset]
        if byte == 0 { return flaw = Flaw(id: .nulByte, range: offset..<offset + 1) }
        if byte == Octet.carriageReturn { hasReturns = true }
        let length = byte < 0x80 ? 1 : unsafe Self.sequenceLength(at: offset, in: bytes)
        if length == 0 { return flaw = Flaw(id: .invalidUTF8, range: offset..<offset + 1) }
        offset += length
      }
    }
  }

  private static let block = 64

  /// Steps over blocks that are ASCII without NUL, eight bytes at a time, and notes a CR in them.
  private mutating func skipPlainBlocks(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) {
    // Both tests look for a byte that is zero: taking 1 from each byte then borrows into its high bit.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let returns = ones &* UInt64(Octet.carriageReturn)
    while offset + Self.block <= bytes.count {
      var (other, returned): (UInt64, UInt64) = (0, 0)
      // No way out inside the block, so that it becomes vector instructions.
      for place in stride(from: offset, to: offset + Self.block, by: 8) {
        // In bounds: the block ends before the bytes do.
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        other |= word | (word &- ones)
        let difference = word ^ returns
        returned |= (difference &- ones) & ~difference
      }
      if other & highs != 0 { return }
      if returned & highs != 0 { hasReturns = true }
      offset += Self.block
    }
  }

  /// The length of the UTF-8 sequence that begins here, or 0 if none does (Unicode, table 3-7).
  static func sequenceLength(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    let lead = unsafe bytes[offset]
    let length: Int
    var second = UInt8(0x80)...UInt8(0xBF)
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard offset + length <= bytes.count, unsafe second.contains(bytes[offset + 1]) else { return 0 }
    for index in 2..<max(2, length) where unsafe bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
