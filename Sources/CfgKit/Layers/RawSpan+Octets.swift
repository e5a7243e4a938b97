extension RawSpan {
  /// The byte at an offset; traps outside the span.
  subscript(octet offset: Int) -> UInt8 {
    // Bounds are checked by the span, and every byte is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether the bytes are those of `text`.
  func equals(_ text: StaticString) -> Bool {
    guard byteCount == text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { bytes in
      unsafe bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
  }

  /// The bytes as text, repaired where they are not UTF-8. For values that are no secrets.
  var text: String {
    unsafe withUnsafeBytes { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
  }
}

extension RawSpan {
  /// Whether the bytes begin with those of `prefix`.
  func starts(with prefix: String) -> Bool {
    let bytes = Array(prefix.utf8)
    guard bytes.count <= byteCount else { return false }
    for (index, byte) in bytes.enumerated() where self[octet: index] != byte { return false }
    return true
  }

  /// Whether the bytes end with those of `suffix`.
  func ends(with suffix: String) -> Bool {
    let bytes = Array(suffix.utf8)
    guard bytes.count <= byteCount else { return false }
    for (index, byte) in bytes.enumerated() where self[octet: byteCount - bytes.count + index] != byte {
      return false
    }
    return true
  }

  /// Whether the bytes of `text` stand anywhere.
  func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, wanted.count <= byteCount else { return wanted.isEmpty }
    for start in 0...(byteCount - wanted.count) where self[octet: start] == first {
      if extracting(start..<start + wanted.count).starts(with: text) { return true }
    }
    return false
  }

  /// Whether there is nothing but spaces, tabs and line ends.
  var isBlank: Bool {
    for index in 0..<byteCount {
      let byte = self[octet: index]
      if byte != 0x20, !(0x09...0x0D).contains(byte) { return false }
    }
    return true
  }
}
