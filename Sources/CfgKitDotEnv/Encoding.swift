/// What keeps a file from being a `.env` at all: its size and its encoding.
enum Encoding {
  /// The first flaw of the file-level rows, or nil for UTF-8 without NUL.
  static func flaw(in bytes: UnsafeRawBufferPointer, limits: Limits) -> Flaw? {
    let count = bytes.count
    if count > limits.fileBytes || count > Int(UInt32.max) - 1 {
      return Flaw(id: .fileTooLarge, range: 0..<0)
    }
    if count >= 2, unsafe bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF {
      return Flaw(id: .utf16, range: 0..<2, fixIt: FixIt(kind: .rewriteAsUTF8, range: 0..<count))
    }
    var offset = 0
    while offset < count {
      // Eight ASCII bytes at a time: no high bit, and no zero byte (the classic test for one).
      while offset + 8 <= count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
        offset += 8
      }
      guard offset < count else { break }
      let byte = unsafe bytes[offset]
      if byte == 0 { return Flaw(id: .nulByte, range: offset..<offset + 1) }
      if byte < 0x80 {
        offset += 1
        continue
      }
      let length = unsafe sequenceLength(at: offset, in: bytes)
      if length == 0 { return Flaw(id: .invalidUTF8, range: offset..<offset + 1) }
      offset += length
    }
    return nil
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
