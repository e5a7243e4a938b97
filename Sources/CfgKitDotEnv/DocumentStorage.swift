#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a document, at one place in memory, wiped when the last document that uses them goes.
@safe public final class DocumentStorage: @unchecked Sendable {
  // Written only before the object is shared, then never again: hence @unchecked.
  private let base: UnsafeMutableRawPointer
  private let capacity: Int
  private let release: (@Sendable () -> Void)?
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
  public init<E: Error>(byteCount: Int, filling: (inout MutableRawSpan) throws(E) -> Int) throws(E) {
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
    capacity = max(byteCount, 1)
    release = nil
    var room = unsafe MutableRawSpan(_unsafeStart: base, byteCount: byteCount)
    do throws(E) {
      self.byteCount = try filling(&room)
    } catch {
      unsafe Self.wipe(base, capacity)
      unsafe base.deallocate()
      throw error
    }
  }

  /// Bytes that stay where they are, for example in guarded memory, until `release` is called; their owner wipes them.
  public init(adopting bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    // Never written through: `release` marks memory that belongs to someone else.
    unsafe base =
      bytes.baseAddress.map { unsafe UnsafeMutableRawPointer(mutating: $0) }
      ?? UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
    byteCount = bytes.count
    capacity = bytes.count
    self.release = release
  }

  deinit {
    if let release { return release() }
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

  /// The bytes; valid as long as the storage is.
  var buffer: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: base, count: byteCount) }

  /// The same, for the passes over them.
  var octets: Octets { unsafe Octets(buffer) }
}
