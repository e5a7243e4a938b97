import CSodium
import Synchronization

/// One `sodium_malloc` allocation: between guard pages, behind a canary, locked where the limit allows, kept out of core
/// dumps, wiped when its owner lets go of it.
///
/// Writable until it is sealed. A new one costs four pages and fourteen calls of the system, so a few of one data page, which are most,
/// stay for the next owner; all others are unmapped.
@safe package struct GuardedPages: ~Copyable, Sendable {
  /// The grain of sizes: libsodium puts the end at a guard page, so only multiples of it begin aligned.
  static let unit = 16

  /// A page less libsodium's canary: what an allocation of one data page holds.
  static let pageCapacity = 4_080

  // It never changes. Behind it writes the one owner before it seals, and in an arena whoever fills a slot that is its own.
  private nonisolated(unsafe) let allocation: UnsafeMutableRawPointer
  /// How many bytes of the allocation lie before the room, whose end is at the guard page.
  private let offset: Int
  /// The room in bytes, zeroed at first.
  package let capacity: Int
  private let isLocked: Bool

  /// Room for at least `byteCount` bytes; 0 is allowed.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had. A lock that is refused is no error: it is counted
  ///   in `SecretMemoryStatus`.
  package init(byteCount: Int) throws(SecretError) {
    guard Self.capacities.contains(byteCount) else { throw .outOfMemory(byteCount: byteCount) }
    try Sodium.start()
    let rounded = GuardedPages.rounded(max(byteCount, 1))
    let whole = max(rounded, Self.pageCapacity)
    if whole == Self.pageCapacity, let idle = unsafe Self.takeIdle() {
      unsafe allocation = idle
      isLocked = true
    } else {
      guard let made = unsafe sodium_malloc(whole) else { throw .outOfMemory(byteCount: rounded) }
      unsafe allocation = made
      // sodium_malloc ignores a lock that failed; locking again tells.
      isLocked = unsafe sodium_mlock(made, whole) == 0
      unsafe sodium_memzero(made, whole)
    }
    offset = whole - rounded
    capacity = rounded
    SecretMemoryStatus.count(taken: 1, isLocked: isLocked)
  }

  deinit {
    SecretMemoryStatus.count(taken: -1, isLocked: isLocked)
    if isLocked, offset + capacity == Self.pageCapacity, unsafe Self.keep(allocation) { return }
    unsafe sodium_free(allocation)
  }

  /// What can be asked for at all: below it, sizes can be rounded up.
  static let capacities = 0...(Int.max / 2)

  static func rounded(_ byteCount: Int) -> Int { (byteCount + unit - 1) / unit * unit }

  /// The room; valid as long as this is, and to be written to only while it is not sealed.
  package var bytes: UnsafeMutableRawBufferPointer {
    unsafe UnsafeMutableRawBufferPointer(start: allocation + offset, count: capacity)
  }

  /// Makes it read-only.
  package func seal() { unsafe sodium_mprotect_readonly(allocation) }

  /// Makes it writable again.
  func unseal() { unsafe sodium_mprotect_readwrite(allocation) }

  /// Wipes part of it, which is not sealed.
  func wipe(_ range: Range<Int>) {
    unsafe sodium_memzero(allocation + offset + range.lowerBound, range.count)
  }
}

// MARK: Idle ones

extension GuardedPages {
  /// How many stay.
  private static let idleLimit = 4

  /// A locked and wiped allocation of one data page, that nobody has.
  @safe private struct Idle: @unchecked Sendable {
    // @unchecked: its last owner leaves it under the lock, and the next one takes it away under the lock.
    let allocation: UnsafeMutableRawPointer
  }

  private static let idle = Mutex<[Idle]>([])

  private static func takeIdle() -> UnsafeMutableRawPointer? {
    unsafe idle.withLock { $0.popLast() }?.allocation
  }

  /// Keeps an allocation, wiped; false if there are enough.
  private static func keep(_ allocation: UnsafeMutableRawPointer) -> Bool {
    unsafe sodium_mprotect_readwrite(allocation)
    unsafe sodium_memzero(allocation, pageCapacity)
    let made = unsafe Idle(allocation: allocation)
    return idle.withLock { idle in
      guard idle.count < idleLimit else { return false }
      idle.append(made)
      return true
    }
  }
}
