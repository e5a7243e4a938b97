/// The checks that come before any structure: size, UTF-16, NUL, UTF-8.
enum Encoding {
  /// The first of the file-level problems, or nil.
  static func problem(in view: ByteView, limits: Limits) -> FileProblem? {
    let start = Position(line: 1, column: 1)
    if view.count > limits.fileBytes || view.count >= Int(UInt32.max) - 16 {
      return FileProblem(id: .fileTooLarge, offset: 0, position: start)
    }
    if view.count >= 2 {
      switch (view[0], view[1]) {
      case (0xFF, 0xFE), (0xFE, 0xFF):
        return FileProblem(id: .utf16, offset: 0, position: start)
      default: break
      }
    }
    let nul = view.first(0, from: 0, to: view.count)
    let invalid = firstInvalidByte(in: view)
    let bad = min(nul, invalid)
    guard bad < view.count else { return nil }
    return FileProblem(
      id: nul < invalid ? .nulByte : .invalidUTF8, offset: bad, position: position(of: bad, in: view))
  }

  /// Whether the bytes are UTF-8 without NUL.
  static func isText(_ view: ByteView) -> Bool {
    min(view.first(0, from: 0, to: view.count), firstInvalidByte(in: view)) == view.count
  }

  /// The first byte of the first sequence that is not UTF-8 (Unicode 16, table 3-7), else the count.
  private static func firstInvalidByte(in view: ByteView) -> Int {
    let count = view.count
    var offset = 0
    while offset < count {
      while offset + 32 <= count {
        let all =
          view.word(at: offset) | view.word(at: offset + 8) | view.word(at: offset + 16)
          | view.word(at: offset + 24)
        if all & 0x8080_8080_8080_8080 != 0 { break }
        offset += 32
      }
      while offset < count && view[offset] < 0x80 { offset += 1 }
      while offset < count && view[offset] >= 0x80 {
        let length = sequenceLength(at: offset, in: view)
        if length == 0 { return offset }
        offset += length
      }
    }
    return count
  }

  /// The length of the well-formed sequence of two to four bytes at `offset`, or 0.
  private static func sequenceLength(at offset: Int, in view: ByteView) -> Int {
    func isContinuation(_ place: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      place < view.count && range.contains(view[place])
    }
    switch view[offset] {
    case 0xC2...0xDF:
      return isContinuation(offset + 1) ? 2 : 0
    case let lead where lead & 0xF0 == 0xE0:
      let second: ClosedRange<UInt8> = lead == 0xE0 ? 0xA0...0xBF : lead == 0xED ? 0x80...0x9F : 0x80...0xBF
      return isContinuation(offset + 1, second) && isContinuation(offset + 2) ? 3 : 0
    case let lead where (0xF0...0xF4).contains(lead):
      let second: ClosedRange<UInt8> = lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      return isContinuation(offset + 1, second) && isContinuation(offset + 2)
        && isContinuation(offset + 3) ? 4 : 0
    default:
      return 0
    }
  }

  private static func position(of offset: Int, in view: ByteView) -> Position {
    var line = 1
    var start = 0
    for place in 0..<offset {
      let byte = view[place]
      if byte == Byte.lineFeed || byte == Byte.carriageReturn && view[place + 1] != Byte.lineFeed {
        line += 1
        start = place + 1
      }
    }
    return Position(line: line, column: offset - start + 1)
  }
}
