import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Whether a change in one file of a project would have the effect that it is made for.
extension Project {
  /// Refuses a change that another layer would hide, or that would hide another layer's part of the ring.
  ///
  /// - Parameter names: the keys of the ring: its own, and those of its list.
  func expectVisible(
    _ terms: RingFile.Terms, _ names: [String], in document: Document, _ reading: Reading,
    writtenTo shownPath: String
  ) throws {
    let index = files.lastIndex { $0.shownPath == shownPath }
    for name in names {
      let own = try Self.value(of: name, in: document, reading)
      for file in files.dropFirst((index ?? -1) + 1) {
        guard let other = try Self.value(of: name, in: file.document, file.reading) else { continue }
        guard let own, own.matches(other) else {
          throw RotationRefusal.shadowed(terms.name, name, by: file.shownPath)
        }
      }
      try expectNoOther(than: own, of: name, inUnreadFilesOf: terms)
      if let other = try environmentValue(of: name) {
        guard let own, own.matches(other) else {
          throw RotationRefusal.shadowed(terms.name, name, by: "the environment")
        }
      }
      // A list that begins here would hide the one below it, and with it the keys that are still in use.
      guard own == nil, name != terms.name else { continue }
      for file in files.prefix(index ?? files.count) {
        guard let lower = try Self.value(of: name, in: file.document, file.reading), !lower.isEmpty else {
          continue
        }
        throw RotationRefusal.splitRing(terms.name, terms.shownPath, name, file.shownPath)
      }
    }
  }

  /// A file that cfgkit does not read without `--env`, but many frameworks do, and prefer.
  private func expectNoOther(than own: Secret?, of name: String, inUnreadFilesOf terms: RingFile.Terms) throws
  {
    for path in unreadFiles {
      guard let (document, _) = try? FileStore(path).load(),
        let other = try Self.value(of: name, in: document, document.read(.compatible))
      else { continue }
      guard let own, own.matches(other) else {
        throw RotationRefusal.shadowedUnread(terms.name, name, by: ShownPath.of(path), terms.shownPath)
      }
    }
  }

  private func environmentValue(of name: String) throws -> Secret? {
    var value: Result<Secret, any Error>?
    options.environment.withVariable(name) { bytes in value = Result { try Secret(copying: bytes) } }
    return try value?.get()
  }

  private static func value(of name: String, in document: Document, _ reading: Reading) throws -> Secret? {
    guard let entry = document.lastEntry(for: name) else { return nil }
    return try reading.withValue(of: entry) { bytes in Result { try Secret(copying: bytes) } }?.get()
  }
}
