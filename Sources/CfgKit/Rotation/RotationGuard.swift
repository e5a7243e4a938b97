/// A condition of a transition, and the refusal where it does not hold.
enum RotationGuard {
  /// The clock is not behind a recorded moment.
  case clock
  /// The schema names a place where a second key stays accepted.
  case fallback
  /// The current key is fit to stay accepted.
  case fitCurrent
  /// The current key is none that was retired or compromised.
  case aliveCurrent
  /// There is room for one more previous key.
  case room
  /// The new key is none that is or was in the ring.
  case freshIsNew
  /// Every member serves with the ring as it is.
  case acknowledged
  /// A previous key may go.
  case due
  /// The key that would sign again was not retired.
  case previousIsAlive
  /// The person knows that everybody signs in again.
  case confirmed
  /// There is nothing to lose.
  case currentIsEmpty

  func pass(_ it: RotationSituation) throws(RotationRefusal) {
    let ring = it.ring
    switch self {
    case .clock:
      if let newest = ring.newestRecordedTime, it.now < newest { throw .clockBehind(ring.name, newest) }
    case .fallback:
      if it.policy.fallbackKey == nil { throw .noFallback(ring.name) }
    case .fitCurrent:
      if !ring.current.isFit { throw .unfitCurrent(ring.name) }
    case .aliveCurrent:
      if ring.isCurrentDead { throw .deadCurrent(ring.name) }
    case .room:
      let live = ring.previous.filter { !it.isDue($0) }
      if live.count >= it.policy.mostPrevious {
        throw .tooManyPrevious(ring.name, live.count, until: live.last?.until)
      }
    case .freshIsNew:
      for fresh in [it.event.fresh, it.event.standing].compactMap(\.self) {
        if !fresh.isFit { throw .weakValue(ring.name) }
        let isKnown = ring.accepted.contains { $0.isSame(as: fresh) }
        if isKnown || fresh.fingerprint.map(ring.dead.contains) == true { throw .reusedValue(ring.name) }
      }
    case .acknowledged:
      if it.members?.isEmpty == true { throw .noMembers(ring.name) }
      let missing = it.missingMembers
      if let ahead = missing.first(where: { if case .ahead = $0.standing { true } else { false } }) {
        throw .documentOutdated(ring.name, ahead.name)
      }
      if let apart = missing.first(where: { $0.standing == .clockApart }) {
        throw .clocksApart(ring.name, apart.name)
      }
      if !missing.isEmpty { throw .acknowledgementsMissing(ring, missing, again: it.event.flag) }
    case .due:
      if ring.previous.contains(where: it.isDue) { return }
      let dates = ring.previous.compactMap(it.due)
      guard let first = dates.min() else {
        throw .acknowledgementsMissing(ring, it.missingMembers, again: it.event.flag)
      }
      throw .tooEarly(ring.name, until: first)
    case .previousIsAlive:
      guard let first = ring.previous.first else { throw .outOfStep(ring.name, .abort, in: ring.phase) }
      if first.key.fingerprint.map(ring.dead.contains) == true { throw .reusedValue(ring.name) }
    case .confirmed:
      if !it.event.isConfirmed { throw .unconfirmed(ring.name) }
    case .currentIsEmpty:
      if !ring.current.secret.isEmpty { throw .outOfStep(ring.name, .fill, in: ring.phase) }
    }
  }
}
