import CfgKitSecrets

/// One secret's life: next → current → previous → retired.
///
/// *Current* signs. *Next* is accepted and does not sign yet. *Previous* keys are accepted and sign no more. What was retired is
/// remembered by fingerprint only, so that it never comes back.
package struct KeyRing: Sendable {
  /// Where a ring stands.
  package enum Phase: String, Sendable, Hashable, CaseIterable {
    /// There is a current key, and nothing is under way.
    case steady
    /// The next key is published and does not sign.
    case staged
    /// The next key has become current; some replica may still sign with the previous one.
    case promoted
    /// Nobody signs with a previous key any more, and its clock runs.
    case grace
  }

  /// A key that is accepted and does not sign yet.
  package struct Next: Sendable {
    /// The key.
    package var key: RingKey
    /// When it was published.
    package var published: RotationTime
  }

  /// A key that signed once and is still accepted.
  package struct Previous: Sendable {
    /// The key.
    package var key: RingKey
    /// Until when it must be accepted; nil while some replica may still sign with it.
    package var until: RotationTime?
  }

  /// How many fingerprints of dead keys are kept.
  static let deadCount = 4

  /// The name of the key that holds the current one.
  package let name: String
  /// Where the ring stands.
  package internal(set) var phase: Phase
  /// How many changes of it were published.
  package internal(set) var generation: Int
  /// The last change.
  package internal(set) var operation: OperationID?
  /// Since when the current key signs; nil if nobody knows.
  package internal(set) var rotated: RotationTime?
  /// The key that signs.
  package internal(set) var current: RingKey
  /// The key that will sign, if it is published.
  package internal(set) var next: Next?
  /// Newest first.
  package internal(set) var previous: [Previous]
  /// Keys that must not come back, newest first.
  package internal(set) var dead: [Fingerprint]

  /// A ring with nothing under way.
  package init(_ name: String, current: RingKey, previous: [Previous] = [], rotated: RotationTime? = nil) {
    self.name = name
    self.current = current
    self.previous = previous
    self.rotated = rotated
    phase = previous.isEmpty ? .steady : .grace
    generation = 0
    dead = []
  }

  /// Whether the key that signs was retired or compromised: somebody brought it back past cfgkit.
  package var isCurrentDead: Bool { current.fingerprint.map(dead.contains) == true }

  /// All keys that a reader of the ring accepts.
  package var accepted: [RingKey] { [current] + previous.map(\.key) + (next.map { [$0.key] } ?? []) }

  /// The newest moment that is recorded; a clock that shows less is behind.
  var newestRecordedTime: RotationTime? { [rotated, next?.published].compactMap(\.self).max() }

  /// The phase of a ring in which nothing is staged and nobody is waited for.
  var restingPhase: Phase { previous.isEmpty ? .steady : .grace }

  /// Makes sure that keys never come back.
  mutating func bury(_ keys: [RingKey]) {
    let buried = keys.compactMap(\.fingerprint)
    dead = Array((buried + dead.filter { !buried.contains($0) }).prefix(Self.deadCount))
  }
}
