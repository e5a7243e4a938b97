package import CfgKitSecrets

/// One state of the document as a supervisor sees it: what it would start with, without any value.
package struct Snapshot: Sendable, Hashable {
  /// The revision of the document.
  package let revision: Int64
  /// Tells the environment that a process would get from another one.
  package let content: DocumentVersion
  /// What a process that was started with it signs and accepts with, by the key of each ring.
  package let rings: [String: RingReport]
  /// The fingerprints that must not come back, by the key of each ring.
  package let dead: [String: Set<Fingerprint>]

  package init(
    revision: Int64, content: DocumentVersion, rings: [String: RingReport],
    dead: [String: Set<Fingerprint>] = [:]
  ) {
    self.revision = revision
    self.content = content
    self.rings = rings
    self.dead = dead
  }

  /// Whether a process that signs as `other` says has to go at once: the key is in the wrong hands.
  func condemns(_ other: Snapshot) -> Bool {
    other.rings.contains { key, report in report.signing.map { dead[key]?.contains($0) == true } ?? false }
  }
}
