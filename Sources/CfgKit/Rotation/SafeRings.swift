package import CfgKitDotEnv
import CfgKitSecrets

/// What a document says of its rings, against changes that are made past the verbs of a rotation.
extension Project {
  /// Refuses a document that brings back a key that was retired or compromised, since whoever has it could sign with it again, and one
  /// that drops a key which a rotation that is under way needs.
  ///
  /// - Throws: `RotationRefusal`. What cannot be read as a ring is left to those who rotate it.
  package func expectSafeRings(of new: Document, after old: Document) throws(RotationRefusal) {
    for declaration in schema.declarations where declaration.rotation != nil {
      guard let before = ring(of: declaration, in: old) else { continue }
      let accepted = ring(of: declaration, in: new)?.ring.accepted ?? []
      let isBack = accepted.contains { key in
        before.key(key.secret).fingerprint.map(before.ring.dead.contains) == true
      }
      if isBack { throw .reusedValue(declaration.key) }
      guard [.staged, .promoted].contains(before.ring.phase) else { continue }
      let keepsAll = before.ring.accepted.allSatisfy { key in accepted.contains { $0.isSame(as: key) } }
      if !keepsAll { throw .underWay(declaration.key) }
    }
  }

  /// Whether a document replaces the current key of a ring, so that what it signed is accepted no more.
  package func replacesKey(_ name: String, in new: Document, after old: Document) -> Bool {
    guard let declaration = schema[name], declaration.rotation?.fallbackKey != nil,
      let before = ring(of: declaration, in: old)?.ring, before.current.isFit,
      let after = ring(of: declaration, in: new)?.ring
    else { return false }
    return !after.accepted.contains { $0.isSame(as: before.current) }
  }

  private func ring(of declaration: KeyDeclaration, in document: Document) -> RingFile? {
    let terms = RingFile.Terms(declaration.key, declaration, "", now: .now)
    let reading = document.read(
      options.isCompatible ? .compatible : .strict, environment: EnvironmentBlock.made([:]))
    return try? RingFile(terms, in: document, reading)
  }
}
