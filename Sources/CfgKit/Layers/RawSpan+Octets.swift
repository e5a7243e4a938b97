import CfgKitDotEnv

extension RawSpan {
  /// Whether the bytes are those of `text`.
  func equals(_ text: StaticString) -> Bool {
    guard byteCount == text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { bytes in
      unsafe bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
  }

  /// Whether the bytes are those of a text in capitals, in any case of ASCII.
  func equalsIgnoringCase(_ capitals: StaticString) -> Bool {
    guard byteCount == capitals.utf8CodeUnitCount else { return false }
    for index in 0..<byteCount {
      let byte = self[octet: index]
      // In bounds: both have as many bytes.
      if unsafe (Octet.isSmallLetter(byte) ? byte - 0x20 : byte) != capitals.utf8Start[index] { return false }
    }
    return true
  }

  /// The bytes as text, repaired where they are not UTF-8. For values that are no secrets.
  var text: String {
    unsafe withUnsafeBytes { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
  }
}

extension RawSpan {
  /// Lends the bytes as text to a reader that knows no other form; nil, without a call, if they are not UTF-8. The text is wiped
  /// afterwards, so `body` must neither keep it nor make another of it.
  func withWipedText<R>(_ body: (String) -> R) -> R? {
    guard isUTF8 else { return nil }
    var text = unsafe withUnsafeBytes { bytes in
      unsafe String(unsafeUninitializedCapacity: bytes.count) { target in
        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
        return bytes.count
      }
    }
    defer {
      // The text's own storage, which nobody else has; one of up to 15 bytes has none, and lives in registers.
      text.withUTF8 { octets in
        let storage = unsafe UnsafeMutableRawBufferPointer(mutating: UnsafeRawBufferPointer(octets))
        unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
      }
    }
    return body(text)
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
    for index in 0..<byteCount where !Octet.isSpace(self[octet: index]) { return false }
    return true
  }
}
