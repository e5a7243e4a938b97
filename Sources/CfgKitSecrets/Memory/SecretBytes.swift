import CSodium

/// One guarded allocation with one owner: for bytes that are too large or too short-lived for a `Secret`, such
/// as those of a file.
///
/// Filled once through a mutable span, so that `read(2)` goes straight in; lent read-only; wiped and freed when
/// its owner lets go of it. It cannot be copied, printed, boxed or put in an array: the compiler keeps that
/// promise.
@safe public struct SecretBytes: ~Copyable, Sendable {
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// How many bytes it holds.
  public let byteCount: Int

  /// Allocates room for `capacity` bytes and lets `filling` write to it.
  ///
  /// - Parameters:
  ///   - capacity: the room in bytes; 0 is allowed.
  ///   - filling: writes to the room, which is zeroed, and returns how many bytes it used from its start.
  /// - Throws: `.memory` when guarded memory is not to be had, `.filling` with what the closure threw.
  public init<E: Error>(
    capacity: Int, filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(SecretFillingError<E>) {
    let base: UnsafeMutableRawPointer
    do { unsafe base = try SecretBytes.allocate(capacity) } catch { throw .memory(error) }
    var span = unsafe UnsafeMutableRawBufferPointer(start: base, count: capacity).mutableBytes
    let used: Int
    do { used = try filling(&span) } catch {
      unsafe sodium_free(base)
      throw .filling(error)
    }
    unsafe self.init(filled: base, capacity: capacity, used: used)
  }

  /// Allocates room for `capacity` bytes and lets `filling`, which cannot fail, write to it.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  public init(capacity: Int, filling: (inout MutableRawSpan) -> Int) throws(SecretError) {
    let base = unsafe try SecretBytes.allocate(capacity)
    var span = unsafe UnsafeMutableRawBufferPointer(start: base, count: capacity).mutableBytes
    let used = filling(&span)
    unsafe self.init(filled: base, capacity: capacity, used: used)
  }

  private init(filled base: UnsafeMutableRawPointer, capacity: Int, used: Int) {
    precondition(used >= 0 && used <= capacity, "a filling closure gave back more bytes than the room it had")
    unsafe sodium_memzero(base + used, capacity - used)
    unsafe sodium_mprotect_readonly(base)
    unsafe self.base = base
    byteCount = used
  }

  private static func allocate(_ capacity: Int) throws(SecretError) -> UnsafeMutableRawPointer {
    try Sodium.start()
    // A multiple of 16, because libsodium puts the end of the allocation at its guard page.
    let rounded = SecretArena.rounded(max(capacity, 1))
    guard let base = unsafe sodium_malloc(rounded) else { throw .outOfMemory(byteCount: rounded) }
    unsafe sodium_memzero(base, rounded)
    return unsafe base
  }

  deinit {
    unsafe sodium_free(base)
  }

  /// Lends the bytes, read-only, for the time of `body`.
  public func withBytes<R: ~Copyable, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
    return try unsafe body(bytes.bytes)
  }

  /// Hands the allocation over to the caller, who frees it with `SecretBytes.free(_:)`.
  ///
  /// For owners that are reference counted, such as the storage of a document.
  @unsafe package consuming func relinquish() -> UnsafeRawBufferPointer {
    let bytes = unsafe UnsafeRawBufferPointer(start: base, count: byteCount)
    discard self
    return unsafe bytes
  }

  /// Wipes and frees what `relinquish()` gave.
  @unsafe package static func free(_ bytes: UnsafeRawBufferPointer) {
    unsafe sodium_free(UnsafeMutableRawPointer(mutating: bytes.baseAddress))
  }
}
