/// The bytes of a document, at one place in memory, wiped when the last document that uses them goes.
@safe public final class DocumentStorage: Sendable {
  /// Where they are; what is made of them goes to room of the same kind.
  let room: any ByteRoom
  // Nobody writes there any more: `init` has sealed the room, which lives as long as this.
  private nonisolated(unsafe) let base: UnsafePointer<UInt8>?
  /// How many bytes there are.
  public let byteCount: Int

  /// A copy of `bytes` on the heap.
  public convenience init(copying bytes: some Collection<UInt8>) {
    self.init(byteCount: bytes.count) { span in
      unsafe span.withUnsafeMutableBytes { target in unsafe target.copyBytes(from: bytes) }
      return bytes.count
    }
  }

  /// Room for `byteCount` bytes on the heap, which `filling` writes to; it returns how many it used.
  ///
  /// - Throws: what `filling` throws.
  public convenience init<E: Error>(
    byteCount: Int, filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(E) {
    try self.init(HeapRoom(byteCount), byteCount: byteCount, filling: filling)
  }

  /// The first `byteCount` bytes of a room, which `filling` writes to; it returns how many it used.
  package convenience init<E: Error>(
    _ room: any ByteRoom, byteCount: Int, filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(E) {
    var span = unsafe UnsafeMutableRawBufferPointer(rebasing: room.bytes[..<byteCount]).mutableBytes
    let used = try filling(&span)
    self.init(room, byteCount: used)
  }

  /// The first `byteCount` bytes of a room, as they are.
  package init(_ room: any ByteRoom, byteCount: Int) {
    room.seal()
    self.room = room
    unsafe base = UnsafePointer(room.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    self.byteCount = byteCount
  }

  /// Lends the bytes for the time of the call.
  package func withBytes<R, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try unsafe body(buffer.bytes)
  }

  /// The bytes; valid as long as the storage is.
  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: byteCount) }

  /// The same, for the passes over them.
  var octets: Octets { unsafe Octets(buffer) }
}
