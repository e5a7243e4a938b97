extension RawSpan {
  /// The byte at an offset, which must be in range.
  func octet(at offset: Int) -> UInt8 {
    // Any bit pattern is a UInt8; the call checks the bounds.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}
