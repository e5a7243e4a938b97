/// One line of a document; a value that spans lines belongs to one `Line`.
public struct Line: Sendable, Hashable {
  /// What a line can be.
  public enum Kind: UInt8, Sendable, Hashable {
    case blank, comment, entry
    /// Neither of them: it has a diagnostic.
    case malformed
  }

  /// What it is.
  public let kind: Kind
  /// How many bytes end it: none, LF or CR, or both.
  let ending: UInt8
  let start: UInt32
  let end: UInt32
  let first: UInt32
  let entry: UInt32

  static let noEntry = UInt32.max

  /// The number of its first line in the file, from 1.
  public var number: Int { Int(first) }
  /// Its bytes without the line end.
  public var range: Range<Int> { Int(start)..<Int(end) }
  /// Its bytes with the line end.
  var fullRange: Range<Int> { Int(start)..<Int(end) + Int(ending) }
  /// The index of its entry in the document's `entries`, or nil.
  public var entryIndex: Int? { entry == Self.noEntry ? nil : Int(entry) }
}
