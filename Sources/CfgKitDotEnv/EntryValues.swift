/// The decoded values of a document's entries, in file order, as far as they have been read.
///
/// A value that needs no decoding stays where the file's bytes are; the others are in a buffer that is wiped.
struct EntryValues: Sendable {
  /// Where a value's bytes are.
  enum Place {
    case file(Range<Int>)
    case decoded(Range<Int>)
    /// The entry is in error, or refers to one that is.
    case none
  }

  let document: Document
  /// Where decoded values go.
  let buffer: ValueBuffer
  private var places: [CompactPlace] = []
  private var latest: KeyTable

  init(of document: Document) {
    self.document = document
    buffer = ValueBuffer(like: document.storage.room)
    latest = KeyTable(of: document)
    places.reserveCapacity(document.entries.count)
  }

  /// Notes the value of the next entry.
  ///
  /// - Returns: the place among the entries of the one that had its key before, or nil.
  mutating func append(_ place: Place, of entry: Entry) -> Int? {
    places.append(CompactPlace(place))
    return latest.insert(entry)
  }

  /// Where the value of an entry is.
  func place(of entry: Int) -> Place { places[entry].place }

  /// The place among the entries of the latest with this key, or nil.
  func latestEntry(for key: UnsafeRawBufferPointer) -> Int? { unsafe latest.lookUp(key) }

  /// The bytes of an entry's value, valid as long as the values are and until the next is decoded; nil for an entry without one.
  func bytes(of entry: Int) -> UnsafeRawBufferPointer? {
    switch places[entry].place {
    case .file(let range): unsafe document.storage.octets[range]
    case .decoded(let range): unsafe UnsafeRawBufferPointer(rebasing: buffer.buffer[range])
    case .none: nil
    }
  }
}

/// A place in half the room: of a large file, what is touched decides the time.
private struct CompactPlace {
  // Files and decoded values end before 4 GiB, as offsets of entries do.
  private let start: UInt32
  private let end: UInt32
  private let kind: Kind

  private enum Kind: UInt8 {
    case file
    case decoded
    case none
  }

  init(_ place: EntryValues.Place) {
    switch place {
    case .file(let range): (start, end, kind) = (UInt32(range.lowerBound), UInt32(range.upperBound), .file)
    case .decoded(let range):
      (start, end, kind) = (UInt32(range.lowerBound), UInt32(range.upperBound), .decoded)
    case .none: (start, end, kind) = (0, 0, .none)
    }
  }

  var place: EntryValues.Place {
    switch kind {
    case .file: .file(Int(start)..<Int(end))
    case .decoded: .decoded(Int(start)..<Int(end))
    case .none: .none
    }
  }
}
