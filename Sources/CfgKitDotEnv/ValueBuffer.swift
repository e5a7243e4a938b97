/// Bytes that are being put together, such as the decoded values of one reading, in memory that is wiped when it grows and
/// when it goes.
@safe final class ValueBuffer: @unchecked Sendable {
  // Written only while it is made, by one task: hence @unchecked.
  private let kind: any ByteRoom
  /// Nil until the first byte comes: most files have nothing to decode.
  private var room: (any ByteRoom)?
  private var base: UnsafeMutableRawPointer?
  private var capacity = 0
  private(set) var count = 0

  /// An empty one, in room of the same kind as `room`.
  init(like room: any ByteRoom, capacity: Int = 0) {
    kind = room
    if capacity > 0 { reserve(capacity) }
  }

  @inline(__always)
  private func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let grown = kind.another(max(capacity * 2, count + more, 256))
    if let base = unsafe base, count > 0 {
      unsafe grown.bytes.copyMemory(from: UnsafeRawBufferPointer(start: base, count: count))
    }
    room = grown
    unsafe base = grown.bytes.baseAddress
    capacity = unsafe grown.bytes.count
  }

  func append(_ byte: UInt8) {
    reserve(1)
    unsafe base?.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    let more = bytes.count
    guard more > 0, let source = bytes.baseAddress else { return }
    reserve(more)
    unsafe base?.advanced(by: count).copyMemory(from: source, byteCount: more)
    count += more
  }

  func append(_ bytes: borrowing RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  /// A copy of a range of its own bytes, to its end.
  func append(own range: Range<Int>) {
    guard !range.isEmpty else { return }
    reserve(range.count)
    if let base = unsafe base {
      unsafe base.advanced(by: count).copyMemory(from: base + range.lowerBound, byteCount: range.count)
    }
    count += range.count
  }

  /// Forgets what was appended since it held `count` bytes.
  func truncate(to count: Int) {
    self.count = count
  }

  /// Ends writing.
  func seal() { room?.seal() }

  /// The bytes; valid until the next append.
  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: count) }

  /// The bytes as the storage of a document; nothing may be appended any more.
  var storage: DocumentStorage { DocumentStorage(room ?? kind.another(0), byteCount: count) }
}
