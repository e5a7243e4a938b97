extension RawSpan {
  /// The byte at an offset; traps outside the span.
  @inlinable
  package subscript(octet offset: Int) -> UInt8 {
    // Bounds are checked by the span, and every byte is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether both hold the same bytes.
  func hasSameOctets(as other: borrowing RawSpan) -> Bool {
    guard byteCount == other.byteCount else { return false }
    for index in 0..<byteCount where self[octet: index] != other[octet: index] { return false }
    return true
  }
}
