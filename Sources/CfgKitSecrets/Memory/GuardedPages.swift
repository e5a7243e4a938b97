import CSodium

/// One `sodium_malloc` allocation: between guard pages, behind a canary, locked where the limit allows, kept out of core
/// dumps, wiped and unmapped when its owner lets go of it.
///
/// Writable until it is sealed. Costs four pages and tens of microseconds.
@safe package struct GuardedPages: ~Copyable, Sendable {
  /// The grain of sizes: libsodium puts the end at a guard page, so only multiples of it begin aligned.
  static let unit = 16

  private nonisolated(unsafe) let base: UnsafeMutableRawPointer
  /// The room in bytes, zeroed at first.
  package let capacity: Int
  private let isLocked: Bool

  /// Room for at least `byteCount` bytes; 0 is allowed.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had. A lock that is refused is no error: it is counted
  ///   in `SecretMemoryStatus`.
  package init(byteCount: Int) throws(SecretError) {
    try Sodium.start()
    let rounded = GuardedPages.rounded(max(byteCount, 1))
    guard let base = unsafe sodium_malloc(rounded) else { throw .outOfMemory(byteCount: rounded) }
    unsafe self.base = base
    capacity = rounded
    // sodium_malloc ignores a lock that failed; locking again tells.
    isLocked = unsafe sodium_mlock(base, rounded) == 0
    unsafe sodium_memzero(base, rounded)
    SecretMemoryStatus.count(taken: 1, isLocked: isLocked)
  }

  deinit {
    unsafe sodium_free(base)
    SecretMemoryStatus.count(taken: -1, isLocked: isLocked)
  }

  static func rounded(_ byteCount: Int) -> Int { (byteCount + unit - 1) / unit * unit }

  /// The room; valid as long as this is, and to be written to only while it is not sealed.
  package var bytes: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: base, count: capacity)
  }

  /// Makes it read-only.
  package func seal() { unsafe sodium_mprotect_readonly(base) }

  /// Makes it writable again.
  func unseal() { unsafe sodium_mprotect_readwrite(base) }

  /// Wipes part of it, which is not sealed.
  func wipe(_ range: Range<Int>) { unsafe sodium_memzero(base + range.lowerBound, range.count) }
}
