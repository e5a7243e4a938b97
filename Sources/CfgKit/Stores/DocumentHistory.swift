import CfgKitDotEnv

/// When a document was changed, and which keys: never what they held, nor who changed them.
package struct DocumentHistory: Sendable {
  /// What happened to a key.
  package enum Kind: String, Sendable, CaseIterable {
    case added, changed, removed
  }

  /// One change of the document.
  package struct Change: Sendable {
    /// When, by the clock of who wrote it; nil if that was no cfgkit.
    package let time: RotationTime?
    /// The keys and what happened to each, in alphabetical order; none where only comments changed.
    package let keys: [(key: String, kind: Kind)]
  }

  /// The newest first.
  package let changes: [Change]
  /// Whether the last one is the document's first.
  package let reachesBeginning: Bool

  /// Reads what the store still keeps.
  ///
  /// - Parameter limit: how many changes at most.
  /// - Throws: `StoreError`
  package init(of store: any HistoryStore, limit: Int) async throws(StoreError) {
    var changes: [Change] = []
    var isComplete = false
    var newer = try await store.past(at: nil)
    while let present = newer, changes.count < limit {
      let older: PastDocument?
      if let before = present.before {
        older = try await store.past(at: before)
        // Older ones are gone: what this one changed cannot be told any more.
        if older == nil { break }
      } else {
        (older, isComplete) = (nil, true)
      }
      changes.append(
        Change(time: present.written, keys: Self.difference(older?.document, present.document)))
      newer = older
    }
    self.changes = changes
    reachesBeginning = isComplete
  }

  private static func difference(_ old: Document?, _ new: Document) -> [(key: String, kind: Kind)] {
    let (before, after) = (keys(of: old), keys(of: new))
    return before.union(after).sorted().compactMap { key in
      guard before.contains(key) else { return (key, .added) }
      guard after.contains(key), let old else { return (key, .removed) }
      return isSame(key, old, new) ? nil : (key, .changed)
    }
  }

  private static func keys(of document: Document?) -> Set<String> {
    guard let document else { return [] }
    return Set(document.entries.map { document.key(of: $0) })
  }

  /// Whether the effective value of a key is written in the same bytes.
  private static func isSame(_ key: String, _ old: Document, _ new: Document) -> Bool {
    guard let one = old.lastEntry(for: key)?.valueRange, let other = new.lastEntry(for: key)?.valueRange,
      one.count == other.count
    else { return false }
    return old.withBytes { oldBytes in
      new.withBytes { newBytes in
        zip(one, other).allSatisfy { oldBytes[octet: $0] == newBytes[octet: $1] }
      }
    }
  }
}
