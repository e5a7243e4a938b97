/// The decoded values of a document's entries, in file order, as far as they have been read.
///
/// A value that needs no decoding stays where the file's bytes are; the others are in a buffer that is wiped.
struct EntryValues: Sendable {
  /// Where a value's bytes are.
  enum Place {
    /// In the file, between the quotes if it has any.
    case file
    /// In the buffer.
    case decoded(Range<Int>)
    /// The entry is in error, or refers to one that is.
    case none
  }

  let document: Document
  /// Where decoded values go.
  let buffer: ValueBuffer
  private var marks: [Mark] = []
  /// The places of the decoded values, which end before 4 GiB as offsets of entries do.
  private var decoded: [Range<UInt32>] = []
  private var keys: KeyTable

  init(of document: Document) {
    self.document = document
    buffer = ValueBuffer(like: document.storage.room)
    keys = KeyTable(of: document)
    marks.reserveCapacity(document.entries.count)
  }

  // MARK: Reading

  /// Notes the value of the next entry.
  mutating func append(_ place: Place, of entry: Entry) {
    switch place {
    case .file: marks.append(.file)
    case .none: marks.append(.none)
    case .decoded(let range):
      marks.append(Mark(decoded: decoded.count))
      decoded.append(UInt32(range.lowerBound)..<UInt32(range.upperBound))
    }
    keys.append(entry)
  }

  /// The place among the entries so far of the latest with this key, which something refers to; nil if there is none.
  mutating func refer(to key: UnsafeRawBufferPointer) -> Int? {
    keys.fill(marks.count)
    guard let entry = unsafe keys.latest(of: key) else { return nil }
    marks[entry].isReferredTo = true
    return entry
  }

  /// Ends reading.
  mutating func seal() { buffer.seal() }

  /// Makes keys ready to be looked up, once reading has ended.
  mutating func indexKeys() { keys.fill(marks.count) }

  // MARK: What was read

  /// Where the value of an entry is.
  func place(of entry: Int) -> Place {
    switch marks[entry].kind {
    case .file: return .file
    case .none: return .none
    case .decoded(let number):
      let range = decoded[number]
      return .decoded(Int(range.lowerBound)..<Int(range.upperBound))
    }
  }

  /// The bytes of an entry's value, valid as long as the values are and until the next is decoded; nil for an entry without one.
  func bytes(of entry: Int) -> UnsafeRawBufferPointer? {
    switch place(of: entry) {
    case .file: unsafe document.storage.octets[document.entries[entry].contentRange]
    case .decoded(let range): unsafe UnsafeRawBufferPointer(rebasing: buffer.buffer[range])
    case .none: nil
    }
  }

  /// Every key and its value as text that nobody wipes; of a key that comes twice the latter.
  var texts: [String: String] {
    var texts = [String: String](minimumCapacity: document.entries.count)
    for entry in document.entries {
      guard let (key, value) = text(of: entry, at: place(of: entry.index)) else { continue }
      texts.updateValue(value, forKey: key)
    }
    return texts
  }

  /// An entry's key, and its value at a place, as text that nobody wipes; nil for an entry without a value.
  @inline(__always)
  func text(of entry: Entry, at place: Place) -> (key: String, value: String)? {
    defer { withExtendedLifetime((document.storage, buffer)) {} }
    let octets = document.storage.octets
    let value: String
    switch place {
    case .file: value = unsafe String(octets[entry.contentRange], isASCII: document.isASCII)
    case .decoded(let range):
      // What came from the environment may be beyond ASCII where the file is not.
      value = unsafe String(UnsafeRawBufferPointer(rebasing: buffer.buffer[range]))
    case .none: return nil
    }
    // A key is letters, digits, `_`, `.` and `-`.
    return unsafe (String(octets[entry.keyRange], isASCII: true), value)
  }

  /// The place among the entries of the latest with this key, or nil. Keys must have been indexed.
  func latestEntry(for key: UnsafeRawBufferPointer) -> Int? { unsafe keys.latest(of: key) }

  /// How many keys there are. Keys must have been indexed.
  var keyCount: Int { document.entries.count - keys.repeatedCount }

  /// Whether some key came twice. Keys must have been indexed.
  var hasRepeatedKeys: Bool { keys.hasRepeated }

  /// The place among the entries of the one that had an entry's key before it, and whether something between the two, or the entry
  /// itself, refers to that; nil if none had. Keys must have been indexed.
  func earlierEntry(of entry: Int) -> (entry: Int, isReferredTo: Bool)? {
    keys.earlierEntry(of: entry).map { ($0, marks[$0].isReferredTo) }
  }
}

/// What there is to know of an entry's value, in little room: of a large file, what is touched decides the time.
private struct Mark {
  private var bits: UInt32

  static let file = Mark(bits: 0)
  static let none = Mark(bits: 2)

  private init(bits: UInt32) { self.bits = bits }

  /// Of the decoded value with this number.
  init(decoded number: Int) { bits = UInt32(number + 2) << 1 }

  /// Whether an expansion named the entry's key while the entry was the latest of it.
  var isReferredTo: Bool {
    get { bits & 1 != 0 }
    set { bits = bits & ~1 | (newValue ? 1 : 0) }
  }

  enum Kind {
    case file
    case none
    case decoded(Int)
  }

  var kind: Kind {
    switch bits >> 1 {
    case 0: .file
    case 1: .none
    default: .decoded(Int(bits >> 1) - 2)
    }
  }
}

extension String {
  /// Bytes of a file that was found to be UTF-8, and maybe to be ASCII, which is not looked for again.
  init(_ bytes: UnsafeRawBufferPointer, isASCII: Bool = false) {
    // Bound to UInt8 they are copied at once; as raw bytes they would be one by one.
    self = unsafe bytes.withMemoryRebound(to: UInt8.self) { bytes in
      if isASCII, #available(macOS 26, *) {
        return unsafe String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true))
      }
      return unsafe String(decoding: bytes, as: UTF8.self)
    }
  }
}
