/// Where expansions begin and end in a value that expands: the one answer for reading, respelling and comparing with dialects.
struct ExpansionSyntax {
  private let bytes: Octets
  /// Whether the value stands in double quotes, where a backslash takes any byte with it; outside it takes a dollar only.
  let isDouble: Bool

  /// The syntax of values in `bytes`, which outlive it.
  init(_ bytes: Octets, isDouble: Bool) {
    self.bytes = bytes
    self.isDouble = isDouble
  }

  /// Whether the backslash takes the next byte with it.
  func isEscape(at index: Int, in range: Range<Int>) -> Bool {
    guard index + 1 < range.upperBound else { return false }
    return isDouble || bytes[index + 1] == UInt8(ascii: "$")
  }

  /// The end of the name that begins here: `start` if none does.
  func nameEnd(from start: Int, in range: Range<Int>) -> Int {
    guard start < range.upperBound, Octet.isNameStart(bytes[start]) else { return start }
    var end = start + 1
    while end < range.upperBound, Octet.isName(bytes[end]) { end += 1 }
    return end
  }

  /// The `}` that closes the `${` at `start`; the range's end if nothing does. Only `${` nests, and an escaped dollar begins nothing.
  func closingBrace(from start: Int, in range: Range<Int>) -> Int {
    scan(from: start, in: range, endsAtClose: true).close ?? range.upperBound
  }

  /// The outermost `${` without its `}`, or nil.
  func unclosedExpansion(in range: Range<Int>) -> Int? {
    scan(from: range.lowerBound, in: range, endsAtClose: false).open
  }

  private func scan(from start: Int, in range: Range<Int>, endsAtClose: Bool) -> (open: Int?, close: Int?) {
    var depth = 0
    var outermost = start
    var index = start
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\\") where isEscape(at: index, in: range): index += 1
      case UInt8(ascii: "$") where index + 1 < range.upperBound && bytes[index + 1] == UInt8(ascii: "{"):
        if depth == 0 { outermost = index }
        depth += 1
        index += 1
      case UInt8(ascii: "}") where depth > 0:
        depth -= 1
        if depth == 0, endsAtClose { return (nil, index) }
      default: break
      }
      index += 1
    }
    return (depth > 0 ? outermost : nil, nil)
  }
}
