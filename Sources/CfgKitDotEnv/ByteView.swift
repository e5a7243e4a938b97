#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Bytes lent by a ``DocumentStorage``, with the searches that the scanner and the reader are made of.
///
/// Every access is checked against the bounds, so a mistake in a scanner traps instead of reading a neighbour. The
/// lender must outlive the view: views live on the stack of one call only.
@safe struct ByteView {
  private let base: UnsafeRawPointer
  let count: Int

  /// No bytes at all have an address too, which is never read.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe base = bytes.baseAddress ?? Self.nowhere
    count = bytes.count
  }

  nonisolated(unsafe) private static let nowhere = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))

  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    precondition(UInt(bitPattern: offset) < UInt(bitPattern: count))
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The first `byte` at or after `start` and before `end`, else `end`. Uses `memchr`, which reads wide words.
  @inline(__always)
  func first(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && start <= end && end <= count)
    guard start < end, let found = unsafe memchr(base + start, Int32(byte), end - start) else { return end }
    return unsafe UnsafeRawPointer(found) - base
  }

  /// The first byte that is not a blank, at or after `start`, else `end`.
  @inline(__always)
  func skippingBlanks(from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end && self[offset].isBlank { offset += 1 }
    return offset
  }

  /// The end of the range without its last blanks.
  @inline(__always)
  func trimmingBlanks(from start: Int, to end: Int) -> Int {
    var offset = end
    while offset > start && self[offset - 1].isBlank { offset -= 1 }
    return offset
  }

  /// The end of the KEY whose first byte is at `start`.
  @inline(__always)
  func endOfKey(from start: Int, to end: Int) -> Int {
    var offset = start + 1
    while offset < end && self[offset].continuesKey { offset += 1 }
    return offset
  }

  /// The end of the NAME at `start`; `start` itself if there is none.
  func endOfName(from start: Int, to end: Int) -> Int {
    guard start < end, self[start].startsName else { return start }
    var offset = start + 1
    while offset < end && self[offset].continuesName { offset += 1 }
    return offset
  }

  /// Whether the bytes from `start` are those of `text`.
  func starts(with text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    return unsafe memcmp(base + start, text.utf8Start, length) == 0
  }

  /// The bytes of `range`, lent for as long as the view is.
  @inline(__always)
  func buffer(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  func string(_ range: Range<Int>) -> String {
    unsafe String(decoding: buffer(range), as: UTF8.self)
  }

  /// Whether the bytes of `range` are those of `other` in `view`.
  @inline(__always)
  func equal(_ range: Range<Int>, to other: Range<Int>, in view: ByteView) -> Bool {
    guard range.count == other.count else { return false }
    guard let left = unsafe buffer(range).baseAddress, let right = unsafe view.buffer(other).baseAddress
    else { return true }
    return unsafe memcmp(left, right, range.count) == 0
  }

  /// The next eight bytes as one word.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset + 8 <= count)
    return unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// How many line ends stand in `range`: LF, CRLF and CR each count one.
  func lineEnds(in range: Range<Int>) -> Int {
    var ends = 0
    var offset = first(Byte.lineFeed, from: range.lowerBound, to: range.upperBound)
    while offset < range.upperBound {
      ends += 1
      offset = first(Byte.lineFeed, from: offset + 1, to: range.upperBound)
    }
    offset = first(Byte.carriageReturn, from: range.lowerBound, to: range.upperBound)
    while offset < range.upperBound {
      if offset + 1 >= count || self[offset + 1] != Byte.lineFeed { ends += 1 }
      offset = first(Byte.carriageReturn, from: offset + 1, to: range.upperBound)
    }
    return ends
  }
}
