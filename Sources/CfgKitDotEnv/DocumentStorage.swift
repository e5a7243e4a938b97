#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The bytes of a document, which never change and are wiped when the last document over them goes.
///
/// A `.env` file holds secrets, so its bytes live in memory of their own and not in an `Array` or a `String`, whose
/// copies nobody could wipe.
@safe public final class DocumentStorage: @unchecked Sendable {
  // Unchecked, because a pointer is not Sendable: nothing writes through it after the initializer.
  /// The bytes for a scanner; valid while the storage is.
  let view: ByteView
  private let release: @Sendable () -> Void

  /// Copies `bytes` into memory of its own.
  public convenience init(copying bytes: some Collection<UInt8>) {
    let count = bytes.count
    self.init(byteCount: count) { span in
      let copied: Void? = bytes.withContiguousStorageIfAvailable { source in
        unsafe span.withUnsafeMutableBytes { target in
          unsafe target.copyMemory(from: UnsafeRawBufferPointer(source))
        }
      }
      guard copied == nil else { return count }
      var offset = 0
      for byte in bytes where offset < count {
        span.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        offset += 1
      }
      return offset
    }
  }

  /// Takes over memory that somebody else made, such as guarded memory; `release` is called once, at the end, and
  /// must wipe and free it.
  public init(adopting bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    view = unsafe ByteView(bytes)
    self.release = release
  }

  /// Memory of its own of `byteCount` bytes, zeroed, lent to `filling`, which returns how many it filled: `read(2)`
  /// goes straight in.
  ///
  /// - Throws: what `filling` throws; the memory is wiped then too.
  public convenience init<E: Error>(
    byteCount: Int, filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(E) {
    let memory = unsafe WipedMemory.allocate(byteCount)
    var span = unsafe memory.mutableBytes
    let filled: Int
    do {
      filled = try filling(&span)
    } catch {
      unsafe WipedMemory.release(memory, used: byteCount)
      throw error
    }
    precondition(filled >= 0 && filled <= byteCount)
    nonisolated(unsafe) let owned = unsafe memory
    unsafe self.init(adopting: UnsafeRawBufferPointer(rebasing: memory[..<filled])) {
      unsafe WipedMemory.release(owned, used: byteCount)
    }
  }

  deinit { release() }

  /// How many bytes there are.
  public var byteCount: Int { view.count }

  /// Lends the bytes.
  public func withBytes<R: ~Copyable, E: Error>(
    _ body: (borrowing RawSpan) throws(E) -> R
  ) throws(E) -> R {
    try body(unsafe view.buffer(0..<byteCount).bytes)
  }
}

/// Heap memory that is zeroed when made and wiped before it goes back.
enum WipedMemory {
  static func allocate(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    return unsafe memory
  }

  /// Wipes the first `used` bytes, in a way that the compiler must not leave out, and frees the memory.
  static func release(_ memory: UnsafeMutableRawBufferPointer, used: Int) {
    if let address = memory.baseAddress, used > 0 {
      #if canImport(Darwin)
        unsafe memset_s(address, memory.count, 0, min(used, memory.count))
      #else
        unsafe explicit_bzero(address, min(used, memory.count))
      #endif
    }
    unsafe memory.deallocate()
  }
}
