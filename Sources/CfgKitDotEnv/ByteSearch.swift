#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension UnsafeRawBufferPointer {
  /// The first such byte in the range, or nil, with the speed of memchr.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    // The range is inside the bytes: there is a base, and memchr stays inside too.
    guard !range.isEmpty, let base = baseAddress,
      let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}
