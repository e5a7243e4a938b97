package import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// One thing that every store promises, as a check of a store that holds no document yet.
package struct StorePromise: Sendable, CustomStringConvertible {
  /// A promise that was not kept.
  package struct Broken: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
  }

  /// The sentence.
  package let description: String
  private let check: @Sendable (any DocumentStore, _ largest: Int) async throws -> Void

  private init(_ description: String, _ check: @escaping @Sendable (any DocumentStore) async throws -> Void) {
    self.init(description) { store, _ in try await check(store) }
  }

  private init(
    _ description: String,
    _ check: @escaping @Sendable (any DocumentStore, _ largest: Int) async throws -> Void
  ) {
    self.description = description
    self.check = check
  }

  /// Throws what was found instead.
  ///
  /// - Parameter largest: the most bytes that a document of this store has.
  package func hold(of store: any DocumentStore, largest: Int = .max) async throws {
    try await check(store, largest)
  }

  /// All of them.
  package static let all = [
    StorePromise("where nothing is, loading says so and makes nothing") { store in
      for _ in 0..<2 {
        do throws(StoreError) {
          _ = try await store.load()
        } catch {
          try expect(error.code == .notFound, "loading nothing is \(error.code)")
          continue
        }
        throw Broken("loaded something")
      }
    },
    StorePromise("what is put is what is read, byte for byte, under the version that was given") {
      store, largest in
      var version = DocumentVersion.absent
      for bytes in documents where bytes.count <= largest {
        version = try await committed(bytes, version, in: store)
        let (found, foundVersion) = try await store.load()
        try expect(found.bytes == bytes, "read other bytes than were put")
        try expect(foundVersion == version, "read another version than was given")
      }
    },
    StorePromise("whoever comes late meets a conflict with the version that stands, and changes nothing") {
      store in
      let first = try await committed("A=1\n", .absent, in: store)
      let second = try await committed("A=2\n", first, in: store)
      for late in [.absent, first] {
        let outcome = try await store.replace(Document("A=3\n"), ifVersion: late, operation: OperationID())
        try expect(outcome == .conflict(second), "came late, and met \(outcome)")
      }
      try await expect("A=2\n", in: store)
    },
    StorePromise("a change of what is not there meets a conflict, and makes nothing") { store in
      let version = try await committed("A=1\n", .absent, in: store)
      _ = version
      let stranger = DocumentVersion(revision: 1_000_000_000)
      let outcome = try await store.replace(Document("A=3\n"), ifVersion: stranger, operation: OperationID())
      guard case .conflict = outcome else { throw Broken("met \(outcome)") }
      try await expect("A=1\n", in: store)
    },
    StorePromise("the same request again changes nothing, and undoes nobody's work") { store in
      let first = try await committed("A=1\n", .absent, in: store)
      let (new, operation) = (Document("A=2\n"), try OperationID())
      let outcome = try await store.replace(new, ifVersion: first, operation: operation)
      let again = try await store.replace(new, ifVersion: first, operation: operation)
      try expect(again == outcome, "said \(outcome) and then \(again)")
      guard case .committed(let second) = outcome else { throw Broken("met \(outcome)") }
      _ = try await committed("A=3\n", second, in: store)
      _ = try await store.replace(new, ifVersion: first, operation: operation)
      try await expect("A=3\n", in: store)
    },
    StorePromise("of many that change one document at once, none loses another's change") { store in
      _ = try await committed("A=1\n", .absent, in: store)
      try await withThrowingTaskGroup(of: Void.self) { racers in
        for racer in 0..<6 {
          racers.addTask {
            for round in 0..<4 {
              try await store.update(as: OperationID(), createIfAbsent: false, attempts: 1_000) { document in
                try document.set("K_\(racer)_\(round)", to: "1")
              }
            }
          }
        }
        try await racers.waitForAll()
      }
      let document = try await store.load().0
      try expect(document.entries.count == 25, "\(25 - document.entries.count) changes were lost")
    },
    StorePromise("an update that changes nothing, or fails, leaves document and version") { store in
      struct No: Error {}
      let version = try await committed("A=1\n", .absent, in: store)
      try await store.update(as: OperationID()) { _ in }
      do {
        try await store.update(as: OperationID()) { document in
          try document.set("A", to: "2")
          throw No()
        }
      } catch is No {}
      try await expect("A=1\n", in: store)
      try expect(try await store.load().1 == version, "the version changed")
    },
    StorePromise("an update of nothing is .notFound, or begins a document if told to") { store in
      do {
        try await store.update(as: OperationID()) { document in try document.set("A", to: "1") }
        throw Broken("began a document unasked")
      } catch let error as StoreError {
        try expect(error.code == .notFound, "updating nothing is \(error.code)")
      }
      try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
      try await expect("A=1\n", in: store)
    },
    StorePromise("a store with a history gives each document that was, and says with which they begin") {
      store in
      guard store.capabilities.contains(.history) else { return }
      guard let store = store as? any HistoryStore else { throw Broken("it has none") }
      let nothing = try await store.past(at: nil)
      try expect(nothing == nil, "something was before there was anything")
      let begin = RotationTime.now
      let first = try await committed("A=1\n", .absent, in: store)
      _ = try await committed("A=2\n", first, in: store)
      let newest = try await store.past(at: nil)
      try expect(newest?.document.bytes == Array("A=2\n".utf8), "the newest is another one")
      try expect(newest?.written.map { $0.seconds >= begin.seconds } == true, "it was written at no time")
      let oldest = try await store.past(at: newest?.before)
      try expect(oldest?.document.bytes == Array("A=1\n".utf8), "the one before is another one")
      try expect(oldest?.before == nil, "there is one before the first")
    },
    StorePromise("a watch tells of what came after a version, and of what comes") { store in
      let first = try await committed("A=1\n", .absent, in: store)
      let second = try await committed("A=2\n", first, in: store)
      var changes = store.watch(after: first).makeAsyncIterator()
      try expect(await changes.next(), is: "A=2\n", second)
      let third = try await committed("A=3\n", second, in: store)
      try expect(await changes.next(), is: "A=3\n", third)
    },
    StorePromise("a watch of what is known already is silent until a change") { store in
      let first = try await committed("A=1\n", .absent, in: store)
      let changes = Task {
        var changes = store.watch(after: first).makeAsyncIterator()
        return try await changes.next()
      }
      try await Task.sleep(for: .milliseconds(300))
      let second = try await committed("A=2\n", first, in: store)
      try expect(await changes.value, is: "A=2\n", second)
    },
  ]

  private static let documents: [[UInt8]] = [
    [], Array("A=1\n".utf8), Array("\u{FEFF}A='x\r\ny'\r\n# ü\r\nB".utf8), [0, 255, 10, 13, 61, 0],
    (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) },
    (0..<900_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) },
  ]

  // MARK: Checks

  private static func expect(_ condition: Bool, _ found: String) throws(Broken) {
    if !condition { throw Broken(found) }
  }

  private static func expect(_ text: String, in store: any DocumentStore) async throws {
    let found = try await store.load().0
    try expect(found.bytes == Array(text.utf8), "the document is not what it should be")
  }

  private static func expect(_ change: StoreChange?, is text: String, _ version: DocumentVersion) throws {
    guard case .document(let document, let found)? = change else {
      throw Broken("was told something else than a document")
    }
    try expect(document.bytes == Array(text.utf8) && found == version, "was told of another document")
  }

  private static func committed(
    _ text: String, _ version: DocumentVersion, in store: any DocumentStore
  ) async throws -> DocumentVersion {
    try await committed(Array(text.utf8), version, in: store)
  }

  private static func committed(
    _ bytes: [UInt8], _ version: DocumentVersion, in store: any DocumentStore
  ) async throws -> DocumentVersion {
    let outcome = try await store.replace(Document(bytes), ifVersion: version, operation: OperationID())
    guard case .committed(let version) = outcome else { throw Broken("met \(outcome)") }
    return version
  }
}

extension Document {
  fileprivate init(_ text: String) { self.init(Array(text.utf8)) }
}
