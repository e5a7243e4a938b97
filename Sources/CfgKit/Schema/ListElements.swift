import CfgKitDotEnv

/// The elements of a separated list, as ranges of its bytes; blanks around an element are not part of it.
struct ListElements {
  private let separator: [UInt8]

  init(separator: String) { self.separator = separator.isEmpty ? [UInt8(ascii: ",")] : Array(separator.utf8) }

  /// Calls `body` with each element's range, empty ones too; once, with an empty range, for no bytes at all.
  func forEach(in value: borrowing RawSpan, _ body: (Range<Int>) -> Void) {
    var start = 0
    var index = 0
    while index + separator.count <= value.byteCount {
      if isSeparator(value, at: index) {
        body(trimmed(start..<index, in: value))
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    body(trimmed(start..<value.byteCount, in: value))
  }

  private func isSeparator(_ value: borrowing RawSpan, at offset: Int) -> Bool {
    for (index, byte) in separator.enumerated() where value[octet: offset + index] != byte { return false }
    return true
  }

  private func trimmed(_ range: Range<Int>, in value: borrowing RawSpan) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while lower < upper, value[octet: lower] == 0x20 || value[octet: lower] == 0x09 { lower += 1 }
    while lower < upper, value[octet: upper - 1] == 0x20 || value[octet: upper - 1] == 0x09 { upper -= 1 }
    return lower..<upper
  }
}
