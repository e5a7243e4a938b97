package import CfgKitDotEnv
import CfgKitSecrets

/// The keys that a document remembers as retired or compromised, by their fingerprints.
extension Project {
  /// Refuses a document that brings one of them back: whoever has it could sign with it again.
  ///
  /// - Throws: `RotationRefusal`. What cannot be read as a ring is left to those who rotate it.
  package func expectNoneReturns(with new: Document, to old: Document) throws(RotationRefusal) {
    for declaration in schema.declarations where declaration.rotation != nil {
      guard let before = ring(of: declaration, in: old), !before.ring.dead.isEmpty,
        let after = ring(of: declaration, in: new)
      else { continue }
      let isBack = after.ring.accepted.contains { key in
        before.key(key.secret).fingerprint.map(before.ring.dead.contains) == true
      }
      if isBack { throw .reusedValue(declaration.key) }
    }
  }

  private func ring(of declaration: KeyDeclaration, in document: Document) -> RingFile? {
    let terms = RingFile.Terms(declaration.key, declaration, "", now: .now)
    let reading = document.read(
      options.isCompatible ? .compatible : .strict, environment: EnvironmentBlock.made([:]))
    return try? RingFile(terms, in: document, reading)
  }
}
