package import CfgKitDotEnv
import CfgKitSecrets
package import SystemPackage

/// What one member keeps on the disk of its machine, sealed with a key that stays there: its place on the roster and the document that it
/// served with last, so that it can start while the store is away.
///
/// One process has it at a time, for as long as the value lives.
package final class MemberState: Sendable {
  /// What was kept.
  package struct Kept: Sendable {
    /// The place that it had.
    package var place: MemberPlace
    /// Whether it was not given back.
    package var isOnRoster: Bool
    /// What it served with last, and its revision.
    package var served: (document: Document, revision: Int64)?
  }

  private let file: FileStore
  private let lock: FileDescriptor
  private let key: MachineKey
  /// What messages call the store that it belongs to.
  private let storeName: String

  /// Takes the state of a member.
  ///
  /// - Parameters:
  ///   - folder: where it lies; made if it is not there.
  ///   - keyFile: the machine's key; made if it is not there.
  /// - Returns: nil if another process has it.
  /// - Throws: `StoreError`, or `SecretError`.
  package init?(
    of name: MemberName, in folder: FilePath, keyFile: FilePath? = nil, for store: any MemberStore
  ) throws {
    try Self.make(folder)
    do {
      lock = try SystemCalls.open(folder.appending("\(name).lock"), for: .locking)
      guard try SystemCalls.tryLock(lock) else {
        try SystemCalls.close(lock)
        return nil
      }
    } catch {
      throw StoreError(creatingBeside: folder.appending("\(name).lock"), error)
    }
    key = try Self.key(at: keyFile ?? folder.appending("machine.key"))
    file = FileStore(folder.appending("\(name).sealed"))
    storeName = store.name
  }

  deinit { try? SystemCalls.close(lock) }

  /// What the last process left; nil if there is nothing, or it is another store's or another machine's.
  package func load() throws -> Kept? {
    let box: [UInt8]
    do { box = try file.load().0.bytes } catch {
      if error.code == .notFound { return nil }
      throw error
    }
    guard let opened = try key.open(box) else { return nil }
    return try opened.withBytes { bytes in try Kept(reading: bytes, of: storeName) }
  }

  /// Keeps something, durably.
  package func save(_ kept: Kept) throws {
    let header = Array(kept.header(storeName).utf8)
    let document = try kept.served?.document ?? .guarded()
    let box = try document.withBytes { bytes throws(SecretError) in
      let plain = try SecretBytes(capacity: header.count + bytes.byteCount) { room in
        for (offset, byte) in header.enumerated() {
          room.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        }
        for index in 0..<bytes.byteCount {
          room.storeBytes(of: bytes[octet: index], toByteOffset: header.count + index, as: UInt8.self)
        }
        return header.count + bytes.byteCount
      }
      return plain.withBytes { key.seal($0) }
    }
    try file.update(createIfAbsent: true, makesPrivate: true) { $0 = Document(box) }
  }

  /// Makes a folder, and those above it.
  private static func make(_ folder: FilePath) throws(StoreError) {
    do { try SystemCalls.makeFolder(folder, mode: 0o700) } catch {
      if error == .fileExists { return }
      let above = folder.removingLastComponent()
      guard error == .noSuchFileOrDirectory, !above.isEmpty, above != folder else {
        throw StoreError(creatingBeside: folder, error)
      }
      try make(above)
      do { try SystemCalls.makeFolder(folder, mode: 0o700) } catch {
        if error != .fileExists { throw StoreError(creatingBeside: folder, error) }
      }
    }
  }

  private static func key(at path: FilePath) throws -> MachineKey {
    do {
      let kept = try FileStore(path).load().0.withBytes { bytes throws(SecretError) in
        try Secret(copying: bytes)
      }
      if let key = try MachineKey(kept) { return key }
      throw StoreError(
        .inputOutput, place: path.string,
        "\(ShownPath.of(path)) holds no key of 32 bytes; remove it, and a new one is made")
    } catch let error as StoreError where error.code == .notFound {
      let key = try MachineKey()
      let document = try key.withBytes { bytes throws(SecretError) in
        Document(
          try DocumentStorage(guarding: bytes.byteCount) { room in
            SystemCalls.copy(bytes, into: &room)
            return bytes.byteCount
          })
      }
      try FileStore(path).update(createIfAbsent: true, makesPrivate: true) { $0 = document }
      return key
    }
  }
}

extension MemberState.Kept {
  private static let title = "cfgkit member 1"

  /// Lines of a name and a value, then an empty line.
  fileprivate func header(_ store: String) -> String {
    var lines = [Self.title, "store \(store)", "name \(place.claim.name)", "holder \(place.claim.holder)"]
    lines += ["lease \(place.lease)", "entry \(place.entry)", "roster \(isOnRoster ? 1 : 0)"]
    if let fence = place.claim.fence { lines.append("fence \(fence.components.seconds)") }
    if let served { lines.append("revision \(served.revision)") }
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// Nil for another form, or another store.
  fileprivate init?(reading bytes: borrowing RawSpan, of store: String) throws(SecretError) {
    var end = 0
    while end + 1 < bytes.byteCount, bytes[octet: end] != 0x0A || bytes[octet: end + 1] != 0x0A { end += 1 }
    guard end + 2 <= bytes.byteCount else { return nil }
    let lines = bytes.extracting(0..<end).text.split(separator: "\n")
    guard lines.first == Self.title[...] else { return nil }
    let pairs = lines.dropFirst().compactMap { line -> (Substring, String)? in
      let parts = line.split(separator: " ", maxSplits: 1)
      return parts.count == 2 ? (parts[0], String(parts[1])) : nil
    }
    let fields = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    guard fields["store"] == store, let name = fields["name"].flatMap({ MemberName($0) }),
      let holder = fields["holder"].flatMap({ OperationID(parsing: $0) }),
      let lease = fields["lease"].flatMap({ Int64($0) }), let entry = fields["entry"].flatMap({ Int64($0) })
    else { return nil }
    let fence = fields["fence"].flatMap { Int64($0) }.map { Duration.seconds($0) }
    place = MemberPlace(MemberClaim(name, holder: holder, fence: fence), lease: lease, entry: entry)
    isOnRoster = fields["roster"] == "1"
    guard let revision = fields["revision"].flatMap({ Int64($0) }) else { return }
    let rest = bytes.extracting(end + 2..<bytes.byteCount)
    let storage = try DocumentStorage(guarding: rest.byteCount) { room in
      SystemCalls.copy(rest, into: &room)
      return rest.byteCount
    }
    served = (Document(storage), revision)
  }
}
