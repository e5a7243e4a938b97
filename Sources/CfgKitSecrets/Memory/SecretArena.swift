import CSodium

/// One `sodium_malloc` allocation, cut into slots of multiples of 16 bytes.
///
/// libsodium puts guard pages around it, a canary in front of it, locks it where the limit allows, keeps it out
/// of core dumps, and wipes it when freed. One allocation costs four pages and tens of microseconds, so small
/// secrets share one. It is read-only whenever nobody fills a slot.
///
/// Not safe by itself: every call but reading happens under the lock of `SecretHeap`.
@safe final class SecretArena {
  /// The grain of slots: libsodium aligns an allocation's start only when its size is a multiple of it.
  static let unit = 16
  /// A page less libsodium's canary, so that an arena is one data page.
  static let pageCapacity = 4_080

  let base: UnsafeMutableRawPointer
  let capacity: Int
  /// False if the lock was refused, as it is beyond RLIMIT_MEMLOCK.
  let isLocked: Bool
  private var freeUnits: [Bool]
  private(set) var usedUnits = 0
  private var writers = 0

  init(capacity: Int) throws(SecretError) {
    try Sodium.start()
    let rounded = SecretArena.rounded(max(capacity, 1))
    guard let base = unsafe sodium_malloc(rounded) else { throw .outOfMemory(byteCount: rounded) }
    unsafe self.base = base
    self.capacity = rounded
    // sodium_malloc ignores a lock that failed; locking again tells.
    isLocked = unsafe sodium_mlock(base, rounded) == 0
    freeUnits = Array(repeating: true, count: rounded / SecretArena.unit)
    unsafe sodium_memzero(base, rounded)
    unsafe sodium_mprotect_readonly(base)
  }

  deinit {
    unsafe sodium_free(base)
  }

  static func rounded(_ byteCount: Int) -> Int { (byteCount + unit - 1) / unit * unit }

  /// Takes the first run of free units that holds `byteCount` bytes; gives its offset.
  func take(byteCount: Int) -> Int? {
    let wanted = max(1, SecretArena.rounded(byteCount) / SecretArena.unit)
    guard freeUnits.count - usedUnits >= wanted else { return nil }
    var run = 0
    for index in freeUnits.indices {
      run = freeUnits[index] ? run + 1 : 0
      if run == wanted {
        let first = index + 1 - wanted
        for taken in first...index { freeUnits[taken] = false }
        usedUnits += wanted
        return first * SecretArena.unit
      }
    }
    return nil
  }

  /// Wipes the bytes of a slot and makes them free again.
  func giveBack(offset: Int, byteCount: Int) {
    let units = SecretArena.rounded(byteCount) / SecretArena.unit
    guard units > 0 else { return }
    beginWriting()
    unsafe sodium_memzero(base + offset, units * SecretArena.unit)
    endWriting()
    let first = offset / SecretArena.unit
    for freed in first..<(first + units) { freeUnits[freed] = true }
    usedUnits -= units
  }

  func beginWriting() {
    writers += 1
    if writers == 1 { unsafe sodium_mprotect_readwrite(base) }
  }

  func endWriting() {
    writers -= 1
    if writers == 0 { unsafe sodium_mprotect_readonly(base) }
  }
}
