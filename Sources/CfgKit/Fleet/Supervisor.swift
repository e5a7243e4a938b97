/// One member of a fleet, as a pure function: an event and the clock take it to another state and ask the world for something.
///
/// It is on the roster before it reads the document, so whoever is not listed holds nothing that a rotation could overtake. It says what
/// its command serves with under a lease, and never before an older command has ended. Its rows are in `SupervisorRow.table`.
package struct Supervisor: Sendable, Hashable {
  /// Where it stands.
  package enum Phase: String, Sendable, Hashable, CaseIterable {
    /// It was not told to begin.
    case new
    /// It has no place, and no child.
    case joining
    /// It has a place, and no child for want of a document.
    case loading
    /// A child is started and does not serve yet; an older one may do so meanwhile.
    case starting
    /// A child serves.
    case serving
    /// A child serves with what is old, until a slot is free.
    case queueing
    /// A child got a new snapshot by signal and was not seen serving with it yet.
    case reloading
    /// An old child is ending, so that a new one can start, or since one has taken over.
    case draining
    /// A child is ending because it must not serve any more.
    case stopping
    /// A child is ending, and then so does the supervisor.
    case ending
    /// The child is gone, and the place is being given back.
    case leaving
    /// It is over.
    case ended

    /// Whether a child may be alive.
    var hasChild: Bool {
      switch self {
      case .starting, .serving, .queueing, .reloading, .draining, .stopping, .ending: true
      case .new, .joining, .loading, .leaving, .ended: false
      }
    }
  }

  /// What is said, or would be if somebody listened.
  struct Statement: Sendable, Hashable {
    var revision: Int64?
    var rings: [String: RingReport] = [:]
  }

  /// How it treats its command.
  package let terms: SupervisorTerms
  /// Where it stands.
  package internal(set) var phase = Phase.new
  /// Its place on the roster, as far as it knows.
  package internal(set) var place: MemberPlace?
  /// Whether the lease held when the store last said something.
  package internal(set) var isAlive = false
  /// When it sent what the lease counts from.
  package internal(set) var lastSent: ContinuousClock.Instant?
  /// The number of the child that serves, or is to serve next.
  package internal(set) var child = 0
  /// The numbers of all children that are alive: two while the second takes over.
  package internal(set) var alive: Set<Int> = []
  /// How many were started.
  var started = 0
  /// What the child was started with.
  package internal(set) var running: Snapshot?
  /// The newest that the store has.
  package internal(set) var newest: Snapshot?
  /// The last that a child served with.
  package internal(set) var good: Snapshot?
  /// What it says that it serves with.
  var statement = Statement()
  /// The revision that the command did not start with.
  var refused: Int64?
  var hasSlot = false
  /// Whether a slot has to be given back of which the store has not said that it is.
  var owesSlot = false
  /// What the last run left.
  var saved: SavedMember?
  var waitedForName = false
  /// Whether the store has not said yet that it knows the statement.
  var owesAcknowledgement = false
  var pause = SupervisorTerms.shortestPause
  var slotPause = SupervisorTerms.shortestPause
  var exitCode: Int32 = 0
  /// When it wants to be woken.
  package internal(set) var timers: [SupervisorTimer: ContinuousClock.Instant] = [:]

  /// A member that was not told to begin.
  package init(_ terms: SupervisorTerms) {
    self.terms = terms
  }

  /// Whether the last run's snapshot can be started with.
  func mayStart(_ saved: SavedMember) -> Bool {
    // Off the roster, or past the fence, the others may have gone on without it.
    terms.startsStale || saved.isOnRoster && terms.fence == nil
  }

  /// Takes an event.
  ///
  /// - Returns: what has to be done, in this order.
  package mutating func take(_ event: SupervisorEvent, at now: ContinuousClock.Instant) -> [SupervisorEffect]
  {
    var turn = SupervisorTurn(now: now)
    // A supervisor that slept through its fence must not do anything else first.
    if let fence = timers[.fence], fence <= now, event != .due(.fence) { apply(.due(.fence), &turn) }
    apply(event, &turn)
    settleTimers()
    return turn.effects
  }

  private mutating func apply(_ event: SupervisorEvent, _ turn: inout SupervisorTurn) {
    turn.event = event
    // A timer rings once, whether or not anybody still waits for it.
    if case .due(let timer) = event, timer != .fence { timers[timer] = nil }
    // What is told of a child that is known to be gone changes nothing.
    if case .exited(let number, _) = event, alive.remove(number) == nil { return }
    guard let row = SupervisorRow.table.first(where: { $0.applies(to: self, event) }) else { return }
    if let next = row.phase { phase = next }
    row.change(&self, &turn)
  }

  /// The fence counts as long as there is a child to stop.
  private mutating func settleTimers() {
    if let fence = terms.fence, let lastSent, phase.hasChild, phase != .stopping {
      timers[.fence] = lastSent + fence - SupervisorTerms.fenceMargin
    } else {
      timers[.fence] = nil
    }
    if phase == .ended { timers = [:] }
  }
}

/// What one event brings about.
struct SupervisorTurn {
  let now: ContinuousClock.Instant
  var event = SupervisorEvent.left
  var effects: [SupervisorEffect] = []

  init(now: ContinuousClock.Instant) {
    self.now = now
  }

  mutating func ask(_ effect: SupervisorEffect) { effects.append(effect) }
  mutating func note(_ note: SupervisorNote) { effects.append(.report(note)) }
}
