import CfgKitDotEnv
import CfgKitSecrets

/// Where the keys of a ring stand in a document, by the policy's list (rotation.md §4).
struct RingSlots {
  /// The values that stand there.
  struct Values {
    /// The current key; nil if there is none.
    var current: Secret?
    /// The keys accepted beside it, the newest previous first, next last.
    var others: [Secret] = []
    /// The numbers of keys whose entries carry one.
    var numbers: [(key: Secret, number: Int)] = []
  }

  private enum Layout {
    /// The key alone.
    case alone
    /// The current key in its own, the others in a list.
    case beside(FallbackList, name: String)
    /// All in one list.
    case within(FallbackList)
    /// All in one list, each with a number: `7:current,6:previous,8:next`.
    case versioned(FallbackList)
    /// The current key in `_3`, the previous in `_2`, the next in `_1`; the highest number signs.
    case numbered(previous: String, next: String, bare: String)
  }

  private let terms: RingFile.Terms
  private let layout: Layout
  private let isOldestFirst: Bool

  /// - Throws: `RotationRefusal` for a format that cannot be read.
  init(_ terms: RingFile.Terms) throws(RotationRefusal) {
    self.terms = terms
    isOldestFirst = terms.policy.fallbackOrder == .oldestFirst
    layout = try Self.layout(terms)
  }

  private static func layout(_ terms: RingFile.Terms) throws(RotationRefusal) -> Layout {
    guard let fallback = terms.policy.fallbackKey else { return .alone }
    func list(_ format: FallbackList.Format) -> Layout {
      let list = FallbackList(format: format)
      return fallback == terms.name ? .within(list) : .beside(list, name: fallback)
    }
    switch terms.policy.fallbackFormat {
    case .csv: return list(.csv)
    case .json: return list(.json)
    case .versioned: return .versioned(FallbackList(format: .csv))
    case .authjs:
      guard terms.name.hasSuffix("_3"), terms.name.utf8.count > 2 else { throw .unnumbered(terms.name) }
      let stem = String(terms.name.dropLast(2))
      return .numbered(previous: "\(stem)_2", next: "\(stem)_1", bare: stem)
    case .jwks: throw .unsupportedFormat(terms.name, .jwks)
    }
  }

  /// The keys of the document that belong to the ring, its own first.
  var names: [String] {
    switch layout {
    case .alone, .within, .versioned: [terms.name]
    case .beside(_, let name): [terms.name, name]
    case .numbered(let previous, let next, _): [terms.name, previous, next]
    }
  }

  /// Reads them.
  func read(_ document: Document, _ reading: Reading) throws -> Values {
    let own = try value(of: terms.name, document, reading)
    if own == nil, !terms.mayBeAbsent { throw RotationRefusal.notSet(terms.name, terms.shownPath) }
    switch layout {
    case .alone: return Values(current: own)
    case .beside(let list, let name):
      let all = try elements(list, try value(of: name, document, reading), of: name)
      return Values(current: own, others: isOldestFirst ? all.reversed() : all)
    case .within(let list):
      let all = try elements(list, own, of: terms.name)
      let newestFirst = isOldestFirst ? all.reversed() : all
      return Values(current: newestFirst.first, others: Array(newestFirst.dropFirst()))
    case .versioned(let list):
      let all = try elements(list, own, of: terms.name).map(numbered)
      return Values(current: all.first?.key, others: all.dropFirst().map(\.key), numbers: all)
    case .numbered(let previous, let next, let bare):
      if let stray = try value(of: bare, document, reading), !stray.isEmpty {
        throw RotationRefusal.bareKey(terms.name, bare, terms.shownPath)
      }
      let others = try [previous, next].compactMap { try value(of: $0, document, reading) }
      return Values(current: own, others: others.filter { !$0.isEmpty })
    }
  }

  /// Writes the keys of a ring. A list that would be empty is removed with its line.
  func write(_ ring: KeyRing, to document: inout Document, at placement: Placement, _ numbers: NumberedKeys)
    throws
  {
    let others = ring.previous.map(\.key.secret) + (ring.next.map { [$0.key.secret] } ?? [])
    let all = [ring.current.secret] + others
    switch layout {
    case .alone: try set(terms.name, ring.current.secret, &document, placement)
    case .beside(let list, let name):
      try set(terms.name, ring.current.secret, &document, placement)
      let text = try others.isEmpty ? nil : value(list, isOldestFirst ? others.reversed() : others)
      try set(name, text, &document, .after(key: terms.name))
    case .within(let list):
      try set(terms.name, value(list, isOldestFirst ? all.reversed() : all), &document, placement)
    case .versioned(let list):
      try set(
        terms.name, value(list, all.map { try Self.entry(numbers.number(of: $0), $0) }), &document, placement)
    case .numbered(let previous, let next, _):
      try set(terms.name, ring.current.secret, &document, placement)
      try set(previous, ring.previous.first?.key.secret, &document, .after(key: terms.name))
      let isKept = document.lastEntry(for: previous) != nil
      try set(next, ring.next?.key.secret, &document, .after(key: isKept ? previous : terms.name))
    }
  }

  // MARK: Numbers

  /// The key and the number of `7:key`.
  private func numbered(_ entry: Secret) throws -> (key: Secret, number: Int) {
    let parts = try entry.withBytes { (bytes: borrowing RawSpan) throws -> (key: Secret, number: Int)? in
      var (number, offset) = (0, 0)
      while offset < min(bytes.byteCount, 9) {
        let byte = bytes[octet: offset]
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
        offset += 1
      }
      guard offset > 0, offset + 1 < bytes.byteCount, bytes[octet: offset] == UInt8(ascii: ":") else {
        return nil
      }
      return (try Secret(copying: bytes.extracting((offset + 1)..<bytes.byteCount)), number)
    }
    guard let parts else { throw RotationRefusal.listFormat(terms.name, terms.name, .versioned) }
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
    if entries.count > 1 { throw RotationRefusal.duplicateKey(name, entries.count, terms.shownPath) }
    let copy = reading.withValue(of: entry) { bytes in
      Result { () throws(SecretError) -> Secret in try Secret(copying: bytes) }
    }
    guard let copy else { throw RotationRefusal.unreadable(name, terms.shownPath) }
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
      throw failure(error, in: terms.name)
    }
  }

  private func failure(_ error: FallbackList.Failure, in name: String) -> any Error {
    switch error {
    case .malformed: RotationRefusal.listFormat(terms.name, name, terms.policy.fallbackFormat)
    case .unlistable: RotationRefusal.unlistable(terms.name, terms.policy.fallbackFormat)
    case .memory(let error): error
    }
  }
}
