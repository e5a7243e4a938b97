import CSodium

/// Writes key material down as text, from guarded memory to guarded memory.
enum KeyText {
  /// What Laravel puts before its key.
  static let laravelHead: StaticString = "base64:"
  /// What stands around the key of a JSON Web Key.
  static let webKeyHead: StaticString = #"{"kty":"oct","k":""#
  static let webKeyTail: StaticString = #""}"#
  /// The human-readable part of an age identity.
  static let agePrefix: StaticString = "AGE-SECRET-KEY-"

  static func base64(
    of material: consuming KeyMaterial, _ variant: Base64, prefix: StaticString = ""
  ) throws(SecretError) -> Secret {
    // The encoder ends its text with a NUL, which the slot drops.
    let capacity = prefix.utf8CodeUnitCount + variant.room(for: material.bytes.byteCount)
    return unsafe try text(from: material, capacity: capacity) { bytes, target in
      unsafe target.copyBytes(from: prefix.octets)
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[prefix.utf8CodeUnitCount...])
      return unsafe prefix.utf8CodeUnitCount + variant.write(bytes, to: rest)
    }
  }

  static func hex(of material: consuming KeyMaterial) throws(SecretError) -> Secret {
    let capacity = material.bytes.byteCount * 2 + 1
    return unsafe try text(from: material, capacity: capacity) { bytes, target in
      guard let base = target.baseAddress, let source = bytes.baseAddress else { return 0 }
      unsafe sodium_bin2hex(
        base.assumingMemoryBound(to: CChar.self), target.count,
        source.assumingMemoryBound(to: UInt8.self), bytes.count)
      return target.count - 1
    }
  }

  /// Unpadded base32, RFC 4648 §6.
  static func base32(of material: consuming KeyMaterial) throws(SecretError) -> Secret {
    let capacity = (material.bytes.byteCount * 8 + 4) / 5
    return unsafe try text(from: material, capacity: capacity) { bytes, target in
      unsafe FiveBitGroups.write(bytes, as: Symbols.base32, to: target)
    }
  }

  /// Bech32 (BIP 173) in upper case: `prefix`, "1", the bytes in groups of five bits, and six checksum symbols.
  static func bech32(of material: consuming KeyMaterial, prefix: StaticString) throws(SecretError) -> Secret {
    let symbolCount = (material.bytes.byteCount * 8 + 4) / 5
    let headCount = prefix.utf8CodeUnitCount + 1
    return unsafe try text(from: material, capacity: headCount + symbolCount + 6) { bytes, target in
      unsafe target.copyBytes(from: prefix.octets)
      unsafe target[headCount - 1] = UInt8(ascii: "1")
      let body = unsafe UnsafeMutableRawBufferPointer(rebasing: target[headCount...])
      _ = unsafe FiveBitGroups.write(bytes, as: Symbols.bech32, to: body)
      var checksum = Bech32Checksum(prefix: prefix)
      unsafe FiveBitGroups.forEach(bytes) { checksum.add($0) }
      for (index, group) in checksum.finished().enumerated() {
        unsafe body[symbolCount + index] = Symbols.bech32.octets[Int(group)]
      }
      return headCount + symbolCount + 6
    }
  }

  /// A JSON Web Key of type `oct` (RFC 7517, RFC 7518 §6.4) on one line.
  static func webKey(of material: consuming KeyMaterial) throws(SecretError) -> Secret {
    let (head, tail) = (webKeyHead, webKeyTail)
    let variant = Base64.urlSafeUnpadded
    let headCount = head.utf8CodeUnitCount
    // The NUL behind the encoder's text goes where the tail begins.
    let capacity = headCount + variant.room(for: material.bytes.byteCount) + tail.utf8CodeUnitCount
    return unsafe try text(from: material, capacity: capacity) { bytes, target in
      unsafe target.copyBytes(from: head.octets)
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: target[headCount...])
      let end = unsafe headCount + variant.write(bytes, to: rest)
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[end...]).copyBytes(from: tail.octets)
      return end + tail.utf8CodeUnitCount
    }
  }

  /// A version 4 UUID, RFC 9562 §5.4.
  static func uuid(of material: consuming KeyMaterial) throws(SecretError) -> Secret {
    unsafe try text(from: material, capacity: 36) { bytes, target in
      let digits: StaticString = "0123456789abcdef"
      var position = 0
      for index in 0..<16 {
        var byte = unsafe bytes[index]
        if index == 6 { byte = byte & 0x0F | 0x40 }
        if index == 8 { byte = byte & 0x3F | 0x80 }
        if [4, 6, 8, 10].contains(index) {
          unsafe target[position] = UInt8(ascii: "-")
          position += 1
        }
        unsafe target[position] = digits.octets[Int(byte >> 4)]
        unsafe target[position + 1] = digits.octets[Int(byte & 15)]
        position += 2
      }
      return position
    }
  }

  /// `count` symbols, each drawn evenly.
  static func drawn(_ count: Int, from symbols: StaticString) throws(SecretError) -> Secret {
    try Secret(capacity: count) { room in
      unsafe room.withUnsafeMutableBytes { target in
        for index in 0..<count {
          unsafe target[index] = symbols.octets[Int(randombytes_uniform(UInt32(symbols.utf8CodeUnitCount)))]
        }
      }
      return count
    }
  }

  /// `count` words of the EFF large list, each drawn evenly, with `-` between.
  static func words(_ count: Int) throws(SecretError) -> Secret {
    try Secret(capacity: count * (EFFWordList.longestWord + 1)) { room in
      var position = 0
      unsafe room.withUnsafeMutableBytes { target in
        for index in 0..<count {
          if index > 0 {
            unsafe target[position] = UInt8(ascii: "-")
            position += 1
          }
          let word = unsafe EFFWordList.word(Int(randombytes_uniform(UInt32(EFFWordList.count))))
          unsafe UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyBytes(from: word)
          position += word.count
        }
      }
      return position
    }
  }

  private static func text(
    from material: consuming KeyMaterial, capacity: Int,
    _ write: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
  ) throws(SecretError) -> Secret {
    try material.bytes.withBytes { (source: borrowing RawSpan) throws(SecretError) -> Secret in
      try unsafe source.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) throws(SecretError) -> Secret in
        try Secret(capacity: capacity) { room in
          unsafe room.withUnsafeMutableBytes { target in unsafe write(bytes, target) }
        }
      }
    }
  }
}
