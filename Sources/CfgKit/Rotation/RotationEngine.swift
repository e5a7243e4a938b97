/// The state machine of one ring, as a pure function: no clock, no file, no randomness of its own.
package enum RotationEngine {
  /// Takes one event to a ring.
  ///
  /// - Parameters:
  ///   - ring: where it stands.
  ///   - event: what happens; its fresh key comes along.
  ///   - members: who serves with the ring under a lease; nil for a plain file, which knows nobody.
  ///   - policy: how the ring rotates.
  ///   - now: the moment.
  /// - Returns: the new ring, and what has to be done about it; no effect if the event changes nothing.
  /// - Throws: `RotationRefusal`.
  package static func step(
    _ ring: KeyRing, _ event: RotationEvent, members: [RotationMember]?, policy: RotationPolicy,
    now: RotationTime
  ) throws(RotationRefusal) -> (KeyRing, [RotationEffect]) {
    if ring.operation == event.operation { return (ring, []) }
    let situation = RotationSituation(ring: ring, event: event, members: members, policy: policy, now: now)
    if RotationTransition.repetitions[event.kind]?.contains(ring.phase) == true { return (ring, []) }
    if event.kind == .prepare, ring.next != nil { return (ring, []) }
    guard let transition = RotationTransition.table.first(where: { $0.applies(to: situation) }) else {
      throw .outOfStep(ring.name, event.kind, in: ring.phase)
    }
    for check in transition.guards { try check.pass(situation) }
    var changed = ring
    transition.change(&changed, situation)
    changed.generation = ring.generation + 1
    changed.operation = event.operation
    var effects: [RotationEffect] = [.replace]
    if members != nil { effects.append(.awaitAcks(changed.generation)) } else { effects.append(.restart) }
    if transition.drops {
      effects.append(.retired(ring.previous.count - changed.previous.count))
    }
    return (changed, effects)
  }
}

/// Everything that a transition may look at.
struct RotationSituation {
  let ring: KeyRing
  let event: RotationEvent
  let members: [RotationMember]?
  let policy: RotationPolicy
  let now: RotationTime

  /// The overlap that counts for this event.
  var grace: Duration { event.grace ?? policy.grace }

  /// Until when a key that is replaced now stays accepted: nobody can say while members may still sign with it.
  var freshUntil: RotationTime? { members == nil ? now + policy.settle + grace : nil }

  /// Whether a previous key may go. An overlap that was asked for counts instead of the policy's; none at all means now.
  func isDue(_ key: KeyRing.Previous) -> Bool { due(key).map { $0 <= now } ?? false }

  /// When a previous key may go.
  func due(_ key: KeyRing.Previous) -> RotationTime? {
    guard let until = key.until else { return nil }
    guard event.kind == .retire, let grace = event.grace else { return until }
    return grace == .zero ? now : RotationTime(seconds: until.seconds) + (grace - policy.grace)
  }

  /// The members that do not serve with the ring as it is, and how they stand.
  var missingMembers: [MemberStanding] {
    (members ?? []).map { MemberStanding($0, beside: ring, now: now) }.filter { $0.standing != .current }
  }
}
