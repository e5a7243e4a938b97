/// Steps that several rows take.
extension Supervisor {
  /// What the last run left, if it may be started with now.
  var startable: Snapshot? {
    guard started == 0, let saved, mayStart(saved) else { return nil }
    return saved.snapshot
  }

  /// What to go back to from a document that the command does not start with.
  var fallback: Snapshot? { good.flatMap { $0.content == running?.content ? nil : $0 } }

  /// It has a place under a lease that holds.
  mutating func arrive(_ turn: inout SupervisorTurn) {
    guard case .joined(let place, let sent) = turn.event else { return }
    self.place = place
    isAlive = true
    // What is newer is in the store.
    saved = nil
    lastSent = max(lastSent ?? sent, sent)
    waitedForName = false
    pause = SupervisorTerms.shortestPause
    timers[.retry] = nil
    timers[.renew] = turn.now + terms.renewal
  }

  /// It has no place any more.
  mutating func depart() {
    place = nil
    isAlive = false
    (hasSlot, owesSlot, owesAcknowledgement) = (false, false, false)
    timers[.renew] = nil
    timers[.retry] = nil
    lastSent = nil
  }

  mutating func learn(_ event: SupervisorEvent) {
    guard case .document(let snapshot) = event else { return }
    if let newest, newest.revision >= snapshot.revision { return }
    newest = snapshot
  }

  /// Says what a child serves with, now or as soon as somebody listens.
  mutating func say(_ snapshot: Snapshot?, _ turn: inout SupervisorTurn) {
    statement = Statement(revision: snapshot?.revision, rings: snapshot?.rings ?? [:])
    repeatStatement(&turn)
  }

  mutating func repeatStatement(_ turn: inout SupervisorTurn) {
    owesAcknowledgement = true
    guard isAlive, let place else { return }
    turn.ask(.acknowledge(place, revision: statement.revision, rings: statement.rings))
  }

  /// Goes after the newest document, if it may and there is something to go after.
  mutating func follow(_ turn: inout SupervisorTurn) {
    guard isAlive, let place, let newest, let running, newest.revision != refused else { return }
    guard [.serving, .queueing].contains(phase), newest.revision > running.revision else { return }
    if newest.content == running.content {
      phase = .serving
      self.running = newest
      good = newest
      say(newest, &turn)
      turn.ask(.save(place, newest))
    } else if terms.onChange == .swap || newest.condemns(running) {
      turn.note(.changing(revision: newest.revision))
      change(&turn)
    } else if phase == .serving {
      turn.note(.changing(revision: newest.revision))
      phase = .queueing
      slotPause = SupervisorTerms.shortestPause
      turn.ask(.takeSlot(place))
    }
  }

  /// Goes on where it stood when the store went away.
  mutating func resume(_ turn: inout SupervisorTurn) {
    switch phase {
    case .loading: turn.ask(.follow)
    case .queueing:
      if let place { turn.ask(.takeSlot(place)) }
    default:
      if newest == nil || newest?.revision == running?.revision { turn.ask(.follow) }
      follow(&turn)
    }
  }

  /// Brings the newest document to the command, as its owner wants it.
  mutating func change(_ turn: inout SupervisorTurn) {
    timers[.retry] = nil
    guard let newest else { return }
    switch terms.onChange {
    case .overlap where running.map(newest.condemns) != true:
      phase = .starting
      start(newest, &turn)
    case .restart, .overlap:
      phase = .draining
      stopChildren(within: terms.drain, &turn)
    case .reload, .swap:
      phase = .reloading
      running = newest
      turn.ask(.reload(child: child, newest))
    case .exit:
      phase = .ending
      exitCode = SupervisorTerms.tryAgain
      stopChildren(within: terms.drain, &turn)
    }
  }

  /// A child serves, and no other does.
  mutating func serve(_ turn: inout SupervisorTurn) {
    guard let running else { return }
    turn.note(.serving(revision: running.revision))
    good = running
    say(running, &turn)
    if let place { turn.ask(.save(place, running)) }
    returnSlot(&turn)
    follow(&turn)
  }

  mutating func returnSlot(_ turn: inout SupervisorTurn) {
    if hasSlot, let place { turn.ask(.freeSlot(place)) }
    owesSlot = hasSlot
    hasSlot = false
  }

  mutating func start(_ snapshot: Snapshot, _ turn: inout SupervisorTurn) {
    started += 1
    child = started
    alive.insert(child)
    running = snapshot
    turn.note(.started(revision: snapshot.revision))
    turn.ask(.start(child: child, snapshot))
  }

  /// The children that are to end: all, but for one that has taken over.
  var endingChildren: [Int] {
    alive.filter { $0 != child || phase != .draining || alive.count == 1 }.sorted()
  }

  mutating func stopChildren(within time: Duration, _ turn: inout SupervisorTurn) {
    for number in endingChildren { turn.ask(.signal(child: number, 15)) }
    timers[.kill] = turn.now + time
  }

  func killChildren(_ turn: inout SupervisorTurn) {
    for number in endingChildren { turn.ask(.kill(child: number)) }
  }

  mutating func leave(_ turn: inout SupervisorTurn) {
    timers = [:]
    phase = .leaving
    guard let place else {
      phase = .ended
      turn.ask(.exit(code: exitCode))
      return
    }
    turn.ask(.leave(place))
  }

  mutating func retryLater(_ turn: inout SupervisorTurn) {
    timers[.retry] = turn.now + pause
    pause = min(pause * 2, SupervisorTerms.longestPause)
  }
}

extension SupervisorEvent {
  var saved: SavedMember? { if case .begin(let saved) = self { saved } else { nil } }
  var signal: Int32? { if case .stop(let signal) = self { signal } else { nil } }
  var sent: ContinuousClock.Instant? { if case .renewed(let sent) = self { sent } else { nil } }
  var code: Int32 { if case .exited(_, let code) = self { code } else { 0 } }

  /// Whether it tells of the child of that number, and not of an older one.
  func isAbout(_ child: Int) -> Bool {
    switch self {
    case .ready(child), .notReady(child), .exited(child, _): true
    default: false
    }
  }
}
