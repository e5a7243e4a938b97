import Synchronization

/// What the process's guarded memory is at this moment.
public struct SecretMemoryStatus: Sendable, Hashable {
  /// Guarded allocations: arenas of secrets, files that were read, values that were decoded. Each has its own guard pages.
  public let allocations: Int
  /// The allocations of them that hold secrets; many small ones share one.
  public let arenas: Int
  /// How many allocations the system refused to lock since the process began, so that they could be swapped to disk:
  /// RLIMIT_MEMLOCK was used up. They are kept out of core dumps all the same.
  public let refusedLocks: Int

  /// Of this process, now.
  public static var current: SecretMemoryStatus {
    SecretMemoryStatus(
      allocations: taken.load(ordering: .relaxed), arenas: SecretHeap.shared.arenaCount,
      refusedLocks: refused.load(ordering: .relaxed))
  }

  /// What to tell a person, once; nil if every lock was granted.
  public var warning: String? {
    guard refusedLocks > 0 else { return nil }
    return "the system refused to lock memory that holds secrets, so they may be swapped to disk; "
      + "raise the limit (ulimit -l, LimitMEMLOCK=) or encrypt the swap"
  }

  private static let taken = Atomic<Int>(0)
  private static let refused = Atomic<Int>(0)

  /// Notes an allocation that is taken (1) or given back (-1).
  static func count(taken difference: Int, isLocked: Bool) {
    taken.add(difference, ordering: .relaxed)
    if difference > 0, !isLocked { refused.add(1, ordering: .relaxed) }
  }
}
