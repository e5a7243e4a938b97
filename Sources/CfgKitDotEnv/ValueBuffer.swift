#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The decoded values of one reading, in memory that is wiped when it grows and when it goes.
@safe final class ValueBuffer: @unchecked Sendable {
  // Written only while the reading is made, by one task: hence @unchecked.
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 256) {
    self.capacity = max(capacity, 16)
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 1)
  }

  deinit {
    unsafe Self.wipe(base, capacity)
    unsafe base.deallocate()
  }

  private static func wipe(_ base: UnsafeMutableRawPointer, _ count: Int) {
    #if canImport(Darwin)
      _ = unsafe memset_s(base, count, 0, count)
    #else
      unsafe explicit_bzero(base, count)
    #endif
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let grown = max(capacity * 2, count + more)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: grown, alignment: 1)
    unsafe moved.copyMemory(from: base, byteCount: count)
    unsafe Self.wipe(base, capacity)
    unsafe base.deallocate()
    unsafe base = moved
    capacity = grown
  }

  func append(_ byte: UInt8) {
    reserve(1)
    unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    let more = bytes.count
    guard more > 0, let source = bytes.baseAddress else { return }
    reserve(more)
    unsafe base.advanced(by: count).copyMemory(from: source, byteCount: more)
    count += more
  }

  func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  /// A copy of a range of its own bytes, to its end.
  func append(own range: Range<Int>) {
    reserve(range.count)
    unsafe base.advanced(by: count).copyMemory(from: base + range.lowerBound, byteCount: range.count)
    count += range.count
  }

  /// Forgets what was appended since it held `count` bytes.
  func truncate(to count: Int) {
    self.count = count
  }

  /// The bytes; valid until the next append.
  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }
}
