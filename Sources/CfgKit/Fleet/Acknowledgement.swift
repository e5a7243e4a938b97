package import CfgKitSecrets

/// What a member says that it serves with. It holds no value: fingerprints only, and none of a key that could be guessed.
package struct Acknowledgement: Sendable, Hashable {
  /// The revision of the document that its processes were started with; nil while they are not.
  package var revision: Int64?
  /// What it signs and accepts with, by the key of each ring.
  package var rings: [String: RingReport]
  /// When it said so, by its own clock.
  package var time: RotationTime

  /// - Parameter revision: nil for a member that is alive and serves with nothing yet.
  package init(revision: Int64?, rings: [String: RingReport] = [:], time: RotationTime) {
    self.revision = revision
    self.rings = rings
    self.time = time
  }
}

/// One ring as a process holds it.
package struct RingReport: Sendable, Hashable {
  /// The generation of the ring.
  package var generation: Int
  /// The fingerprint of the key that it signs with; nil below the strength bar.
  package var signing: Fingerprint?
  /// The fingerprints of all keys that it accepts.
  package var accepted: Set<Fingerprint>

  package init(generation: Int, signing: Fingerprint?, accepted: Set<Fingerprint>) {
    self.generation = generation
    self.signing = signing
    self.accepted = accepted
  }

  /// What a process holds that has this ring.
  package init(of ring: KeyRing) {
    self.init(
      generation: ring.generation, signing: ring.current.fingerprint,
      accepted: Set(ring.accepted.compactMap(\.fingerprint)))
  }
}
