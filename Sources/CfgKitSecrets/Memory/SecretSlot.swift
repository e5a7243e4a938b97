import CSodium

/// A place in an arena that holds one secret, wiped and given back when the last handle goes.
final class SecretSlot: @unchecked Sendable {
  // @unchecked: both variables change only in `fill`, which the initializers of `Secret` call before anyone has a handle. No other slot
  // has its bytes, and all else of the arena is touched under the lock of `SecretHeap`.

  private let arena: SecretArena
  private let offset: Int
  /// Changes only while the slot is filled, before any second handle exists.
  private var capacity: Int
  private(set) var byteCount = 0

  init(arena: SecretArena, offset: Int, capacity: Int) {
    self.arena = arena
    self.offset = offset
    self.capacity = capacity
  }

  deinit {
    // An empty slot takes a unit all the same.
    SecretHeap.shared.giveBack(arena, offset: offset, byteCount: max(capacity, 1))
  }

  /// The bytes, read-only. They live as long as the slot.
  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: arena.bytes[offset..<offset + byteCount])
  }

  /// Opens the slot's memory for `body`, which gives back how many bytes it wrote; what is left over is given
  /// back to the arena.
  func fill<E: Error>(_ body: (inout MutableRawSpan) throws(E) -> Int) throws(E) {
    SecretHeap.shared.beginWriting(arena)
    defer { SecretHeap.shared.endWriting(arena) }
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: arena.bytes[offset..<offset + capacity])
    var span = unsafe room.mutableBytes
    let used = try body(&span)
    precondition(used >= 0 && used <= capacity, "a filling closure gave back more bytes than the room it had")
    byteCount = used
    // Bytes beyond the end may hold a NUL or scratch of the closure.
    if let base = room.baseAddress { unsafe sodium_memzero(base + used, capacity - used) }
    let kept = max(GuardedPages.rounded(used), GuardedPages.unit)
    let taken = GuardedPages.rounded(capacity)
    if taken > kept {
      SecretHeap.shared.giveBack(arena, offset: offset + kept, byteCount: taken - kept)
      capacity = kept
    }
  }
}
