/// Which entries have which key: open addressing over entry indices, no string made.
///
/// Hashed with the standard library's seeded `Hasher`, so that no file can be written whose keys all collide.
struct KeyTable: Sendable {
  static let none = UInt32.max

  /// Slots hold the index of the first entry of a key.
  private var slots: [UInt32]
  private let mask: Int
  /// Per entry, the first entry of the same key.
  private(set) var first: [UInt32]
  /// Per entry, the entry of the same key before it, or `none`.
  private(set) var previous: [UInt32]
  /// Per *first* entry, the last entry of the same key.
  private(set) var last: [UInt32]

  init(entries: [DocumentIndex.EntryRecord], view: ByteView) {
    var capacity = 16
    while capacity < entries.count * 2 { capacity *= 2 }
    slots = [UInt32](repeating: Self.none, count: capacity)
    mask = capacity - 1
    first = []
    previous = [UInt32](repeating: Self.none, count: entries.count)
    first.reserveCapacity(entries.count)
    last = []
    last.reserveCapacity(entries.count)
    for index in entries.indices {
      let key = entries[index].keyRange
      let slot = Self.slot(of: key, slots: slots, mask: mask, entries: entries, keys: view, names: view)
      let found = slots[slot]
      let own = UInt32(index)
      last.append(own)
      if found == Self.none {
        slots[slot] = own
        first.append(own)
      } else {
        first.append(found)
        previous[index] = last[Int(found)]
        last[Int(found)] = own
      }
    }
  }

  /// The first entry whose key is the bytes `name` of `names`.
  func firstEntry(
    named name: Range<Int>, in names: ByteView, entries: [DocumentIndex.EntryRecord], view: ByteView
  ) -> Int? {
    guard !entries.isEmpty else { return nil }
    let slot = Self.slot(of: name, slots: slots, mask: mask, entries: entries, keys: view, names: names)
    return slots[slot] == Self.none ? nil : Int(slots[slot])
  }

  /// The slot of a key: the one that holds its first entry, or the free one where it belongs.
  private static func slot(
    of name: Range<Int>, slots: [UInt32], mask: Int, entries: [DocumentIndex.EntryRecord], keys: ByteView,
    names: ByteView
  ) -> Int {
    var hasher = Hasher()
    unsafe hasher.combine(bytes: names.buffer(name))
    var slot = hasher.finalize() & mask
    while true {
      let found = slots[slot]
      if found == none { return slot }
      let key = entries[Int(found)].keyRange
      if key.count == name.count, keys.equal(key, to: name, in: names) { return slot }
      slot = (slot + 1) & mask
    }
  }
}
