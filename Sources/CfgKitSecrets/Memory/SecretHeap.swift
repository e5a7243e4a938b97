import Synchronization

/// The process's arenas and the lock over them.
final class SecretHeap: Sendable {
  static let shared = SecretHeap()
  /// How many arenas are asked for room before a new one is made, so that taking a slot costs the same however many there are.
  private static let lookedAt = 8

  // @unchecked: nobody touches what an arena keeps of itself but under the lock of the Mutex that this is in.
  private struct Arenas: ~Copyable, @unchecked Sendable {
    /// Those that have room for more; the last ones got it last.
    var open: [SecretArena] = []
    var count = 0
    /// How many calls of `changingSeveral` are under way, and the arenas that stay writable until the last of them ends.
    var batches = 0
    var writable: [SecretArena] = []

    /// Ends writing to an arena, or leaves that to the end of the batches.
    mutating func endWriting(_ arena: SecretArena) {
      if batches == 0 {
        arena.endWriting()
      } else {
        writable.append(arena)
      }
    }
  }

  private let arenas = Mutex(Arenas())

  /// How many arenas there are.
  var arenaCount: Int { arenas.withLock { $0.count } }

  /// Takes a slot of at least `capacity` bytes, in an arena with room or in a new one.
  func takeSlot(capacity: Int) throws(SecretError) -> SecretSlot {
    guard GuardedPages.capacities.contains(capacity) else { throw .outOfMemory(byteCount: capacity) }
    return try arenas.withLock { (state: inout Arenas) throws(SecretError) -> SecretSlot in
      if capacity <= SecretArena.pageCapacity {
        for (place, arena) in zip(state.open.indices, state.open).suffix(Self.lookedAt).reversed() {
          guard let offset = arena.take(byteCount: capacity) else { continue }
          if !arena.hasRoom { state.open.remove(at: place) }
          return SecretSlot(arena: arena, offset: offset, capacity: capacity)
        }
      }
      let arena = try SecretArena(capacity: max(capacity, SecretArena.pageCapacity))
      guard let offset = arena.take(byteCount: capacity) else { throw .outOfMemory(byteCount: capacity) }
      state.count += 1
      if arena.hasRoom { state.open.append(arena) }
      return SecretSlot(arena: arena, offset: offset, capacity: capacity)
    }
  }

  /// Wipes part of a slot and gives it back; an arena without slots goes away.
  func giveBack(_ arena: SecretArena, offset: Int, byteCount: Int) {
    arenas.withLock { state in
      arena.beginWriting()
      arena.giveBack(offset: offset, byteCount: byteCount)
      state.endWriting(arena)
      let place = state.open.lastIndex { $0 === arena }
      if arena.usedUnits == 0 {
        if let place { state.open.remove(at: place) }
        state.count -= 1
      } else if arena.hasRoom, place.map({ $0 + Self.lookedAt < state.open.count }) ?? true {
        // To where room is looked for, else a long-lived process only ever grows.
        if let place { state.open.remove(at: place) }
        state.open.append(arena)
      }
    }
  }

  func beginWriting(_ arena: SecretArena) { arenas.withLock { _ in arena.beginWriting() } }
  func endWriting(_ arena: SecretArena) { arenas.withLock { $0.endWriting(arena) } }

  /// Keeps what is written to or wiped during `body` writable until its end: sealed after each of many small secrets in a row, it would
  /// take two calls of the system for every one.
  func changingSeveral<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    arenas.withLock { $0.batches += 1 }
    defer {
      arenas.withLock { state in
        state.batches -= 1
        if state.batches == 0 {
          for arena in state.writable { arena.endWriting() }
          state.writable = []
        }
      }
    }
    return try body()
  }
}
