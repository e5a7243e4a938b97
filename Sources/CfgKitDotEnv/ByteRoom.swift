#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory for bytes that may be secret: of a file, of an edit, of decoded values. Whoever reads a file chooses the kind;
/// everything that is made of its bytes gets room of the same kind.
///
/// Its bytes are wiped when the last reference to it goes.
package protocol ByteRoom: AnyObject, Sendable {
  /// The room; valid as long as the object. Written to only by the one who asked for it, before others see it.
  var bytes: UnsafeMutableRawBufferPointer { get }

  /// Ends writing.
  func seal()

  /// Room of the same kind for at least `byteCount` bytes. Traps where there is no memory, as Swift's own does.
  func another(_ byteCount: Int) -> any ByteRoom
}

/// Room on the heap.
@safe final class HeapRoom: ByteRoom {
  nonisolated(unsafe) let bytes: UnsafeMutableRawBufferPointer

  init(_ byteCount: Int) {
    unsafe bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(byteCount, 1), alignment: 16)
  }

  deinit {
    #if canImport(Darwin)
      if let base = unsafe bytes.baseAddress { _ = unsafe memset_s(base, bytes.count, 0, bytes.count) }
    #else
      if let base = unsafe bytes.baseAddress { unsafe explicit_bzero(base, bytes.count) }
    #endif
    unsafe bytes.deallocate()
  }

  func seal() {}

  func another(_ byteCount: Int) -> any ByteRoom { HeapRoom(byteCount) }
}
