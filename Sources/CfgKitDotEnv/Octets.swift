#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a document, lent to the passes over them, which keep the document alive. What asks for bytes outside is a defect
/// of this library: there is no check in the way of the loops.
@safe struct Octets {
  // Not a buffer pointer: that would work out its count, and ask whether there are bytes at all, at every step.
  private let base: UnsafeRawPointer
  let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    // Nothing is read through the stand-in, for it stands for no bytes.
    unsafe base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    count = bytes.count
  }

  @inline(__always)
  subscript(index: Int) -> UInt8 { unsafe base.load(fromByteOffset: index, as: UInt8.self) }

  subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// As many bytes as the type has, from `index` on.
  @inline(__always)
  func load<Bytes: BitwiseCopyable>(_ index: Int, as type: Bytes.Type) -> Bytes {
    unsafe base.loadUnaligned(fromByteOffset: index, as: type)
  }

  /// The first such byte in the range, or nil, with the speed of memchr.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    // The range is inside the bytes, and memchr stays inside the range.
    let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
    return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
  }

  /// The first byte from `start` on that is this one, LF or CR; the end of the bytes if there is none.
  @inline(__always)
  func first(_ byte: UInt8, orLineEndFrom start: Int) -> Int {
    typealias Bytes = SIMD16<UInt8>
    let byte = Bytes(repeating: byte)
    let feed = Bytes(repeating: Octet.lineFeed)
    let carriage = Bytes(repeating: Octet.carriageReturn)
    var index = start
    // In bounds: the sixteen bytes end before all do.
    while index &+ Bytes.scalarCount <= count {
      let next = load(index, as: Bytes.self)
      let isFound = (next .== byte) .| (next .== feed) .| (next .== carriage)
      // The mask has a byte of ones for each that was found.
      let words = unsafe unsafeBitCast(isFound, to: SIMD2<UInt64>.self)
      if words[0] | words[1] != 0 {
        let word = UInt64(littleEndian: words[0] != 0 ? words[0] : words[1])
        return index &+ (words[0] != 0 ? 0 : 8) &+ word.trailingZeroBitCount / 8
      }
      index &+= Bytes.scalarCount
    }
    while index < count, !Octet.isLineEnd(self[index]), self[index] != byte[0] { index &+= 1 }
    return index
  }

  /// Where the line of `start` ends.
  func lineEnd(from start: Int) -> Int { first(Octet.lineFeed, orLineEndFrom: start) }

  /// Whether a line, or all of the bytes, end here.
  @inline(__always)
  func isLineEnd(at index: Int) -> Bool { index >= count || Octet.isLineEnd(self[index]) }

  /// Where the blanks at `start` end.
  @inline(__always)
  func skipBlanks(from start: Int) -> Int {
    var index = start
    while index < count, Octet.isBlank(self[index]) { index &+= 1 }
    return index
  }

  /// Where the blanks that the range ends with begin.
  func trimBlanks(_ range: Range<Int>) -> Int {
    var index = range.upperBound
    while index > range.lowerBound, Octet.isBlank(self[index - 1]) { index &-= 1 }
    return index
  }

  /// Where the letters, digits and `_` at `start` end.
  @inline(__always)
  func endOfName(from start: Int) -> Int {
    var index = start
    // In bounds: the word ends before the bytes do.
    while index &+ 8 <= count {
      let word = UInt64(littleEndian: load(index, as: UInt64.self))
      let others = word.highBitsOutsideNames
      if others != 0 { return index &+ others.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count, Octet.isName(self[index]) { index &+= 1 }
    return index
  }
}

extension UInt64 {
  /// The high bits of those of eight bytes that are no letter, digit or `_`.
  fileprivate var highBitsOutsideNames: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // Adding to bytes without their high bits carries into that bit and no further.
    let low = self & (0x7F &* ones)
    let letter = low | (0x20 &* ones)
    let isLetter = (letter &+ (0x80 - 0x61) &* ones) & ~(letter &+ (0x7F - 0x7A) &* ones)
    let isDigit = (low &+ (0x80 - 0x30) &* ones) & ~(low &+ (0x7F - 0x39) &* ones)
    let isUnderscore = (low &+ (0x80 - 0x5F) &* ones) & ~(low &+ (0x7F - 0x5F) &* ones)
    return ~((isLetter | isDigit | isUnderscore) & ~self) & (0x80 &* ones)
  }
}
