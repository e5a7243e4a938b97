/// Finds the reading of a value that speaks best for it: more readings never refuse more.
struct Readings {
  /// A longer text is no key under a label, and each part of it would be described anew.
  private static let longestLabelled = 2_048

  private let policy: StrengthPolicy
  private(set) var best: Reading

  init(_ bytes: UnsafeRawBufferPointer, _ policy: StrengthPolicy) {
    self.policy = policy
    if let special = unsafe SpecialForm.reading(bytes) ?? Self.labelledUUID(bytes, policy) {
      best = special
      return
    }
    let (core, isGuess) = unsafe CanonicalForm.core(of: bytes)
    let groupSize = unsafe CanonicalForm.groupSize(core)
    best = unsafe groupSize.map { unsafe Self.ungrouped(core, $0) } ?? Reading(characters: core)
    if unsafe CanonicalForm.isAgeIdentity(bytes) {
      // Five bits a sign, and the last six are a checksum (BIP 173).
      best.charset = min(best.charset, Cost.bits(5 * max(0, core.count - 6)))
    }
    // What was taken off may be part of a key; then the key is worth no more than the whole.
    if isGuess { unsafe best.charset = min(best.charset, GeneratorAlphabet.bound(bytes)) }
    guard best.isRejected(policy) else { return }
    if isGuess { unsafe consider(Reading(characters: bytes)) }
    if groupSize != nil { unsafe consider(Reading(characters: core)) }
    if best.isRejected(policy) { unsafe considerDecoded(core) }
    if best.isRejected(policy), let bytes = unsafe WrittenBytes.hex(bytes) { consider(bytes) }
    if best.isRejected(policy), let bytes = unsafe WrittenBytes.decimal(bytes) { consider(bytes) }
    if best.isRejected(policy), let words = unsafe Passphrase(joined: bytes) {
      consider(Reading(words, bytes.count))
    }
    // What is described in fewer bits holds no part that is not, or hardly; and a piece of an encoding always looks drawn.
    let isEncoded = !best.tally.reasons.isDisjoint(with: [.encodedBase64, .encodedHex, .encodedBase32])
    if best.isRejected(policy), !isEncoded, best.code >= Cost.bits(80), core.count <= Self.longestLabelled {
      unsafe considerLabelled(core)
    }
  }

  /// A UUID behind a label or before one. Its digits look drawn whatever its version, so that it is known by its form, and worth what it is
  /// alone; a weak one with a label that was drawn itself is worth both.
  private static func labelledUUID(_ bytes: UnsafeRawBufferPointer, _ policy: StrengthPolicy) -> Reading? {
    let size = SpecialForm.uuidLength
    guard bytes.count > size + 1, bytes.count <= longestLabelled else { return nil }
    let places: [(uuid: Range<Int>, label: Range<Int>, sign: Int)] = [
      (bytes.count - size..<bytes.count, 0..<bytes.count - size - 1, bytes.count - size - 1),
      (0..<size, size + 1..<bytes.count, size),
    ]
    for place in places where unsafe CanonicalForm.isLabelSign(bytes[place.sign]) {
      guard
        var reading = unsafe SpecialForm.uuids(UnsafeRawBufferPointer(rebasing: bytes[place.uuid]))
      else { continue }
      if !reading.isStrongAlone(policy) {
        let label = unsafe Reading(characters: UnsafeRawBufferPointer(rebasing: bytes[place.label]))
        if label.isStrongAlone(policy) {
          reading.charset += label.charset
          reading.code += label.code
        }
      }
      reading.tally.add(.label)
      return reading
    }
    return nil
  }

  private mutating func consider(_ reading: Reading) {
    if best.isRejected(policy), !reading.isRejected(policy) { best = reading }
  }

  /// Equal groups of up to eight characters with one sign between, which holds nothing.
  private static func ungrouped(_ text: UnsafeRawBufferPointer, _ size: Int) -> Reading {
    Scratch.lend(text.count + 16) { room in
      let bytes = room.row(UInt8.self, text.count)
      var count = 0
      for index in 0..<text.count where index % (size + 1) != size {
        bytes[count] = unsafe text[index]
        count += 1
      }
      return unsafe Reading(characters: bytes.bytes(count))
    }
  }

  /// The text that was encoded, which may have been drawn as text.
  private mutating func considerDecoded(_ text: UnsafeRawBufferPointer) {
    for encoding in Encoding.allCases where best.tally.reasons.contains(encoding.kind.reason) {
      let reading = Scratch.lend(Encoding.mostBytes(text.count) + 16) { room -> Reading? in
        let bytes = room.row(UInt8.self, Encoding.mostBytes(text.count))
        guard var count = unsafe encoding.decode(text, into: bytes) else { return nil }
        // What `echo` ends with.
        if count > 1, bytes[count - 1] == 0x0A { count -= 1 }
        for index in 0..<count where bytes[index] < 0x20 || bytes[index] > 0x7E { return nil }
        return unsafe Reading(characters: bytes.bytes(count))
      }
      if let reading { consider(reading) }
    }
  }

  /// A strong part under a label: after one of the first eight signs, before one of the last four, or between.
  private mutating func considerLabelled(_ text: UnsafeRawBufferPointer) {
    var signs = 0
    for index in text.indices where unsafe CanonicalForm.isLabelSign(text[index]) {
      unsafe considerPart(text, index + 1..<text.count)
      signs += 1
      if signs == 8 { break }
    }
    guard signs > 0 else { return }
    signs = 0
    for index in text.indices.reversed() where unsafe CanonicalForm.isLabelSign(text[index]) {
      unsafe considerPart(text, 0..<index)
      signs += 1
      if signs == 4 { break }
    }
    unsafe considerPart(text, CanonicalForm.longestRun(text))
  }

  private mutating func considerPart(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) {
    guard best.isRejected(policy) else { return }
    let part = unsafe UnsafeRawBufferPointer(rebasing: text[range])
    // Cheap bound first: what cannot hold the bits is not described.
    guard unsafe GeneratorAlphabet.bound(part) >= max(policy.rejectBelow, Cost.bits(98)) else { return }
    var reading = unsafe Reading(characters: part)
    guard reading.isStrongAlone(policy) else { return }
    reading.tally.add(.label)
    best = reading
  }
}
