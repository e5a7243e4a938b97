import CSodium

/// Keys that are published, and hashes of common words: as fingerprints of 48 bits, searched where they lie.
///
/// A fingerprint is the head of BLAKE2b, keyed with a public constant, of the bytes of a key: decoded if it is
/// canonical hexadecimal or base64 of 16 bytes or more, else as it stands. A key that is drawn is taken for a known
/// one with a chance of 2^-33.
enum KnownSecrets {
  // In bounds: libsodium gets each pointer with its count, 16 bytes for the digest and 16 for the key, the least that it takes; tables and
  // decoded bytes are checked at each access.

  private static let key: StaticString = "cfgkit.known.v1\0"
  private static let entryLength = 8
  /// Shorter values are refused without a list.
  private static let leastByteCount = 16

  /// Which reason a value gives, if it is known.
  static func reason(_ text: UnsafeRawBufferPointer) -> ReasonSet? {
    guard text.count >= leastByteCount, text.count <= 256 else { return nil }
    return Scratch.lend(Encoding.mostBytes(text.count) + 64) { room in
      let bytes = room.row(UInt8.self, Encoding.mostBytes(text.count))
      for encoding in [Encoding.hex, .base64] {
        if let count = unsafe encoding.decode(text, into: bytes), count >= leastByteCount {
          return unsafe reason(ofBytes: bytes.bytes(count))
        }
      }
      return unsafe reason(ofBytes: text)
    }
  }

  private static func reason(ofBytes bytes: UnsafeRawBufferPointer) -> ReasonSet? {
    let fingerprint = unsafe fingerprint(bytes)
    if contains(fingerprint, TableText(leaked)) { return .known }
    return contains(fingerprint, TableText(hashesOfWords)) ? .hashOfWord : nil
  }

  /// The fingerprint as the eight characters of an entry, the first in the highest byte.
  private static func fingerprint(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var digest: (UInt64, UInt64) = (0, 0)
    unsafe withUnsafeMutableBytes(of: &digest) { digest in
      guard let head = unsafe digest.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      unsafe crypto_generichash(
        head, digest.count,
        bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count), key.utf8Start,
        key.utf8CodeUnitCount)
    }
    let head = UInt64(bigEndian: digest.0) >> 16
    var entry: UInt64 = 0
    for place in 0..<entryLength {
      let digit = head >> UInt64(6 * (entryLength - 1 - place)) & 63
      entry = entry << 8 | (digit + 0x30)
    }
    return entry
  }

  private static func contains(_ entry: UInt64, _ table: TableText) -> Bool {
    var low = 0
    var high = table.count / entryLength
    while low < high {
      let middle = (low + high) / 2
      let found = table.entry(middle * entryLength)
      if found == entry { return true }
      if found < entry { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
