/// The latest entry of every key read so far, found by the key's bytes without making a `String` of them.
///
/// In most files nothing is looked up until all is read, or ever. So the table is filled when it is first asked: part by part, each of
/// which stays in a processor's cache. Filled key by key, it would wait for the memory at every one.
struct KeyTable: Sendable {
  private let document: Document
  /// A slot holds a key's hash, which says where it stands, and the number of its entry; 0 is free, so numbers count from 1.
  /// Empty until the table is filled; then it never grows, and a third of it stays free.
  private var slots: [UInt64] = []
  /// For each entry the number of the one that had its key before, or 0; empty as long as no key came twice.
  private var earlier: [UInt32] = []

  /// A table for the entries of a document.
  init(of document: Document) {
    self.document = document
  }

  // MARK: Filling

  /// Makes an entry the latest of its key, if the table was filled with those before it.
  mutating func append(_ entry: Entry) {
    guard !slots.isEmpty else { return }
    insert(Self.slot(hash(of: entry), entry.index))
  }

  /// Puts the first `count` entries into the table, if none are there yet.
  mutating func fill(_ count: Int) {
    guard slots.isEmpty else { return }
    slots = Array(repeating: 0, count: slotCount)
    if partBits > 0 {
      for slot in ordered(count) { insert(slot) }
    } else {
      for entry in document.entries[..<count] { insert(Self.slot(hash(of: entry), entry.index)) }
    }
  }

  private func hash(of entry: Entry) -> UInt32 {
    unsafe Self.hash(Octets(document.storage.octets[entry.keyRange]))
  }

  private var slotCount: Int { max(4, document.entries.count + document.entries.count / 2) }

  /// A part of the table with this many slots stays in a processor's cache.
  private static let cachedSlots = 1 << 14

  /// How many upper bits of a hash are the number of a part.
  private var partBits: Int { Int.bitWidth - (slotCount / Self.cachedSlots).leadingZeroBitCount }

  /// The slots of the first `count` entries, those first that go to the first part of the table; within a part they keep their order.
  private func ordered(_ count: Int) -> [UInt64] {
    let shift = UInt32(UInt32.bitWidth - partBits)
    let hashes = document.entries[..<count].map(hash)
    var ends = [Int](repeating: 0, count: 1 << partBits)
    for hash in hashes { ends[Int(hash >> shift)] += 1 }
    var sum = 0
    for part in ends.indices { (ends[part], sum) = (sum, sum + ends[part]) }
    return unsafe [UInt64](unsafeUninitializedCapacity: count) { room, filled in
      for index in hashes.indices {
        let part = Int(hashes[index] >> shift)
        // In bounds: the parts are as large as they were counted.
        unsafe room.initializeElement(at: ends[part], to: Self.slot(hashes[index], index))
        ends[part] += 1
      }
      filled = count
    }
  }

  private static func slot(_ hash: UInt32, _ entry: Int) -> UInt64 {
    UInt64(hash) << 32 | UInt64(truncatingIfNeeded: entry + 1)
  }

  private static func number(_ slot: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: slot) }

  private mutating func insert(_ slot: UInt64) {
    // The keys are looked at only if their hashes are the same: that of most keys is met by no other.
    let place = find(UInt32(slot >> 32)) { unsafe isKey(key(of: slot), of: $0) }
    let found = Self.number(slots[place])
    slots[place] = slot
    guard found != 0 else { return }
    if earlier.isEmpty { earlier = Array(repeating: 0, count: document.entries.count) }
    earlier[Int(Self.number(slot)) - 1] = found
  }

  // MARK: Looking up

  /// The place among the entries of the latest whose key is these bytes, or nil. The table must have been filled.
  func latest(of key: UnsafeRawBufferPointer) -> Int? {
    guard !slots.isEmpty else { return nil }
    let place = unsafe find(Self.hash(Octets(key))) { unsafe isKey(key, of: $0) }
    let found = Self.number(slots[place])
    return found == 0 ? nil : Int(found) - 1
  }

  /// Whether some key came twice. The table must have been filled.
  var hasRepeated: Bool { !earlier.isEmpty }

  /// How many entries have a key that another one had before them. The table must have been filled.
  var repeatedCount: Int { earlier.count { $0 > 0 } }

  /// The place among the entries of the one that had an entry's key before it, or nil. The table must have been filled.
  func earlierEntry(of entry: Int) -> Int? {
    hasRepeated && earlier[entry] > 0 ? Int(earlier[entry]) - 1 : nil
  }

  /// The slot where the key with a hash is, or would be.
  @inline(__always)
  private func find(_ hash: UInt32, where isWanted: (_ slot: UInt64) -> Bool) -> Int {
    // The share of the table that the hash is of all hashes, so that greater hashes stand further behind.
    var place = Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(slots.count)) >> 32)
    while slots[place] != 0 {
      if UInt32(slots[place] >> 32) == hash, isWanted(slots[place]) { return place }
      place = place + 1 == slots.count ? 0 : place + 1
    }
    return place
  }

  private func key(of slot: UInt64) -> UnsafeRawBufferPointer {
    unsafe document.storage.octets[document.entries[Int(Self.number(slot)) - 1].keyRange]
  }

  private func isKey(_ key: UnsafeRawBufferPointer, of slot: UInt64) -> Bool {
    let other = unsafe self.key(of: slot)
    return unsafe key.count == other.count && key.elementsEqual(other)
  }

  // MARK: Hashing

  /// Random in every process, so that nobody can prepare a file whose keys all meet in one slot.
  private static let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max) | 1)

  /// Multiplies by a secret number, word by word, and folds: a sixth of the time of the standard library's `Hasher`, which is made
  /// for more than finding keys.
  private static func hash(_ key: Octets) -> UInt32 {
    let (start, factor) = seed
    var hash = start ^ UInt64(key.count)
    func fold(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low
    }
    // The last two loads may overlap: of keys of one length, all bytes count.
    switch key.count {
    case 8...:
      var index = 0
      while index + 8 < key.count {
        fold(key.load(index, as: UInt64.self))
        index += 8
      }
      fold(key.load(key.count - 8, as: UInt64.self))
    case 4...:
      let parts = (key.load(0, as: UInt32.self), key.load(key.count - 4, as: UInt32.self))
      fold(UInt64(parts.0) << 32 | UInt64(parts.1))
    default:
      var word: UInt64 = 0
      for index in 0..<key.count { word = word << 8 | UInt64(key[index]) }
      fold(word)
    }
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
