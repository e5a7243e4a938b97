/// One row of the table of what may happen to a ring, and what becomes of it.
struct RotationTransition: Sendable {
  /// Whether a row is about stores that know their members.
  enum Scope {
    case anywhere, file, members
  }

  /// The row's number there; 0 for filling an empty secret.
  let number: Int
  let phases: Set<KeyRing.Phase>
  let event: RotationEvent.Kind
  var scope = Scope.anywhere
  /// Whether the row is about a next key that always stands ready.
  var standingNext = false
  let guards: [RotationGuard]
  /// Whether previous keys go.
  var drops = false
  let change: @Sendable (inout KeyRing, RotationSituation) -> Void

  /// Whether the row speaks of this situation.
  func applies(to situation: RotationSituation) -> Bool {
    guard event == situation.event.kind, phases.contains(situation.ring.phase) else { return false }
    if standingNext, !situation.policy.keepsStandingNext || situation.ring.next == nil { return false }
    return switch scope {
    case .anywhere: true
    case .file: situation.members == nil
    case .members: situation.members != nil
    }
  }

  private static let anyPhase = Set(KeyRing.Phase.allCases)

  /// Where a verb that is said again changes nothing.
  static let repetitions: [RotationEvent.Kind: Set<KeyRing.Phase>] = [
    .prepare: [.staged],
    .promote: [.promoted, .grace],
    .retire: [.steady],
    .acknowledge: [.steady, .staged, .grace],
  ]

  /// The rows; the first that applies counts.
  static let table: [RotationTransition] = [
    RotationTransition(number: 0, phases: anyPhase, event: .fill, guards: [.currentIsEmpty, .freshIsNew]) {
      ring, it in
      ring.takeFresh(it)
    },
    RotationTransition(
      number: 1, phases: [.steady, .grace], event: .prepare,
      guards: [.clock, .fallback, .fitCurrent, .aliveCurrent, .room, .freshIsNew]
    ) { ring, it in
      ring.stage(it)
    },
    RotationTransition(number: 2, phases: [.staged], event: .promote, guards: [.clock, .acknowledged]) {
      ring, it in
      ring.promote(it)
    },
    RotationTransition(number: 3, phases: [.promoted], event: .acknowledge, guards: [.clock, .acknowledged]) {
      ring, it in
      ring.startClock(it)
    },
    RotationTransition(
      number: 4, phases: [.grace], event: .retire, guards: [.clock, .due, .acknowledged], drops: true
    ) { ring, it in
      ring.retire(it)
    },
    RotationTransition(
      number: 7, phases: [.steady, .staged, .grace], event: .rotate, standingNext: true,
      guards: [.clock, .fallback, .fitCurrent, .aliveCurrent, .acknowledged, .room, .freshIsNew]
    ) { ring, it in
      ring.makeRoom(it)
      ring.promote(it)
      if let fresh = it.event.fresh { ring.next = KeyRing.Next(key: fresh, published: it.now) }
    },
    // The first of three changes; whoever asked goes on with promote when all have acknowledged.
    RotationTransition(
      number: 5, phases: [.steady, .grace], event: .rotate, scope: .members,
      guards: [.clock, .fallback, .fitCurrent, .aliveCurrent, .room, .freshIsNew]
    ) { ring, it in
      ring.stage(it)
    },
    RotationTransition(
      number: 6, phases: [.steady, .grace], event: .rotate, scope: .file,
      guards: [.clock, .fallback, .fitCurrent, .aliveCurrent, .room, .freshIsNew]
    ) { ring, it in
      ring.stage(it)
      ring.promote(it)
      if let standing = it.event.standing { ring.next = KeyRing.Next(key: standing, published: it.now) }
    },
    RotationTransition(number: 8, phases: [.staged], event: .abort, guards: []) { ring, it in
      ring.next = nil
      ring.phase = ring.restingPhase
    },
    RotationTransition(
      number: 9, phases: [.promoted, .grace], event: .abort, guards: [.previousIsAlive]
    ) { ring, it in
      ring.takeBack(it)
    },
    RotationTransition(
      number: 10, phases: anyPhase, event: .compromise, guards: [.confirmed, .freshIsNew], drops: true
    ) { ring, it in
      ring.dropAll(it)
    },
    RotationTransition(
      number: 11, phases: [.steady, .grace], event: .replace, guards: [.confirmed, .freshIsNew], drops: true
    ) { ring, it in
      ring.dropAll(it)
    },
    RotationTransition(number: 13, phases: anyPhase, event: .reconcile, guards: [.aliveCurrent]) { ring, it in
      ring.restart(it)
    },
  ]
}

extension KeyRing {
  fileprivate mutating func takeFresh(_ it: RotationSituation) {
    guard let fresh = it.event.fresh else { return }
    current = fresh
    rotated = it.now
  }

  fileprivate mutating func stage(_ it: RotationSituation) {
    guard let fresh = it.event.fresh else { return }
    makeRoom(it)
    next = Next(key: fresh, published: it.now)
    phase = .staged
  }

  fileprivate mutating func promote(_ it: RotationSituation) {
    guard let next else { return }
    previous.insert(Previous(key: current, until: it.freshUntil), at: 0)
    current = next.key
    self.next = nil
    rotated = it.now
    phase = it.members == nil ? .grace : .promoted
  }

  /// The clock starts when the last replica stopped signing with the old key, not at the swap.
  fileprivate mutating func startClock(_ it: RotationSituation) {
    let last = it.members?.map(\.acknowledged).max() ?? it.now
    for index in previous.indices where previous[index].until == nil {
      previous[index].until = last + it.grace
    }
    phase = restingPhase
  }

  fileprivate mutating func retire(_ it: RotationSituation) {
    bury(previous.filter(it.isDue).map(\.key))
    previous.removeAll(where: it.isDue)
    phase = restingPhase
  }

  /// Drops what is past its date, so that there is room for one more.
  fileprivate mutating func makeRoom(_ it: RotationSituation) {
    guard previous.count > 1 else { return }
    retire(it)
  }

  fileprivate mutating func takeBack(_ it: RotationSituation) {
    let back = previous.removeFirst()
    previous.insert(Previous(key: current, until: it.freshUntil), at: 0)
    current = back.key
    rotated = it.now
    phase = it.members == nil ? .grace : .promoted
  }

  fileprivate mutating func dropAll(_ it: RotationSituation) {
    bury([current] + previous.map(\.key) + (next.map { [$0.key] } ?? []))
    previous = []
    next = nil
    phase = .steady
    takeFresh(it)
  }

  /// What a hand wrote counts: KEY is current, the list is previous with a fresh date.
  fileprivate mutating func restart(_ it: RotationSituation) {
    previous = previous.map { Previous(key: $0.key, until: it.now + it.policy.settle + it.grace) }
    next = nil
    phase = restingPhase
    // Nobody knows since when a key signs that a hand wrote; its age counts from when it was seen.
    rotated = rotated ?? it.now
  }
}
