/// The latest entry of every key read so far, found by the key's bytes without making a `String` of them.
struct KeyTable: Sendable {
  private let document: Document
  /// A slot holds the upper half of a key's hash and the number of its entry; 0 is free, so numbers count from 1.
  private var slots: [UInt64]

  /// A table for the entries of a document; it never grows, and at least half of it stays free.
  init(of document: Document) {
    self.document = document
    let size = max(4, document.entries.count * 2)
    slots = Array(repeating: 0, count: 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount))
  }

  /// Makes an entry the latest of its key.
  ///
  /// - Returns: the place among the entries of the one that was it before, or nil.
  mutating func insert(_ entry: Entry) -> Int? {
    let (slot, earlier, hash) = unsafe find(document.storage.octets[entry.keyRange])
    slots[slot] = hash & Self.upperHalf | UInt64(entry.index + 1)
    return earlier
  }

  /// Random in every process, so that nobody can prepare a file whose keys all meet in one slot.
  private static let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max) | 1)

  /// Multiplies by a secret number, word by word, and folds: a sixth of the time of the standard library's `Hasher`, which is made
  /// for more than finding keys.
  private static func hash(_ key: Octets) -> UInt64 {
    let (start, factor) = seed
    var hash = start ^ UInt64(key.count)
    func fold(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: factor)
      hash = product.high ^ product.low
    }
    var index = 0
    while index + 8 <= key.count {
      fold(key.load(index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < key.count {
      rest = rest << 8 | UInt64(key[index])
      index += 1
    }
    fold(rest)
    return hash
  }

  /// The place among the entries of the latest whose key is these bytes, or nil.
  func lookUp(_ key: UnsafeRawBufferPointer) -> Int? { unsafe find(key).entry }

  private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The slot where the key is or would be, and the hash it was looked for by.
  private func find(_ key: UnsafeRawBufferPointer) -> (slot: Int, entry: Int?, hash: UInt64) {
    let hash = unsafe Self.hash(Octets(key))
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot] & ~Self.upperHalf) - 1
      if (slots[slot] ^ hash) & Self.upperHalf == 0, unsafe isKey(key, ofEntryAt: index) {
        return (slot, index, hash)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (slot, nil, hash)
  }

  private func isKey(_ key: UnsafeRawBufferPointer, ofEntryAt index: Int) -> Bool {
    let other = document.entries[index].keyRange
    return unsafe key.count == other.count && key.elementsEqual(document.storage.buffer[other])
  }
}
