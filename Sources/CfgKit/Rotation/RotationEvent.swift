import CfgKitSecrets

/// What happens to a ring: one verb, with everything it brings along.
package struct RotationEvent: Sendable {
  /// What `rotate-secret` can be asked for, and what is only seen: acknowledgements and a hand that edited the file.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case fill, rotate, replace, prepare, promote, acknowledge, retire, abort, compromise, reconcile
  }

  /// The verb.
  package let kind: Kind
  /// Names this change, so that it happens once however often it is sent.
  package let operation: OperationID
  /// A new key, for the verbs that need one: fill, rotate, replace, prepare, compromise.
  package let fresh: RingKey?
  /// A second new key, which a rotation publishes as the next one where a next key always stands ready.
  package let standing: RingKey?
  /// The overlap that was asked for instead of the policy's.
  package let grace: Duration?
  /// Whether the person knows that everybody signs in again.
  package let isConfirmed: Bool

  /// A verb and what it brings.
  package init(
    _ kind: Kind, _ operation: OperationID, fresh: RingKey? = nil, standing: RingKey? = nil,
    grace: Duration? = nil, isConfirmed: Bool = false
  ) {
    self.kind = kind
    self.operation = operation
    self.fresh = fresh
    self.standing = standing
    self.grace = grace
    self.isConfirmed = isConfirmed
  }

  /// Whether the verb puts a new key into the ring.
  package static func needsFresh(_ kind: Kind) -> Bool {
    switch kind {
    case .fill, .rotate, .replace, .prepare, .compromise: true
    case .promote, .acknowledge, .retire, .abort, .reconcile: false
    }
  }
}

/// What a change asks of the world around the ring.
package enum RotationEffect: Sendable, Hashable {
  /// Write the ring down, in one swap.
  case replace
  /// Wait until every member serves with this generation.
  case awaitAcks(Int)
  /// Every process that reads the key has to be restarted.
  case restart
  /// Previous keys were dropped.
  case retired(Int)
}
