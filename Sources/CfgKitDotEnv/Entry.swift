/// One `KEY=…` of a document, as ranges of its bytes.
public struct Entry: Sendable, Hashable {
  /// How the value is written.
  public enum Spelling: UInt8, Sendable, Hashable {
    /// Nothing behind `=`.
    case empty
    case bare
    /// `'…'`
    case single
    /// `"…"`
    case double
  }

  /// What the structure pass saw on the way.
  struct Traits: OptionSet, Hashable {
    let rawValue: UInt8

    /// `export` stands before the key.
    static let exported = Traits(rawValue: 1)
    static let spaceAroundEquals = Traits(rawValue: 2)
    /// Its structure is in error, so that it has no value.
    static let broken = Traits(rawValue: 4)
    /// A `.` or `-` is in the key.
    static let nonPosixKey = Traits(rawValue: 8)
  }

  let number: UInt32
  let line: UInt32
  let keyStart: UInt32
  let keyEnd: UInt32
  let valueStart: UInt32
  let valueEnd: UInt32
  let commentStart: UInt32
  let firstLine: UInt32
  /// How the value is written.
  public let spelling: Spelling
  let traits: Traits

  static let noComment = UInt32.max

  /// Its place among the document's entries.
  public var index: Int { Int(number) }
  /// Whether `export` stands before the key.
  public var isExported: Bool { traits.contains(.exported) }
  /// The key's bytes.
  public var keyRange: Range<Int> { Int(keyStart)..<Int(keyEnd) }
  /// The value's bytes with their quotes; empty, right behind `=`, if there is no value.
  public var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
  /// The line of the key, from 1.
  public var lineNumber: Int { Int(firstLine) }
  /// The bytes between the quotes, or the value's bytes where it has none.
  var contentRange: Range<Int> {
    switch spelling {
    case .single, .double: Int(valueStart) + 1..<max(Int(valueStart) + 1, Int(valueEnd) - 1)
    case .bare, .empty: valueRange
    }
  }
  /// The place of a comment that is glued to a closing quote, or nil.
  var gluedComment: Int? {
    guard commentStart == valueEnd, spelling == .single || spelling == .double else { return nil }
    return Int(commentStart)
  }
}
