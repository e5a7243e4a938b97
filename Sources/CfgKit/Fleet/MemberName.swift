/// The name of a member: 1 to 128 letters, digits, `.`, `_` and `-`. It is shown, and stands in the address of a key.
package struct MemberName: Sendable, Hashable, CustomStringConvertible {
  /// The text.
  package let description: String

  /// Nil for a text that is none.
  package init?(_ text: String) {
    let isName =
      (1...128).contains(text.utf8.count) && text != "." && text != ".."
      && text.utf8.allSatisfy(Self.isAllowed)
    guard isName else { return nil }
    description = text
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension MemberName: Comparable {
  /// By their bytes.
  package static func < (left: MemberName, right: MemberName) -> Bool { left.description < right.description }
}
