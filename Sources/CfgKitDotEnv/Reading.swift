/// What a document says: the values of its entries, and everything that is wrong with it.
///
/// Values live in memory that is wiped when the reading and the document go, and become a `String` only when asked
/// for.
public struct Reading: Sendable {
  /// What is wrong, in the order of the source: the first 1,000.
  public let diagnostics: [Diagnostic]
  /// How many more there are.
  public let uncountedDiagnostics: Int
  /// Whether any diagnostic, kept or only counted, is an error: then the file has no values.
  public let hasErrors: Bool
  /// The mode that it was read in.
  public let mode: ReadingMode
  let document: Document
  let content: ReadingContent

  /// Whether `entry` has a value: false, if it is in error or refers to an entry in error.
  public func hasValue(_ entry: Entry) -> Bool {
    content.values.indices.contains(entry.index) && content.values[entry.index] != nil
  }

  /// Lends the decoded value of `entry`; nil, without a call, for an entry in error.
  public func withValue<R, E: Error>(
    of entry: Entry, _ body: (borrowing RawSpan) throws(E) -> R
  ) throws(E) -> R? {
    guard content.values.indices.contains(entry.index), let value = content.values[entry.index] else {
      return nil
    }
    return try body(unsafe value.buffer(0..<value.count).bytes)
  }

  /// The value of `key` as a `String`: nil, if it is not set, or if the file has an error.
  public func value(for key: String) -> String? {
    guard !hasErrors, let place = document.lastEntryIndex(for: key) else { return nil }
    return content.values[place].map { $0.string(0..<$0.count) }
  }

  /// All keys and values as `String`s; nil if the file has an error.
  public var values: [String: String]? {
    guard !hasErrors else { return nil }
    var all = [String: String](minimumCapacity: document.index.entries.count)
    let view = document.view
    let table = document.index.keys(in: view)
    for (place, entry) in document.index.entries.enumerated() {
      // Only the last of a key counts.
      guard table.last[Int(table.first[place])] == UInt32(place), let value = content.values[place] else {
        continue
      }
      all[view.string(entry.keyRange)] = value.string(0..<value.count)
    }
    return all
  }
}

/// The values of a reading, with the memory that they point into.
@safe final class ReadingContent: @unchecked Sendable {
  // Unchecked, because views are not Sendable: nothing changes after the initializer.
  /// Per entry; nil for one in error.
  let values: [ByteView?]
  /// Per entry, which ids it reports: bit `Diagnostic.ID.row`, and `refersToError`.
  let reported: [UInt32]
  private let source: DocumentStorage
  private let arena: ValueArena

  /// The bit of an entry that reports nothing because it refers to an entry in error.
  static let refersToError: UInt32 = 1 << 31

  init(values: [ByteView?], reported: [UInt32], source: DocumentStorage, arena: ValueArena) {
    self.values = values
    self.reported = reported
    self.source = source
    self.arena = arena
  }
}

extension Document {
  /// Reads every value: decodes, expands, and collects what is wrong.
  ///
  /// `environment` is asked first for a `${NAME}`, then the *earlier* keys of the file. Takes time linear in the bytes
  /// of the file and of its expanded values, which the limits bound.
  public func read(
    _ mode: ReadingMode = .strict, environment: any VariableLookup = NoVariables()
  ) -> Reading {
    if let fileError {
      let nothing = ReadingContent(values: [], reported: [], source: storage, arena: ValueArena())
      return Reading(
        diagnostics: [fileError], uncountedDiagnostics: 0, hasErrors: true, mode: mode, document: self,
        content: nothing)
    }
    var reader = Reader(self, mode: mode, environment: environment)
    return reader.read()
  }
}
