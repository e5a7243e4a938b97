import CSodium

/// One guarded allocation with one owner: for bytes that are too large or too short-lived for a `Secret`, such
/// as those of a file.
///
/// Filled once through a mutable span, so that `read(2)` goes straight in; lent read-only; wiped and freed when
/// its owner lets go of it. It cannot be copied, printed, boxed or put in an array: the compiler keeps that
/// promise.
public struct SecretBytes: ~Copyable, Sendable {
  private let pages: GuardedPages
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
    let pages: GuardedPages
    do { pages = try GuardedPages(byteCount: capacity) } catch { throw .memory(error) }
    let used: Int
    do { used = try SecretBytes.fill(pages, capacity, filling) } catch { throw .filling(error) }
    self.init(filled: pages, capacity: capacity, used: used)
  }

  /// Allocates room for `capacity` bytes and lets `filling`, which cannot fail, write to it.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  public init(capacity: Int, filling: (inout MutableRawSpan) -> Int) throws(SecretError) {
    let pages = try GuardedPages(byteCount: capacity)
    let used = SecretBytes.fill(pages, capacity, filling)
    self.init(filled: pages, capacity: capacity, used: used)
  }

  private static func fill<E: Error>(
    _ pages: borrowing GuardedPages, _ capacity: Int, _ filling: (inout MutableRawSpan) throws(E) -> Int
  ) throws(E) -> Int {
    var span = unsafe UnsafeMutableRawBufferPointer(rebasing: pages.bytes[..<capacity]).mutableBytes
    return try filling(&span)
  }

  private init(filled pages: consuming GuardedPages, capacity: Int, used: Int) {
    precondition(used >= 0 && used <= capacity, "a filling closure gave back more bytes than the room it had")
    pages.wipe(used..<pages.capacity)
    pages.seal()
    self.pages = pages
    byteCount = used
  }

  /// Lends the bytes, read-only, for the time of `body`.
  public func withBytes<R: ~Copyable, E: Error>(_ body: (borrowing RawSpan) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: pages.bytes[..<byteCount])
    return try unsafe body(bytes.bytes)
  }
}
