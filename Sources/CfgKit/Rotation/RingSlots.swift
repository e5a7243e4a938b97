import CfgKitDotEnv
import CfgKitSecrets

/// Where the keys of a ring stand in a document, by the policy's list.
struct RingSlots {
  /// The values that stand there.
  struct Values {
    /// The current key; nil if there is none.
    var current: Secret?
    /// The keys accepted beside it, the newest previous first, next last.
    var others: [Secret] = []
    /// The numbers of keys whose entries carry one.
    var numbers: [(key: Secret, number: Int)] = []
    /// The id that tokens are signed under, and the set that verifies them, as they stand there.
    var published: (id: Secret?, set: Secret?) = (nil, nil)
  }

  private enum Layout {
    /// The key alone.
    case alone
    /// The current key in its own, the others in a list.
    case beside(FallbackList, in: String)
    /// All in one list.
    case within(FallbackList)
    /// All in one list, each with a number: `7:current,6:previous,8:next`.
    case versioned(FallbackList)
    /// The current key in `_3`, the previous in `_2`, the next in `_1`; the highest number signs.
    case numbered(previous: String, next: String, bare: String)
    /// The current private key in its own, its id, the other private keys in a list, and a set of what verifies.
    case issued(id: String, others: String, set: String)
  }

  private let keyName: String
  private let policy: RotationPolicy
  /// How messages name the file.
  private let shownPath: String
  private let layout: Layout
  private let isOldestFirst: Bool

  /// - Throws: `RotationRefusal` for a format that cannot be read.
  init(of name: String, _ policy: RotationPolicy, in shownPath: String) throws(RotationRefusal) {
    keyName = name
    self.policy = policy
    self.shownPath = shownPath
    isOldestFirst = policy.fallbackOrder == .oldestFirst
    layout = try Self.layout(name, policy)
  }

  private static func layout(_ name: String, _ policy: RotationPolicy) throws(RotationRefusal) -> Layout {
    guard let fallback = policy.fallbackKey else { return .alone }
    func list(_ format: FallbackList.Format) -> Layout {
      let list = FallbackList(format: format)
      return fallback == name ? .within(list) : .beside(list, in: fallback)
    }
    switch policy.fallbackFormat {
    case .csv: return list(.csv)
    case .json: return list(.json)
    case .versioned: return .versioned(FallbackList(format: .csv))
    case .authjs:
      let stem = RotationPolicy.stem(of: name)
      guard stem != name, !stem.isEmpty else { throw .unnumbered(name) }
      return .numbered(
        previous: RotationPolicy.numbered(name, 2), next: RotationPolicy.numbered(name, 1),
        bare: stem)
    case .jwks:
      return .issued(
        id: policy.signingID(of: name), others: policy.otherPrivateKeys(of: name),
        set: fallback)
    }
  }

  /// The keys of the document that belong to the ring, its own first.
  var names: [String] { policy.keyNames(of: keyName) }

  /// Reads them from a document.
  func read(_ document: Document, _ reading: Reading) throws -> Values {
    try read { name in try value(of: name, document, reading) }
  }

  /// Reads them from wherever `value` finds the value of a key.
  func read(_ value: (_ name: String) throws -> Secret?) throws -> Values {
    let own = try value(keyName)
    switch layout {
    case .alone: return Values(current: own)
    case .beside(let list, let other):
      let all = try elements(list, try value(other), of: other)
      return Values(current: own, others: isOldestFirst ? all.reversed() : all)
    case .within(let list):
      let all = try elements(list, own, of: keyName)
      let newestFirst = isOldestFirst ? all.reversed() : all
      return Values(current: newestFirst.first, others: Array(newestFirst.dropFirst()))
    case .versioned(let list):
      let all = try elements(list, own, of: keyName).map(numbered)
      return Values(current: all.first?.key, others: all.dropFirst().map(\.key), numbers: all)
    case .numbered(let previous, let next, let bare):
      if let stray = try value(bare), !stray.isEmpty {
        throw RotationRefusal.bareKey(keyName, bare, shownPath)
      }
      let others = try [previous, next].compactMap(value)
      return Values(current: own, others: others.filter { !$0.isEmpty })
    case .issued(let id, let others, let set):
      return Values(
        current: own,
        others: try elements(Self.privateKeys, try value(others), of: others),
        published: (try value(id), try value(set)))
    }
  }

  /// Refuses a key that could not stay accepted beside another one in this format.
  func expectListable(_ key: RingKey) throws {
    switch layout {
    case .beside(let list, _), .within(let list), .versioned(let list): _ = try value(list, [key.secret])
    case .alone, .numbered, .issued: break
    }
  }

  /// Writes the keys of a ring. A list that would be empty is removed with its line.
  func write(_ ring: KeyRing, to document: inout Document, at placement: Placement, _ numbers: NumberedKeys)
    throws
  {
    let others = ring.previous.map(\.key.secret) + (ring.next.map { [$0.key.secret] } ?? [])
    let all = [ring.current.secret] + others
    switch layout {
    case .alone: try set(keyName, ring.current.secret, &document, placement)
    case .beside(let list, let other):
      try set(keyName, ring.current.secret, &document, placement)
      let text = try others.isEmpty ? nil : value(list, isOldestFirst ? others.reversed() : others)
      try set(other, text, &document, .after(key: keyName))
    case .within(let list):
      try set(keyName, value(list, isOldestFirst ? all.reversed() : all), &document, placement)
    case .versioned(let list):
      try set(
        keyName, value(list, all.map { try Self.entry(numbers.number(of: $0), $0) }), &document, placement)
    case .numbered(let previous, let next, _):
      try set(keyName, ring.current.secret, &document, placement)
      try set(previous, ring.previous.first?.key.secret, &document, .after(key: keyName))
      let isKept = document.lastEntry(for: previous) != nil
      try set(next, ring.next?.key.secret, &document, .after(key: isKept ? previous : keyName))
    case .issued(let idName, let othersName, let setName):
      let published = try self.published(ring)
      try set(keyName, ring.current.secret, &document, placement)
      try set(idName, published.id, &document, .after(key: keyName))
      let list = others.isEmpty ? nil : try value(Self.privateKeys, others)
      try set(othersName, list, &document, .after(key: idName))
      try set(setName, published.set, &document, .after(key: list == nil ? idName : othersName))
    }
  }

  // MARK: Issuers

  /// Private keys may be JSON themselves, so their list is JSON too.
  private static let privateKeys = FallbackList(format: .json)

  /// Whether what is published is what the ring says. A ring whose current key is not fit has nothing to publish.
  func isPublished(_ ring: KeyRing, _ values: Values) throws -> Bool {
    guard case .issued = layout, ring.current.isFit else { return true }
    let meant = try published(ring)
    return values.published.id?.matches(meant.id) == true && values.published.set?.matches(meant.set) == true
  }

  /// The id of the current key, and the set of all that are accepted, the current one first.
  private func published(_ ring: KeyRing) throws -> (id: Secret, set: Secret) {
    let keys = try ring.accepted.map { key throws(RotationRefusal) in
      guard let id = key.fingerprint else { throw .unfitCurrent(keyName) }
      return (key: key.secret, id: id)
    }
    guard let set = try WebKeySet.text(of: keys) else { throw RotationRefusal.noWebKey(keyName) }
    return (try Secret(copying: keys[0].id.description), set)
  }

  // MARK: Numbers

  /// The key and the number of `7:key`.
  private func numbered(_ entry: Secret) throws -> (key: Secret, number: Int) {
    let parts = try entry.withBytes { (bytes: borrowing RawSpan) throws -> (key: Secret, number: Int)? in
      var (number, offset) = (0, 0)
      while offset < min(bytes.byteCount, 9) {
        let byte = bytes[octet: offset]
        guard Octet.isDigit(byte) else { break }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
        offset += 1
      }
      guard offset > 0, offset + 1 < bytes.byteCount, bytes[octet: offset] == UInt8(ascii: ":") else {
        return nil
      }
      return (try Secret(copying: bytes.extracting((offset + 1)..<bytes.byteCount)), number)
    }
    guard let parts else { throw RotationRefusal.listFormat(keyName, keyName, .versioned) }
    return parts
  }

  private static func entry(_ number: Int, _ key: Secret) throws(SecretError) -> Secret {
    let prefix = Array("\(number):".utf8)
    return try Secret(capacity: prefix.count + key.byteCount) { (room: inout MutableRawSpan) -> Int in
      for (offset, byte) in prefix.enumerated() {
        room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
      }
      key.withBytes { bytes in
        for offset in 0..<bytes.byteCount {
          room.storeBytes(of: bytes[octet: offset], toByteOffset: prefix.count + offset, as: UInt8.self)
        }
      }
      return prefix.count + key.byteCount
    }
  }

  // MARK: Values

  /// Sets a key, or removes its line if there is nothing to keep.
  private func set(_ name: String, _ value: Secret?, _ document: inout Document, _ placement: Placement)
    throws
  {
    guard let value else {
      try document.remove(name)
      return
    }
    _ = try value.withBytes { (bytes: borrowing RawSpan) throws -> EditResult in
      try document.set(name, to: bytes, at: placement)
    }
  }

  private func value(of name: String, _ document: Document, _ reading: Reading) throws -> Secret? {
    let entries = document.entries(for: name)
    guard let entry = entries.last else { return nil }
    if entries.count > 1 { throw RotationRefusal.duplicateKey(name, entries.count, shownPath) }
    let copy = reading.withValue(of: entry) { bytes in
      Result { () throws(SecretError) -> Secret in try Secret(copying: bytes) }
    }
    guard let copy else { throw RotationRefusal.unreadable(name, shownPath) }
    return try copy.get()
  }

  private func elements(_ list: FallbackList, _ value: Secret?, of name: String) throws -> [Secret] {
    guard let value, !value.isEmpty else { return [] }
    do throws(FallbackList.Failure) {
      return try list.elements(of: value)
    } catch {
      throw failure(error, in: name)
    }
  }

  private func value(_ list: FallbackList, _ keys: [Secret]) throws -> Secret {
    do throws(FallbackList.Failure) {
      return try list.value(of: keys)
    } catch {
      throw failure(error, in: keyName)
    }
  }

  private func failure(_ error: FallbackList.Failure, in name: String) -> any Error {
    switch error {
    case .malformed: RotationRefusal.listFormat(keyName, name, policy.fallbackFormat)
    case .unlistable: RotationRefusal.unlistable(keyName, policy.fallbackFormat)
    case .memory(let error): error
    }
  }
}
