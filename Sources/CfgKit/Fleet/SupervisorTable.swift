extension SupervisorRow {
  private static let withChild = Set(Supervisor.Phase.allCases.filter(\.hasChild))
  private static let onDuty: Set<Supervisor.Phase> = [
    .loading, .starting, .serving, .queueing, .reloading, .draining,
  ]

  /// All rows, the first that applies counts.
  static let table: [SupervisorRow] = joining + documents + children + leases + ends

  // MARK: To the roster

  private static let joining: [SupervisorRow] = [
    // The place of the last run is still its own: nobody can have gone on without it.
    SupervisorRow([.new], .begin, if: { $1.saved?.isOnRoster == true }, to: .joining) { state, turn in
      guard let saved = turn.event.saved else { return }
      state.saved = saved
      state.place = saved.place
      turn.ask(.rejoin(saved.place, revision: nil, rings: [:]))
    },
    SupervisorRow([.new], .begin, to: .joining) { state, turn in
      state.saved = turn.event.saved
      turn.ask(.join)
    },
    SupervisorRow([.joining], .joined, to: .loading) { state, turn in
      state.arrive(&turn)
      if let place = state.place { turn.ask(.save(place, nil)) }
      // What was read before it had a place may have been overtaken.
      state.newest = nil
      turn.ask(.follow)
    },
    // Somebody who was killed holds the name until the lease runs out; somebody alive holds it for longer.
    SupervisorRow([.joining], .nameHeld, if: { state, _ in !state.waitedForName }) { state, turn in
      state.waitedForName = true
      turn.note(.nameHeld)
      state.timers[.retry] = turn.now + state.terms.leaseLife + .seconds(1)
    },
    // An application that has served cannot be started again from here; it waits until its name is free.
    SupervisorRow(
      [.joining], .nameHeld, if: { state, _ in state.terms.onChange == .swap && state.started > 0 }
    ) {
      state, turn in
      state.retryLater(&turn)
    },
    SupervisorRow([.joining], .nameHeld, to: .ended) { _, turn in
      turn.ask(.exit(code: SupervisorTerms.tryAgain))
    },
    SupervisorRow([.joining], .lapsed) { state, turn in state.retryLater(&turn) },
    SupervisorRow([.joining], .offRoster) { state, turn in
      state.place = nil
      turn.ask(.join)
    },
    SupervisorRow([.joining], .storeAway, if: { state, _ in state.startable != nil }, to: .starting) {
      state, turn in
      guard let snapshot = state.startable else { return }
      turn.note(.startedFromSaved(revision: snapshot.revision))
      state.newest = snapshot
      state.start(snapshot, &turn)
      state.retryLater(&turn)
    },
    SupervisorRow([.joining], .storeAway) { state, turn in
      if state.pause == SupervisorTerms.shortestPause, state.saved?.snapshot != nil {
        turn.note(.savedIsTooOld)
      }
      state.retryLater(&turn)
    },
    SupervisorRow([.joining], .due, if: { $1 == .due(.retry) }) { state, turn in
      state.timers[.retry] = nil
      if let place = state.place {
        turn.ask(.rejoin(place, revision: state.statement.revision, rings: state.statement.rings))
      } else {
        turn.ask(.join)
      }
    },
  ]

  // MARK: Documents

  private static let documents: [SupervisorRow] = [
    SupervisorRow([.loading], .document, if: { state, _ in state.isAlive }, to: .starting) { state, turn in
      state.learn(turn.event)
      if let newest = state.newest { state.start(newest, &turn) }
    },
    SupervisorRow(onDuty, .document) { state, turn in
      state.learn(turn.event)
      state.follow(&turn)
    },
    SupervisorRow([.joining, .stopping], .document) { state, turn in state.learn(turn.event) },
    SupervisorRow(onDuty, .invalidDocument) { _, turn in turn.note(.invalidDocument) },
    SupervisorRow([.queueing], .slot, if: { $1 == .slot(isTaken: true) }) { state, turn in
      state.hasSlot = true
      state.change(&turn)
    },
    SupervisorRow([.queueing], .slot) { state, turn in
      state.timers[.retry] = turn.now + state.slotPause
      state.slotPause = min(state.slotPause * 2, SupervisorTerms.longestSlotPause)
    },
    // It came too late to be of use.
    SupervisorRow(onDuty, .slot, if: { $1 == .slot(isTaken: true) }) { state, turn in
      if !state.hasSlot, let place = state.place { turn.ask(.freeSlot(place)) }
    },
    SupervisorRow(onDuty, .slotFreed) { state, _ in state.owesSlot = false },
  ]

  // MARK: Children

  private static let children: [SupervisorRow] = [
    // It takes over; the older one must be gone before that is said.
    SupervisorRow(
      [.starting], .ready, if: { $1.isAbout($0.child) && $0.alive.count > 1 }, to: .draining
    ) { state, turn in
      state.stopChildren(within: state.terms.drain, &turn)
    },
    SupervisorRow([.draining], .exited, if: { state, _ in state.alive == [state.child] }, to: .serving) {
      state, turn in
      state.timers[.kill] = nil
      state.serve(&turn)
    },
    SupervisorRow([.starting, .reloading], .ready, if: { $1.isAbout($0.child) }, to: .serving) {
      state, turn in
      state.serve(&turn)
    },
    SupervisorRow([.starting], .notReady, if: { $1.isAbout($0.child) }) { state, turn in
      if let running = state.running { turn.note(.notReady(revision: running.revision)) }
      turn.ask(.kill(child: state.child))
    },
    // It gets the document back that it served with, and the rotation waits.
    SupervisorRow([.reloading], .notReady, if: { $1.isAbout($0.child) && $0.fallback != nil }) {
      state, turn in
      guard let fallback = state.fallback, let running = state.running else { return }
      turn.note(.notReady(revision: running.revision))
      turn.note(.goneBack(to: fallback.revision))
      state.refused = running.revision
      state.running = fallback
      turn.ask(.reload(child: state.child, fallback))
    },
    // It does not serve with that either.
    SupervisorRow([.reloading], .notReady, if: { $1.isAbout($0.child) }, to: .ending) { state, turn in
      if let running = state.running { turn.note(.notReady(revision: running.revision)) }
      state.stopChildren(within: state.terms.drain, &turn)
    },
    // The older one serves on, and the rotation waits.
    SupervisorRow(
      [.starting], .exited, if: { $1.isAbout($0.child) && !$0.alive.isEmpty }, to: .serving
    ) { state, turn in
      guard let older = state.alive.max(), let good = state.good else { return }
      state.refused = state.running?.revision
      turn.note(.goneBack(to: good.revision))
      state.child = older
      state.running = good
      state.returnSlot(&turn)
      state.follow(&turn)
    },
    // A command that does not start with the new document serves on with the old one, and the rotation waits.
    SupervisorRow([.starting], .exited, if: { $1.isAbout($0.child) && $0.fallback != nil }) { state, turn in
      guard let fallback = state.fallback else { return }
      state.refused = state.running?.revision
      turn.note(.goneBack(to: fallback.revision))
      state.start(fallback, &turn)
    },
    SupervisorRow([.draining], .exited, if: { state, _ in state.alive.isEmpty }, to: .starting) {
      state, turn in
      state.timers[.kill] = nil
      guard let newest = state.newest else { return }
      state.start(newest, &turn)
    },
    SupervisorRow([.stopping], .exited, if: { state, _ in state.alive.isEmpty }) { state, turn in
      state.timers[.kill] = nil
      state.statement = .init()
      state.running = nil
      state.phase = .joining
      if let place = state.place {
        turn.ask(.rejoin(place, revision: nil, rings: [:]))
      } else {
        turn.ask(.join)
      }
    },
    // As in `run` without a fleet: it ends with its command, and as its command did.
    SupervisorRow([.starting, .serving, .queueing, .reloading], .exited, if: { $1.isAbout($0.child) }) {
      state, turn in
      state.exitCode = turn.event.code
      turn.note(.ended(code: turn.event.code))
      state.leave(&turn)
    },
    SupervisorRow([.ending], .exited) { state, turn in
      if state.exitCode == 0, turn.event.isAbout(state.child) { state.exitCode = turn.event.code }
      if state.alive.isEmpty { state.leave(&turn) }
    },
    SupervisorRow(withChild, .due, if: { $1 == .due(.kill) }) { state, turn in
      state.timers[.kill] = nil
      turn.note(.killed)
      state.killChildren(&turn)
    },
  ]

  // MARK: Leases

  private static let leases: [SupervisorRow] = [
    SupervisorRow(onDuty, .joined) { state, turn in
      turn.note(.aliveAgain)
      state.arrive(&turn)
      if state.owesAcknowledgement { state.repeatStatement(&turn) }
      state.resume(&turn)
    },
    SupervisorRow([.stopping], .joined) { state, turn in state.arrive(&turn) },
    SupervisorRow(onDuty.union([.stopping, .ending]), .renewed) { state, turn in
      guard let sent = turn.event.sent else { return }
      state.lastSent = max(state.lastSent ?? sent, sent)
      state.pause = SupervisorTerms.shortestPause
      if state.owesAcknowledgement { state.repeatStatement(&turn) }
      if state.owesSlot, let place = state.place { turn.ask(.freeSlot(place)) }
    },
    SupervisorRow(onDuty.union([.stopping]), .acknowledged) { state, turn in
      guard case .acknowledged(let revision) = turn.event, revision == state.statement.revision else {
        return
      }
      state.owesAcknowledgement = false
    },
    SupervisorRow(onDuty, .nameHeld) { state, turn in state.retryLater(&turn) },
    SupervisorRow(onDuty.union([.stopping]), .lapsed) { state, turn in
      if state.isAlive { turn.note(.silent) }
      state.isAlive = false
      (state.hasSlot, state.owesSlot) = (false, false)
      state.timers[.renew] = nil
      guard let place = state.place else { return }
      turn.ask(.rejoin(place, revision: state.statement.revision, rings: state.statement.rings))
    },
    SupervisorRow(onDuty.union([.stopping]), .storeAway) { state, turn in state.retryLater(&turn) },
    SupervisorRow(onDuty.union([.stopping, .ending]), .due, if: { $1 == .due(.renew) || $1 == .due(.retry) })
    {
      state, turn in
      guard let place = state.place else {
        if onDuty.contains(state.phase) { turn.ask(.join) }
        return
      }
      if state.isAlive, turn.event == .due(.retry), state.phase == .queueing {
        turn.ask(.takeSlot(place))
      } else if state.isAlive {
        state.timers[.renew] = turn.now + state.terms.renewal
        turn.ask(.renew(place))
      } else {
        turn.ask(.rejoin(place, revision: state.statement.revision, rings: state.statement.rings))
      }
    },
    SupervisorRow([.loading], .offRoster, to: .joining) { state, turn in
      state.depart()
      turn.ask(.join)
    },
    // Somebody went on without it: it must not serve before it has a place again.
    SupervisorRow(withChild.subtracting([.stopping, .ending]), .offRoster, to: .stopping) { state, turn in
      turn.note(.offRoster)
      state.depart()
      state.stopChildren(within: SupervisorTerms.urgentDrain, &turn)
    },
    SupervisorRow([.stopping], .offRoster) { state, _ in state.depart() },
    SupervisorRow([.ending], .due, if: { $1 == .due(.fence) }) { state, turn in
      state.lastSent = nil
      state.killChildren(&turn)
    },
    SupervisorRow(
      withChild.subtracting([.stopping, .ending]), .due, if: { $1 == .due(.fence) }, to: .stopping
    ) {
      state, turn in
      turn.note(.fenced)
      let fence = state.timers[.fence] ?? turn.now
      state.isAlive = false
      state.lastSent = nil
      if turn.now - fence < SupervisorTerms.fenceMargin - SupervisorTerms.urgentDrain {
        state.stopChildren(within: SupervisorTerms.urgentDrain, &turn)
      } else {
        // It slept for so long that the others may have gone on.
        state.killChildren(&turn)
      }
    },
  ]

  // MARK: Ends

  private static let ends: [SupervisorRow] = [
    SupervisorRow(withChild, .stop) { state, turn in
      guard let signal = turn.event.signal else { return }
      if state.phase != .ending { state.timers[.kill] = turn.now + state.terms.drain }
      state.phase = .ending
      state.exitCode = 0
      for number in state.endingChildren { turn.ask(.signal(child: number, signal)) }
    },
    SupervisorRow([.new, .joining, .loading], .stop) { state, turn in
      state.exitCode = 128 + (turn.event.signal ?? 0)
      state.leave(&turn)
    },
    SupervisorRow([.leaving], .left, to: .ended) { state, turn in turn.ask(.exit(code: state.exitCode)) },
    SupervisorRow([.leaving], .stop, to: .ended) { state, turn in turn.ask(.exit(code: state.exitCode)) },
  ]
}
