/// What the names in a value stand for: the environment's variables, then the earlier keys of the file.
struct KnownVariables {
  /// Whether a variable has a text, is set to nothing, or is unset.
  enum Value {
    case text
    case empty
    case unset
  }

  /// Where a variable comes from, as far as readers do not agree on it.
  enum Standing {
    /// Process and file set it, to different values.
    case both
    /// Only the process sets it, to a text.
    case process
    /// Only the process sets it, to nothing: the same as unset where it is ignored.
    case processEmpty
    /// Only the file sets it, or both to the same.
    case fileOrSame
    case unset
  }

  private let reading: Reading
  private let environment: any VariableLookup
  private var earlier: [String: Entry] = [:]

  init(_ reading: Reading, _ environment: any VariableLookup) {
    self.reading = reading
    self.environment = environment
  }

  /// The earlier entry of a key.
  func earlierEntry(of key: String) -> Entry? { earlier[key] }

  /// Notes an entry that the rest of the file can refer to.
  mutating func remember(_ key: String, _ entry: Entry) { earlier[key] = entry }

  /// What an expansion finds.
  func value(of name: String) -> Value {
    var byteCount: Int?
    if !environment.withVariable(name, { byteCount = $0.byteCount }), let entry = earlier[name] {
      byteCount = reading.withValue(of: entry) { $0.byteCount }
    }
    return byteCount.map { $0 == 0 ? .empty : .text } ?? .unset
  }

  func standing(of name: String) -> Standing {
    guard hasVariable(name) else { return earlier[name] == nil ? .unset : .fileOrSame }
    guard let entry = earlier[name] else { return value(of: name) == .empty ? .processEmpty : .process }
    return isSame(name, as: entry) ? .fileOrSame : .both
  }

  private func hasVariable(_ name: String) -> Bool { environment.withVariable(name) { _ in } }

  /// Whether the process sets a key to another value than an entry does.
  func processDiffers(from entry: Entry, key: String) -> Bool {
    hasVariable(key) && !isSame(key, as: entry)
  }

  private func isSame(_ name: String, as entry: Entry) -> Bool {
    var isSame = false
    _ = environment.withVariable(name) { variable in
      isSame = reading.withValue(of: entry) { value in value.hasSameOctets(as: variable) } ?? false
    }
    return isSame
  }

  /// Whether two entries have the same value.
  func isSame(_ entry: Entry, _ other: Entry) -> Bool {
    var isSame = false
    _ = reading.withValue(of: entry) { value in
      isSame = reading.withValue(of: other) { $0.hasSameOctets(as: value) } ?? false
    }
    return isSame
  }
}
