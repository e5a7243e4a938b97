/// What a supervisor is told.
package enum SupervisorEvent: Sendable, Hashable {
  /// It begins; `saved` is what the last run of this member left.
  case begin(saved: SavedMember?)
  /// It has a place on the roster: a new one, or its old one under a new lease.
  case joined(MemberPlace, sent: ContinuousClock.Instant)
  /// Somebody who is alive has its name.
  case nameHeld
  /// Its place is somebody else's, or nobody's.
  case offRoster
  /// The store said that the lease holds.
  case renewed(sent: ContinuousClock.Instant)
  /// The store said that the lease has run out.
  case lapsed
  /// A request of this member could not be done for now.
  case storeAway
  /// The store has a valid document.
  case document(Snapshot)
  /// The store has a document that is not valid, or none.
  case invalidDocument
  /// The store knows what is served with.
  case acknowledged(revision: Int64?)
  /// It has no slot any more.
  case slotFreed
  /// Whether it has a slot now.
  case slot(isTaken: Bool)
  /// A child of that number serves.
  case ready(child: Int)
  /// A child of that number does not serve, though it had time to.
  case notReady(child: Int)
  /// A child of that number has ended; the code is what a shell would say.
  case exited(child: Int, code: Int32)
  /// The place was given back, or the store was away too long for that.
  case left
  /// Somebody wants it to end.
  case stop(signal: Int32)
  /// A moment has come that the state asked to be woken at.
  case due(SupervisorTimer)

  /// The kinds, for the table.
  enum Kind: Hashable, CaseIterable {
    case begin, joined, nameHeld, offRoster, renewed, acknowledged, lapsed, storeAway, document,
      invalidDocument
    case slot, slotFreed, ready, notReady, exited, left, stop, due
  }

  var kind: Kind {
    switch self {
    case .begin: .begin
    case .joined: .joined
    case .nameHeld: .nameHeld
    case .offRoster: .offRoster
    case .renewed: .renewed
    case .acknowledged: .acknowledged
    case .lapsed: .lapsed
    case .storeAway: .storeAway
    case .document: .document
    case .invalidDocument: .invalidDocument
    case .slot: .slot
    case .slotFreed: .slotFreed
    case .ready: .ready
    case .notReady: .notReady
    case .exited: .exited
    case .left: .left
    case .stop: .stop
    case .due: .due
    }
  }
}

/// What a supervisor wants to be woken for.
package enum SupervisorTimer: Sendable, Hashable, CaseIterable {
  /// To say that it is alive.
  case renew
  /// To stop the child, because others may go on without it from now on.
  case fence
  /// To end a child that did not end by itself.
  case kill
  /// To ask the store again.
  case retry
}

/// What a supervisor asks of the world.
package enum SupervisorEffect: Sendable, Hashable {
  /// Ask for a place on the roster, as somebody new.
  case join
  /// Go on with this place, and say at once what is served with.
  case rejoin(MemberPlace, revision: Int64?, rings: [String: RingReport])
  /// Say that it is alive.
  case renew(MemberPlace)
  /// Say what is served with.
  case acknowledge(MemberPlace, revision: Int64?, rings: [String: RingReport])
  /// Read the document, and follow it from now on.
  case follow
  /// Ask for a slot.
  case takeSlot(MemberPlace)
  /// Give the slot back.
  case freeSlot(MemberPlace)
  /// Start the command with a snapshot, and tell when it serves.
  case start(child: Int, Snapshot)
  /// Give a running child a new snapshot by file and signal, and tell when it serves.
  case reload(child: Int, Snapshot)
  /// Send a signal to the child and all that it started.
  case signal(child: Int, Int32)
  /// End the child and all that it started, now.
  case kill(child: Int)
  /// Keep what the next run needs if the store is away then. Without a snapshot, the last one stays.
  case save(MemberPlace, Snapshot?)
  /// Give the place back.
  case leave(MemberPlace)
  /// Say something to whoever reads the log.
  case report(SupervisorNote)
  /// It is over.
  case exit(code: Int32)
}

/// What a supervisor says.
package enum SupervisorNote: Sendable, Hashable {
  case started(revision: Int64)
  case serving(revision: Int64)
  case changing(revision: Int64)
  case startedFromSaved(revision: Int64)
  case savedIsTooOld
  case storeAway(StoreError.Code, why: String)
  case silent
  case aliveAgain
  case offRoster
  case fenced
  case invalidDocument
  case noDocument
  case notReady(revision: Int64)
  case goneBack(to: Int64)
  case nameHeld
  case killed
  case ended(code: Int32)
  case notSaved
  case watchEnded
}

/// What the last run of a member left on the disk.
package struct SavedMember: Sendable, Hashable {
  /// The place that it had.
  package let place: MemberPlace
  /// Whether it was not given back.
  package let isOnRoster: Bool
  /// What it served with last; nil if it never served.
  package let snapshot: Snapshot?

  package init(place: MemberPlace, isOnRoster: Bool, snapshot: Snapshot?) {
    self.place = place
    self.isOnRoster = isOnRoster
    self.snapshot = snapshot
  }
}
