/// What a look at every byte tells before any structure: whether the file can be a `.env` at all.
struct Encoding {
  /// The first flaw of the file-level rows, or nil for UTF-8 without NUL.
  private(set) var flaw: Flaw?
  /// Whether there is a CR anywhere; most files have none, and then nobody needs to look for one.
  private(set) var hasReturns = false
  /// Whether every byte is ASCII, of bytes without a flaw.
  private(set) var isASCII = true
  /// How many bytes are LF or CR: no file has more lines, but for an open last one.
  private(set) var lineEnds = 0

  init(of bytes: Octets, limits: Limits) {
    let count = bytes.count
    if count > limits.fileBytes || count > Int(UInt32.max) - 1 {
      flaw = Flaw(id: .fileTooLarge, range: 0..<0)
    } else if count >= 2, bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF {
      flaw = Flaw(id: .utf16, range: 0..<2, fixIt: FixIt(kind: .rewriteAsUTF8, range: 0..<count))
    } else {
      check(bytes)
    }
  }

  private mutating func check(_ bytes: Octets) {
    var offset = 0
    while offset < bytes.count {
      skipPlainBlocks(bytes, &offset)
      // A block with something else in it, or the rest of the file.
      let end = min(offset + Self.block, bytes.count)
      while offset < end {
        let byte = bytes[offset]
        if byte == 0 { return flaw = Flaw(id: .nulByte, range: offset..<offset + 1) }
        if Octet.isLineEnd(byte) { lineEnds += 1 }
        if byte == Octet.carriageReturn { hasReturns = true }
        let length = byte < 0x80 ? 1 : Self.sequenceLength(at: offset, in: bytes)
        if length == 0 { return flaw = Flaw(id: .invalidUTF8, range: offset..<offset + 1) }
        if length > 1 { isASCII = false }
        offset += length
      }
    }
  }

  private static let block = 128

  /// Steps over blocks that are ASCII without NUL, and notes the line ends in them.
  private mutating func skipPlainBlocks(_ bytes: Octets, _ offset: inout Int) {
    typealias Bytes = SIMD16<UInt8>
    let feed = Bytes(repeating: Octet.lineFeed)
    let carriage = Bytes(repeating: Octet.carriageReturn)
    while offset &+ Self.block <= bytes.count {
      var (other, returns, ends) = (Bytes.zero, Bytes.zero, Bytes.zero)
      // No way out inside the block: that would cost more than it saves.
      for step in 0..<Self.block / Bytes.scalarCount {
        let next = bytes.load(offset &+ step &* Bytes.scalarCount, as: Bytes.self)
        // Taking 1 from a zero sets its high bit; so do bytes beyond ASCII by themselves.
        other |= next | (next &- Bytes(repeating: 1))
        // A mask holds 0xFF, which is -1, for each byte that was found.
        let isReturn = unsafe unsafeBitCast(next .== carriage, to: Bytes.self)
        returns |= isReturn
        let isFeed = unsafe unsafeBitCast(next .== feed, to: Bytes.self)
        ends &-= isReturn | isFeed
      }
      if Self.hasHighBit(other) { return }
      if Self.hasHighBit(returns) { hasReturns = true }
      lineEnds += Int(ends.wrappedSum())
      offset += Self.block
    }
  }

  private static func hasHighBit(_ bytes: SIMD16<UInt8>) -> Bool {
    let words = unsafe unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
    return (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0
  }

  /// The length of the UTF-8 sequence that begins here, or 0 if none does (Unicode, table 3-7).
  static func sequenceLength(at offset: Int, in bytes: Octets) -> Int {
    let lead = bytes[offset]
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
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
    for index in 2..<max(2, length) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

extension RawSpan {
  /// Whether the bytes are UTF-8 (RFC 3629).
  package var isUTF8: Bool {
    unsafe withUnsafeBytes { bytes in
      let octets = unsafe Octets(bytes)
      var offset = 0
      while offset < octets.count {
        let length = octets[offset] < 0x80 ? 1 : Encoding.sequenceLength(at: offset, in: octets)
        if length == 0 { return false }
        offset += length
      }
      return true
    }
  }
}
