import CfgKitSecrets
import FleetSimulation
import Testing

@testable import CfgKit

/// A supervisor by itself, told one thing after the other, as under `run --watch`.
@Suite struct SupervisorTests {
  private struct Bench {
    var supervisor: Supervisor
    var now = ContinuousClock.now
    static let place = MemberPlace(
      MemberClaim(MemberName("web-1")!, holder: OperationID(parsing: "00000000000000aa")!), lease: 1, entry: 2
    )

    init(_ change: (inout SupervisorTerms) -> Void = { _ in }) {
      var terms = SupervisorTerms()
      change(&terms)
      supervisor = Supervisor(terms)
    }

    /// A member whose child serves with document 1.
    static func serving(_ change: (inout SupervisorTerms) -> Void = { _ in }) -> Bench {
      var bench = Bench(change)
      bench.take(.begin(saved: nil))
      bench.take(.joined(place, sent: bench.now))
      bench.take(.document(document(1)))
      bench.take(.ready(child: 1))
      bench.take(.acknowledged(revision: 1))
      return bench
    }

    /// The effects, without what is only said.
    @discardableResult
    mutating func take(_ event: SupervisorEvent, after time: Duration = .zero) -> [SupervisorEffect] {
      now += time
      return supervisor.take(event, at: now).filter { if case .report = $0 { false } else { true } }
    }
  }

  private static let place = Bench.place

  private static func document(_ revision: Int64, content: Int64? = nil, dead: Set<Fingerprint> = [])
    -> Snapshot
  {
    Snapshot(
      revision: revision, content: DocumentVersion(revision: content ?? revision),
      rings: ["KEY": RingReport(generation: Int(revision), signing: mark(content ?? revision), accepted: [])],
      dead: ["KEY": dead])
  }

  private static func mark(_ number: Int64) -> Fingerprint? {
    let text = String(number)
    return Fingerprint(parsing: String(repeating: "A", count: 10 - text.count) + text + "A")
  }

  private static func acknowledge(_ snapshot: Snapshot) -> SupervisorEffect {
    .acknowledge(place, revision: snapshot.revision, rings: snapshot.rings)
  }

  @Test func `it joins before it reads, and acknowledges when its command serves`() {
    var bench = Bench()
    #expect(bench.take(.begin(saved: nil)) == [.join])
    #expect(bench.take(.joined(Self.place, sent: bench.now)) == [.save(Self.place, nil), .follow])
    let first = Self.document(1)
    #expect(bench.take(.document(first)) == [.start(child: 1, first)])
    #expect(bench.take(.ready(child: 1)) == [Self.acknowledge(first), .save(Self.place, first)])
    #expect(bench.supervisor.phase == .serving)
  }

  @Test
  func `a change takes a slot, ends the old command, starts the new one, and only then is acknowledged`() {
    var bench = Bench.serving()
    let second = Self.document(2)
    #expect(bench.take(.document(second)) == [.takeSlot(Self.place)])
    #expect(bench.take(.slot(isTaken: false)) == [])
    #expect(bench.take(.due(.retry), after: .seconds(1)) == [.takeSlot(Self.place)])
    #expect(bench.take(.slot(isTaken: true)) == [.signal(child: 1, 15)])
    #expect(bench.take(.exited(child: 1, code: 143)) == [.start(child: 2, second)])
    #expect(
      bench.take(.ready(child: 2)) == [
        Self.acknowledge(second), .save(Self.place, second), .freeSlot(Self.place),
      ])
  }

  @Test func `an old command that does not end in time is ended`() {
    var bench = Bench.serving { $0.drain = .seconds(7) }
    bench.take(.document(Self.document(2)))
    bench.take(.slot(isTaken: true))
    #expect(bench.supervisor.timers[.kill] == bench.now + .seconds(7))
    #expect(bench.take(.due(.kill), after: .seconds(7)) == [.kill(child: 1)])
  }

  @Test func `where only dates change, the command runs on and the change is acknowledged`() {
    var bench = Bench.serving()
    let second = Self.document(2, content: 1)
    #expect(bench.take(.document(second)) == [Self.acknowledge(second), .save(Self.place, second)])
    #expect(bench.supervisor.child == 1)
  }

  @Test func `an application takes a new document at once, without a slot, and says so when it has it`() {
    var bench = Bench.serving { $0.onChange = .swap }
    let second = Self.document(2)
    #expect(bench.take(.document(second)) == [.reload(child: 1, second)])
    #expect(bench.take(.ready(child: 1)) == [Self.acknowledge(second), .save(Self.place, second)])
  }

  @Test func `an application that is off the roster serves nothing until its name is free`() {
    var bench = Bench.serving { $0.onChange = .swap }
    #expect(bench.take(.offRoster) == [.signal(child: 1, 15)])
    #expect(bench.take(.exited(child: 1, code: 0)) == [.join])
    for _ in 0..<3 {
      #expect(bench.take(.nameHeld) == [])
      #expect(bench.take(.due(.retry), after: .seconds(20)) == [.join])
    }
    #expect(bench.take(.joined(Self.place, sent: bench.now)) == [.save(Self.place, nil), .follow])
    #expect(bench.take(.document(Self.document(2))) == [.start(child: 2, Self.document(2))])
  }

  @Test func `a document that is not valid changes nothing`() {
    var bench = Bench.serving()
    #expect(bench.take(.invalidDocument) == [])
    #expect(bench.supervisor.phase == .serving)
  }

  @Test
  func
    `a command that does not start with the new document goes back to the old one, which is not called new`()
  {
    var bench = Bench.serving()
    bench.take(.document(Self.document(2)))
    bench.take(.slot(isTaken: true))
    bench.take(.exited(child: 1, code: 0))
    let first = Self.document(1)
    #expect(bench.take(.exited(child: 2, code: 1)) == [.start(child: 3, first)])
    #expect(
      bench.take(.ready(child: 3)) == [
        Self.acknowledge(first), .save(Self.place, first), .freeSlot(Self.place),
      ])
    // The next document is tried again.
    #expect(bench.take(.document(Self.document(3))) == [.takeSlot(Self.place)])
  }

  @Test func `a key in the wrong hands goes without a slot`() {
    var bench = Bench.serving()
    let second = Self.document(2, dead: [Self.mark(1)!])
    #expect(bench.take(.document(second)) == [.signal(child: 1, 15)])
  }

  @Test func `by signal the command keeps running, and shows that it serves before that is said`() {
    var bench = Bench.serving { $0.onChange = .reload(signal: 1) }
    let second = Self.document(2)
    bench.take(.document(second))
    #expect(bench.take(.slot(isTaken: true)) == [.reload(child: 1, second)])
    #expect(bench.take(.ready(child: 1)).first == Self.acknowledge(second))
  }

  @Test func `a command that does not serve with a new file gets the old one back, then ends in its time`() {
    var bench = Bench.serving { $0.onChange = .reload(signal: 1) }
    let (first, second) = (Self.document(1), Self.document(2))
    bench.take(.document(second))
    bench.take(.slot(isTaken: true))
    #expect(bench.take(.notReady(child: 1)) == [.reload(child: 1, first)])
    #expect(
      bench.take(.ready(child: 1)) == [
        Self.acknowledge(first), .save(Self.place, first), .freeSlot(Self.place),
      ])
    // What was refused is not tried again; what comes after it is.
    #expect(bench.take(.document(second)) == [])
    let third = Self.document(3)
    bench.take(.document(third))
    #expect(bench.take(.slot(isTaken: true)) == [.reload(child: 1, third)])
    #expect(bench.take(.notReady(child: 1)) == [.reload(child: 1, first)])
    #expect(bench.take(.notReady(child: 1)) == [.signal(child: 1, 15)])
    #expect(bench.take(.due(.kill), after: .seconds(30)) == [.kill(child: 1)])
  }

  @Test
  func
    `where both may run at once, the old command ends when the new one serves, and only then that is said`()
  {
    var bench = Bench.serving { $0.onChange = .overlap }
    let second = Self.document(2)
    bench.take(.document(second))
    #expect(bench.take(.slot(isTaken: true)) == [.start(child: 2, second)])
    #expect(bench.take(.ready(child: 2)) == [.signal(child: 1, 15)])
    #expect(bench.take(.due(.kill), after: .seconds(30)) == [.kill(child: 1)])
    #expect(
      bench.take(.exited(child: 1, code: 137)) == [
        Self.acknowledge(second), .save(Self.place, second), .freeSlot(Self.place),
      ])
    #expect(bench.supervisor.phase == .serving)
    // The next one takes over in the same way.
    bench.take(.document(Self.document(3)))
    #expect(bench.take(.slot(isTaken: true)) == [.start(child: 3, Self.document(3))])
  }

  @Test func `a second command that does not serve leaves the first one alone`() {
    var bench = Bench.serving { $0.onChange = .overlap }
    bench.take(.document(Self.document(2)))
    bench.take(.slot(isTaken: true))
    #expect(bench.take(.notReady(child: 2)) == [.kill(child: 2)])
    #expect(bench.take(.exited(child: 2, code: 137)) == [.freeSlot(Self.place)])
    #expect(bench.supervisor.phase == .serving)
    #expect(bench.supervisor.running?.revision == 1)
    bench.take(.document(Self.document(3)))
    // No number is used twice.
    #expect(bench.take(.slot(isTaken: true)) == [.start(child: 3, Self.document(3))])
    #expect(bench.take(.stop(signal: 15)) == [.signal(child: 1, 15), .signal(child: 3, 15)])
    #expect(bench.take(.exited(child: 3, code: 5)) == [])
    #expect(bench.take(.exited(child: 1, code: 0)) == [.leave(Self.place)])
    #expect(bench.take(.left) == [.exit(code: 5)])
  }

  @Test func `of two commands either may end by itself while the second takes over`() {
    var bench = Bench.serving { $0.onChange = .overlap }
    bench.take(.document(Self.document(2)))
    bench.take(.slot(isTaken: true))
    bench.take(.exited(child: 1, code: 1))
    #expect(bench.take(.ready(child: 2)).first == Self.acknowledge(Self.document(2)))
    bench.take(.document(Self.document(3)))
    bench.take(.slot(isTaken: true))
    bench.take(.ready(child: 3))
    #expect(bench.take(.exited(child: 3, code: 1)) == [])
    #expect(bench.take(.exited(child: 2, code: 143)) == [.start(child: 4, Self.document(3))])
  }

  @Test func `a key in the wrong hands does not sign on beside the new one`() {
    var bench = Bench.serving { $0.onChange = .overlap }
    #expect(bench.take(.document(Self.document(2, dead: [Self.mark(1)!]))) == [.signal(child: 1, 15)])
  }

  @Test func `where something else starts it again, it ends with a code that asks for that`() {
    var bench = Bench.serving { $0.onChange = .exit }
    bench.take(.document(Self.document(2)))
    #expect(bench.take(.slot(isTaken: true)) == [.signal(child: 1, 15)])
    #expect(bench.take(.exited(child: 1, code: 0)) == [.leave(Self.place)])
    #expect(bench.take(.left) == [.exit(code: 75)])
  }

  @Test func `with the store away the command serves on, silently, until the place is its own again`() {
    var bench = Bench.serving()
    #expect(bench.take(.due(.renew), after: .seconds(5)) == [.renew(Self.place)])
    #expect(bench.take(.storeAway) == [])
    var pauses: [Duration] = []
    for _ in 0..<8 {
      let due = bench.supervisor.timers[.retry]!
      pauses.append(due - bench.now)
      bench.take(.due(.retry), after: due - bench.now)
      bench.take(.storeAway)
    }
    #expect(pauses.first == .milliseconds(200))
    #expect(pauses.last == .seconds(10))
    let said = bench.supervisor.statement
    #expect(bench.take(.lapsed) == [.rejoin(Self.place, revision: 1, rings: said.rings)])
    // What comes now is not gone after before the place is its own.
    #expect(bench.take(.document(Self.document(2))) == [])
    #expect(bench.supervisor.phase == .serving)
    let renewed = MemberPlace(Self.place.claim, lease: 9, entry: 2)
    #expect(bench.take(.joined(renewed, sent: bench.now)) == [.takeSlot(renewed)])
  }

  @Test func `who is off the roster stops its command before it joins again, and reads anew`() {
    var bench = Bench.serving()
    bench.take(.document(Self.document(2)))
    #expect(bench.take(.offRoster) == [.signal(child: 1, 15)])
    #expect(bench.take(.joined(Self.place, sent: bench.now)) == [])
    bench = Bench.serving()
    bench.take(.offRoster)
    #expect(bench.take(.exited(child: 1, code: 143)) == [.join])
    #expect(bench.take(.joined(Self.place, sent: bench.now)) == [.save(Self.place, nil), .follow])
    #expect(bench.take(.document(Self.document(1))) == [.start(child: 2, Self.document(1))])
  }

  @Test func `a fence counts from when the last renewal was sent, and stops the command five seconds early`()
  {
    var bench = Bench.serving { $0.fence = .seconds(60) }
    let sent = bench.now + .seconds(10)
    bench.take(.renewed(sent: sent), after: .seconds(14))
    #expect(bench.supervisor.timers[.fence] == sent + .seconds(55))
    #expect(bench.take(.due(.fence), after: .seconds(51)) == [.signal(child: 1, 15)])
    #expect(bench.supervisor.phase == .stopping)
    #expect(bench.supervisor.timers[.kill] == bench.now + .seconds(3))
    #expect(bench.take(.exited(child: 1, code: 143)) == [.rejoin(Self.place, revision: nil, rings: [:])])
  }

  @Test func `a supervisor that slept through its fence ends its command first, whatever else it is told`() {
    var bench = Bench.serving { $0.fence = .seconds(60) }
    #expect(
      bench.take(.renewed(sent: bench.now + .seconds(299)), after: .seconds(300)).first == .kill(child: 1))
    #expect(bench.supervisor.phase == .stopping)
  }

  @Test func `without a fence nothing stops the command`() {
    var bench = Bench.serving()
    bench.take(.lapsed)
    bench.take(.storeAway, after: .seconds(86_400))
    #expect(bench.supervisor.timers[.fence] == nil)
    #expect(bench.supervisor.phase == .serving)
  }

  @Test func `a name that somebody alive holds is waited for once, then it ends with 75`() {
    var bench = Bench()
    bench.take(.begin(saved: nil))
    #expect(bench.take(.nameHeld) == [])
    #expect(bench.supervisor.timers[.retry] == bench.now + .seconds(16))
    #expect(bench.take(.due(.retry), after: .seconds(16)) == [.join])
    #expect(bench.take(.nameHeld) == [.exit(code: 75)])
  }

  @Test(arguments: [
    (true, nil, false, true), (false, nil, false, false), (true, Duration.seconds(60), false, false),
    (false, nil, true, true), (true, Duration.seconds(60), true, true),
  ])
  func `with the store away it starts with what it kept, unless the others may have gone on`(
    isOnRoster: Bool, fence: Duration?, startsStale: Bool, starts: Bool
  ) {
    var bench = Bench { terms in
      terms.fence = fence
      terms.startsStale = startsStale
    }
    let saved = SavedMember(place: Self.place, isOnRoster: isOnRoster, snapshot: Self.document(1))
    let first: SupervisorEffect = isOnRoster ? .rejoin(Self.place, revision: nil, rings: [:]) : .join
    #expect(bench.take(.begin(saved: saved)) == [first])
    #expect(bench.take(.storeAway) == (starts ? [.start(child: 1, Self.document(1))] : []))
    #expect(bench.supervisor.timers[.retry] != nil)
    guard starts else { return }
    bench.take(.ready(child: 1))
    bench.take(.due(.retry), after: .seconds(1))
    #expect(
      bench.take(.joined(Self.place, sent: bench.now)) == [
        .acknowledge(Self.place, revision: 1, rings: Self.document(1).rings), .follow,
      ])
  }

  @Test func `TERM is passed on, and the place is given back when the command has ended`() {
    var bench = Bench.serving()
    #expect(bench.take(.stop(signal: 15)) == [.signal(child: 1, 15)])
    #expect(bench.take(.due(.kill), after: .seconds(30)) == [.kill(child: 1)])
    #expect(bench.take(.exited(child: 1, code: 3)) == [.leave(Self.place)])
    #expect(bench.take(.left) == [.exit(code: 3)])
    #expect(bench.supervisor.timers.isEmpty)
  }

  @Test(arguments: SupervisorTimer.allCases)
  func `a timer that nobody waits for any more does not ring for ever`(
    timer: SupervisorTimer
  ) {
    var bench = Bench.serving()
    bench.take(.stop(signal: 15))
    bench.take(.exited(child: 1, code: 0))
    bench.supervisor.timers[timer] = bench.now
    bench.take(.due(timer))
    #expect(bench.supervisor.timers[timer] == nil)
  }

  @Test func `it ends with its command, as its command did`() {
    var bench = Bench.serving()
    #expect(bench.take(.exited(child: 1, code: 7)) == [.leave(Self.place)])
    #expect(bench.take(.left) == [.exit(code: 7)])
  }

  @Test func `what is told of an older command changes nothing`() {
    var bench = Bench.serving()
    bench.take(.document(Self.document(2)))
    bench.take(.slot(isTaken: true))
    bench.take(.exited(child: 1, code: 0))
    #expect(bench.take(.exited(child: 1, code: 0)) == [])
    #expect(bench.take(.ready(child: 1)) == [])
    #expect(bench.supervisor.phase == .starting)
  }

  @Test func `an acknowledgement and a slot that the store did not answer for are sent again`() {
    var bench = Bench.serving()
    let second = Self.document(2)
    bench.take(.document(second))
    bench.take(.slot(isTaken: true))
    bench.take(.exited(child: 1, code: 0))
    bench.take(.ready(child: 2))
    #expect(bench.take(.renewed(sent: bench.now)) == [Self.acknowledge(second), .freeSlot(Self.place)])
    bench.take(.acknowledged(revision: 2))
    bench.take(.slotFreed)
    #expect(bench.take(.renewed(sent: bench.now)) == [])
  }

  /// No event leads nowhere: whatever comes in whatever phase, a child that runs can be stopped, and an end is reached.
  @Test(arguments: 1...200 as ClosedRange<UInt64>) func `any order of events ends when it is told to end`(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var bench = Bench { terms in
      if seed % 3 == 0 { terms.fence = .seconds(20) }
      if seed % 2 == 0 { terms.onChange = .overlap }
    }
    bench.take(.begin(saved: nil))
    for step in 0..<60 {
      let alive = bench.supervisor.alive.sorted()
      let child = alive.isEmpty ? 0 : alive[Int(random.next() % UInt64(alive.count))]
      let events: [SupervisorEvent] = [
        .joined(Self.place, sent: bench.now), .nameHeld, .offRoster, .renewed(sent: bench.now), .lapsed,
        .storeAway,
        .document(Self.document(Int64(step))), .invalidDocument, .slot(isTaken: true), .slot(isTaken: false),
        .slotFreed, .ready(child: child), .notReady(child: child), .exited(child: child, code: 1),
        .due(.renew),
        .due(.retry),
      ]
      let event = events[Int(random.next() % UInt64(events.count))]
      bench.take(event, after: .milliseconds(Int(random.next() % 4_000)))
    }
    bench.take(.stop(signal: 15))
    #expect(bench.supervisor.phase.hasChild == !bench.supervisor.alive.isEmpty)
    for child in bench.supervisor.alive.sorted() { bench.take(.exited(child: child, code: 0)) }
    if bench.supervisor.phase == .leaving { bench.take(.left) }
    #expect(bench.supervisor.phase == .ended)
    #expect(bench.supervisor.timers.isEmpty)
  }
}
