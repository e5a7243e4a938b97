/// One guarded allocation, cut into slots of multiples of 16 bytes, so that small secrets share its four pages.
///
/// It is read-only whenever it holds anything and nobody fills a slot. Not safe by itself: every call but reading happens under the lock of
/// `SecretHeap`.
final class SecretArena {
  /// An arena is one data page, unless a single secret needs more.
  static let pageCapacity = GuardedPages.pageCapacity

  private let pages: GuardedPages
  private var freeUnits: [Bool]
  private(set) var usedUnits = 0
  private var writers = 0
  private var isSealed = false

  init(capacity: Int) throws(SecretError) {
    pages = try GuardedPages(byteCount: capacity)
    freeUnits = Array(repeating: true, count: pages.capacity / GuardedPages.unit)
  }

  /// Whether it takes further secrets: what is larger than a page is one secret's alone, and less than 64 bytes are not worth
  /// a look.
  var hasRoom: Bool { pages.capacity == SecretArena.pageCapacity && freeUnits.count - usedUnits >= 4 }

  /// The room; valid as long as the arena.
  var bytes: UnsafeMutableRawBufferPointer { unsafe pages.bytes }

  /// Takes the first run of free units that holds `byteCount` bytes; gives its offset.
  func take(byteCount: Int) -> Int? {
    let wanted = max(1, GuardedPages.rounded(byteCount) / GuardedPages.unit)
    guard freeUnits.count - usedUnits >= wanted else { return nil }
    var run = 0
    for index in freeUnits.indices {
      run = freeUnits[index] ? run + 1 : 0
      if run == wanted {
        let first = index + 1 - wanted
        for taken in first...index { freeUnits[taken] = false }
        usedUnits += wanted
        return first * GuardedPages.unit
      }
    }
    return nil
  }

  /// Wipes the bytes of a slot, while it is written to, and makes them free again.
  func giveBack(offset: Int, byteCount: Int) {
    let units = GuardedPages.rounded(byteCount) / GuardedPages.unit
    guard units > 0 else { return }
    pages.wipe(offset..<offset + units * GuardedPages.unit)
    let first = offset / GuardedPages.unit
    for freed in first..<(first + units) { freeUnits[freed] = true }
    usedUnits -= units
  }

  func beginWriting() {
    writers += 1
    guard isSealed else { return }
    pages.unseal()
    isSealed = false
  }

  func endWriting() {
    writers -= 1
    // One that is empty is new, or about to go.
    guard writers == 0, usedUnits > 0 else { return }
    pages.seal()
    isSealed = true
  }
}
