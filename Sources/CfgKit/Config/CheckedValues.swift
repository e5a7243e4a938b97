import CfgKitSecrets

/// The values of all keys, found by the hash that a `Key` brings along. Made once, never changed, read by any number of tasks.
final class CheckedValues: @unchecked Sendable {
  /// The hashes, names and values of the slots; a hash of 0 marks a free one. Apart, so that looking for a key copies nothing.
  private let hashes: [UInt64]
  private let names: [String]
  // @unchecked: these two change only when nobody has the object any more.
  private var values: [CheckedValue]
  /// The secrets that sign, and those that are accepted beside them.
  private(set) var rings: [String: Config.KeyRing]

  /// Reads the values of a valid project.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  init(of project: Project) throws(SecretError) {
    let resolution = project.resolution
    let size = max(4, resolution.all.count * 2)
    let count = 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount)
    var hashes: [UInt64] = Array(repeating: 0, count: count)
    var names = Array(repeating: "", count: count)
    var values: [CheckedValue] = Array(repeating: .missing, count: count)
    var rings: [String: Config.KeyRing] = [:]
    for key in resolution.all {
      let name = key.key
      let value = try Self.value(of: key)
      let hash = Self.hash(of: name)
      var index = Int(truncatingIfNeeded: hash) & (count - 1)
      while hashes[index] != 0 { index = (index + 1) & (count - 1) }
      (hashes[index], names[index], values[index]) = (hash, name, value)
      if let ring = try Config.KeyRing(of: key, in: resolution) { rings[name] = ring }
    }
    self.hashes = hashes
    self.names = names
    self.values = values
    self.rings = rings
  }

  deinit {
    Secret.changingSeveral {
      values = []
      rings = [:]
    }
  }

  private static func value(of key: Resolution.ResolvedKey) throws(SecretError) -> CheckedValue {
    guard !key.isMissing, let winner = key.winner else { return .missing }
    return try CheckedValue(winner.value, as: key.declaration?.type ?? .text, isSensitive: key.isSensitive)
  }

  /// The value of a key, by its hash and its name; nil for one that the project does not have.
  func value(_ hash: UInt64, _ name: String) -> CheckedValue? {
    var index = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[index] != 0 {
      if hashes[index] == hash, names[index] == name { return values[index] }
      index = (index + 1) & (hashes.count - 1)
    }
    return nil
  }

  /// What a declaration in Swift cannot be read from, though it passed validation; a read of it would stop the program.
  func findings(in project: Project) -> [Finding] {
    guard !project.schema.readers.isEmpty else { return [] }
    return project.schema.declarations.compactMap { declaration in
      let key = declaration.key
      guard let canRead = project.schema.reader(of: key), let value = value(Self.hash(of: key), key),
        !canRead(value)
      else { return nil }
      return Finding(
        .typeMismatch, key: key, "\(key) is not \(declaration.type.name), as its declaration reads it",
        at: project.resolution[key]?.winner?.origin.location, fix: .command("cfgkit", "set", key))
    }
  }

  /// The names are those of a schema and of files that its owner wrote; 0 marks a free slot.
  static func hash(of name: String) -> UInt64 { max(1, NameHash.of(name)) }
}
