import Synchronization

/// The process's arenas and the lock over them.
final class SecretHeap: Sendable {
  static let shared = SecretHeap()

  private struct Arenas: ~Copyable, @unchecked Sendable {
    var open: [SecretArena] = []
    var arenaCount = 0
    var unlockedCount = 0
  }

  private let arenas = Mutex(Arenas())

  /// Takes a slot of at least `capacity` bytes, in an arena with room or in a new one.
  func takeSlot(capacity: Int) throws(SecretError) -> SecretSlot {
    try arenas.withLock { (state: inout Arenas) throws(SecretError) -> SecretSlot in
      if capacity <= SecretArena.pageCapacity {
        // The newest arenas are the ones with room; looking at a few keeps this constant.
        for arena in state.open.suffix(8).reversed() {
          if let offset = arena.take(byteCount: capacity) {
            return SecretSlot(arena: arena, offset: offset, capacity: capacity)
          }
        }
      }
      let arena = try SecretArena(capacity: max(capacity, SecretArena.pageCapacity))
      state.arenaCount += 1
      if !arena.isLocked { state.unlockedCount += 1 }
      if arena.capacity == SecretArena.pageCapacity { state.open.append(arena) }
      guard let offset = arena.take(byteCount: capacity) else { throw .outOfMemory(byteCount: capacity) }
      return SecretSlot(arena: arena, offset: offset, capacity: capacity)
    }
  }

  /// Wipes part of a slot and gives it back; an arena without slots goes away.
  func giveBack(_ arena: SecretArena, offset: Int, byteCount: Int) {
    arenas.withLock { state in
      arena.giveBack(offset: offset, byteCount: byteCount)
      guard arena.usedUnits == 0 else { return }
      state.open.removeAll { $0 === arena }
      state.arenaCount -= 1
      if !arena.isLocked { state.unlockedCount -= 1 }
    }
  }

  func beginWriting(_ arena: SecretArena) { arenas.withLock { _ in arena.beginWriting() } }
  func endWriting(_ arena: SecretArena) { arenas.withLock { _ in arena.endWriting() } }

  var status: SecretMemoryStatus {
    arenas.withLock { SecretMemoryStatus(arenas: $0.arenaCount, unlockedArenas: $0.unlockedCount) }
  }
}

/// What the process's guarded memory is at this moment.
public struct SecretMemoryStatus: Sendable, Hashable {
  /// Guarded allocations that hold at least one secret; each has its own guard pages.
  public let arenas: Int
  /// How many of those the system refused to lock, so that they could be swapped to disk: RLIMIT_MEMLOCK is
  /// used up. They are kept out of core dumps all the same.
  public let unlockedArenas: Int

  /// Of this process, now.
  public static var current: SecretMemoryStatus { SecretHeap.shared.status }
}
