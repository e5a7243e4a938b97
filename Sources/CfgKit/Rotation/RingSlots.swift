import CfgKitDotEnv
import CfgKitSecrets

/// Where the keys of a ring stand in a document, by the policy's list: in a key of its own, or all in one.
struct RingSlots {
  /// The values that stand there.
  struct Values {
    /// The current key; nil if there is none.
    var current: Secret?
    /// The keys accepted beside it, the newest previous first, next last.
    var others: [Secret]
  }

  private let terms: RingFile.Terms
  private let list: FallbackList?
  private let isOldestFirst: Bool

  /// - Throws: `RotationRefusal` for a format that cannot be read.
  init(_ terms: RingFile.Terms) throws(RotationRefusal) {
    self.terms = terms
    isOldestFirst = terms.policy.fallbackOrder == .oldestFirst
    switch terms.policy.fallbackFormat {
    case _ where terms.policy.fallbackKey == nil: list = nil
    case .csv: list = FallbackList(format: .csv)
    case .json: list = FallbackList(format: .json)
    case .authjs, .versioned, .jwks: throw .unsupportedFormat(terms.name, terms.policy.fallbackFormat)
    }
  }

  /// The keys of the document that belong to the ring.
  var names: Set<String> { Set([terms.name, terms.policy.fallbackKey].compactMap(\.self)) }

  /// The key of a list of its own.
  private var listName: String? { terms.policy.fallbackKey == terms.name ? nil : terms.policy.fallbackKey }

  /// Reads them.
  func read(_ document: Document, _ reading: Reading) throws -> Values {
    let value = try value(of: terms.name, document, reading)
    if value == nil, !terms.mayBeAbsent { throw RotationRefusal.notSet(terms.name, terms.shownPath) }
    guard let list else { return Values(current: value, others: []) }
    guard let listName else {
      let all = try elements(list, value, of: terms.name)
      let newestFirst = isOldestFirst ? all.reversed() : all
      return Values(current: newestFirst.first, others: Array(newestFirst.dropFirst()))
    }
    let all = try elements(list, try self.value(of: listName, document, reading), of: listName)
    return Values(current: value, others: isOldestFirst ? all.reversed() : all)
  }

  /// Writes the keys of a ring. A list that would be empty is removed with its line.
  func write(_ ring: KeyRing, to document: inout Document, at placement: Placement) throws {
    let others = ring.previous.map(\.key.secret) + (ring.next.map { [$0.key.secret] } ?? [])
    guard let list else { return try set(terms.name, ring.current.secret, &document, placement) }
    guard let listName else {
      let all = [ring.current.secret] + others
      return try set(terms.name, value(list, isOldestFirst ? all.reversed() : all), &document, placement)
    }
    try set(terms.name, ring.current.secret, &document, placement)
    if others.isEmpty {
      try document.remove(listName)
    } else {
      let text = try value(list, isOldestFirst ? others.reversed() : others)
      try set(listName, text, &document, .after(key: terms.name))
    }
  }

  private func set(_ name: String, _ value: Secret, _ document: inout Document, _ placement: Placement) throws
  {
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
