package import CfgKit
import CfgKitSecrets

/// A fleet of supervisors and a coordinator in one thread, with a clock of its own: the pure functions as they are, and between them a
/// network that is late and hosts that die. It looks at every live process whenever one of them changes.
package struct FleetSimulation {
  /// What can happen, in milliseconds and in chances a second.
  package struct Options: Sendable {
    package var members = 5
    package var seed: UInt64 = 1
    /// For how long faults happen and rotations begin.
    package var duration = 300_000
    /// How late a change of the document comes to a member.
    package var lateness = 20...600
    package var latency = 2...40
    package var start = 300...3_000
    package var drain = 10...2_000
    package var kills = 0.0
    package var pauses = 0.0
    package var partitions = 0.0
    package var stops = 0.0
    package var coordinatorKills = 0.0
    package var aborts = 0.0
    package var fence: Duration?
    package var overlaps = false
    package var keepsStandingNext = false
    package var maximumUnavailable = 1
    package var rotations = Int.max
    /// How often the coordinator looks.
    package var interval = 1_000
    /// How long a session is good for.
    package var grace = 60_000
    /// Whether the coordinator asks nobody, to see that the checks see something.
    package var isNaive = false

    package init() {}
  }

  /// What came of it.
  package struct Figures: Sendable {
    package var rotations = 0
    package var changes = 0
    package var kills = 0
    package var pauses = 0
    package var partitions = 0
    package var stops = 0
    package var starts = 0
    package var fenced = 0
    package var forgotten = 0
    package var lost: [String] = []
    package var requests: [String: Int] = [:]
    package var documentPushes = 0
    package var milliseconds = 0
    package var notServing = 0
  }

  enum Action {
    case event(member: Int, life: Int, SupervisorEvent)
    case ask(member: Int, life: Int, SupervisorEffect)
    case wake(member: Int, life: Int)
    case exit(member: Int, life: Int, child: Int)
    case ready(member: Int, life: Int, child: Int)
    case boot(Int)
    case resume(Int, life: Int)
    case thaw(Int, life: Int)
    case expiry(Int64)
    case fault
    case coordinate(CoordinatorStep)
  }

  enum CoordinatorStep {
    case look
    case readRoster(KeyRing, Int64)
    case write(RotationEvent.Kind, KeyRing, Int64, Roster?)
  }

  struct Member {
    let name: MemberName
    var supervisor: Supervisor
    var life = 0
    var isUp = false
    var isPaused = false
    /// Whether its processes do nothing.
    var isFrozen = false
    var counted: [Int64] = []
    var unreachableUntil = 0
    var follows = 0
    var backlog: [SupervisorEvent] = []
    /// The rings of the processes that serve, by the number of the child.
    var live: [Int: Int64] = [:]
    var saved: SavedMember?
    var nextWake = Int.max
  }

  let options: Options
  let policy: RotationPolicy
  let keys: [RingKey]
  let terms: SupervisorTerms
  var random: SeededGenerator
  var queue = EventQueue<Action>()
  var store: SimulatedStore
  var members: [Member]
  var now = 0
  var figures = Figures()
  var plan: FleetPlan?
  var usedKeys = 1
  var isOver = false
  var silentSince: [MemberName: Int] = [:]
  /// How many live processes have each ring.
  var census: [Int64: Int] = [:]
  /// When something was signed last with each key.
  var signed: [Fingerprint: Int] = [:]
  static let origin = ContinuousClock.now
  static let epoch = RotationTime(seconds: 1_790_000_000)

  package init(_ options: Options, keys: [RingKey]) {
    self.options = options
    self.keys = keys
    random = SeededGenerator(seed: options.seed)
    policy = RotationPolicy(
      fallbackKey: "KEYS", grace: .milliseconds(options.grace), settle: .zero,
      keepsStandingNext: options.keepsStandingNext, forgetAfter: options.fence)
    var terms = SupervisorTerms()
    terms.fence = options.fence
    terms.maximumUnavailable = options.maximumUnavailable
    if options.overlaps { terms.onChange = .overlap }
    self.terms = terms
    store = SimulatedStore(KeyRing("KEY", current: keys[0]))
    members = (0..<options.members).compactMap { index in
      MemberName("web-\(index)").map { Member(name: $0, supervisor: Supervisor(terms)) }
    }
  }

  /// Runs to the end: faults and new rotations stop, and everything settles.
  package mutating func run() throws -> Figures {
    for index in members.indices { queue.put(.boot(index), at: index % 1_000) }
    queue.put(.coordinate(.look), at: 20_000)
    queue.put(.fault, at: 20_000)
    let end = options.duration + 150_000
    while !isOver, let (time, action) = queue.next(), time <= end {
      now = time
      try perform(action)
      if figures.lost.count > 5 { break }
    }
    figures.requests = store.requests
    figures.milliseconds = now
    figures.notServing = members.count { $0.supervisor.phase != .serving }
    return figures
  }

  /// One line a member, for a test that failed.
  package var state: String {
    members.map { "\($0.name): \($0.supervisor.phase) child \($0.supervisor.child) live \($0.live)" }.joined(
      separator: "\n")
  }

  var instant: ContinuousClock.Instant { Self.origin + .milliseconds(now) }
  var moment: RotationTime { Self.epoch + .milliseconds(now) }

  mutating func perform(_ action: Action) throws {
    switch action {
    case .boot(let index): boot(index)
    case .event(let index, let life, let event):
      guard members[index].life == life, members[index].isUp else { return }
      if members[index].isPaused { members[index].backlog.append(event) } else { give(event, to: index) }
    case .ask(let index, let life, let effect): ask(effect, index, life)
    case .wake(let index, let life):
      guard members[index].life == life, members[index].isUp, !members[index].isPaused else { return }
      members[index].nextWake = .max
      wake(index)
    case .exit(let index, let life, let child):
      guard members[index].life == life,
        members[index].live[child] != nil || members[index].supervisor.alive.contains(child)
      else {
        return
      }
      exit(child, of: index)
      tell(index, .exited(child: child, code: 0))
    case .ready(let index, let life, let child):
      if members[index].life == life { tell(index, .ready(child: child)) }
    case .resume(let index, let life):
      guard members[index].life == life else { return }
      members[index].isPaused = false
      members[index].nextWake = .max
      // The supervisor comes first; a process that is frozen with it does not run before.
      wake(index)
      let backlog = members[index].backlog
      members[index].backlog = []
      for event in backlog where members[index].isUp { give(event, to: index) }
      queue.put(.thaw(index, life: life), at: now + 2)
    case .thaw(let index, let life):
      guard members[index].life == life, !members[index].isPaused else { return }
      members[index].isFrozen = false
      count(index)
    case .expiry(let lease):
      store.expire(lease, now)
      if let end = store.leases[lease]?.end { queue.put(.expiry(lease), at: end) }
    case .fault: fault()
    case .coordinate(let step): try coordinate(step)
    }
  }

  // MARK: Members

  mutating func boot(_ index: Int) {
    guard !members[index].isUp else { return }
    members[index].supervisor = Supervisor(terms)
    members[index].life += 1
    members[index].isUp = true
    members[index].nextWake = .max
    (members[index].isPaused, members[index].isFrozen) = (false, false)
    give(.begin(saved: members[index].saved), to: index)
  }

  mutating func tell(_ index: Int, _ event: SupervisorEvent, in time: Int = 0) {
    queue.put(.event(member: index, life: members[index].life, event), at: now + time)
  }

  mutating func give(_ event: SupervisorEvent, to index: Int) {
    let effects = members[index].supervisor.take(event, at: instant)
    for effect in effects { carryOut(effect, index) }
    schedule(index)
  }

  mutating func wake(_ index: Int) {
    for timer in SupervisorTimer.allCases {
      guard members[index].isUp, let due = members[index].supervisor.timers[timer], due <= instant else {
        continue
      }
      give(.due(timer), to: index)
    }
    schedule(index)
  }

  mutating func schedule(_ index: Int) {
    guard members[index].isUp, let first = members[index].supervisor.timers.values.min() else { return }
    let time = max(now + 1, Int((first - Self.origin) / .milliseconds(1)) + 1)
    guard time < members[index].nextWake else { return }
    members[index].nextWake = time
    queue.put(.wake(member: index, life: members[index].life), at: time)
  }

  mutating func carryOut(_ effect: SupervisorEffect, _ index: Int) {
    let life = members[index].life
    switch effect {
    case .start(let child, let snapshot):
      figures.starts += 1
      members[index].live[child] = snapshot.revision
      count(index)
      queue.put(.ready(member: index, life: life, child: child), at: now + random.within(options.start))
    case .reload(let child, let snapshot):
      members[index].live[child] = snapshot.revision
      count(index)
      tell(index, .ready(child: child), in: random.within(options.start))
    case .signal(let child, _):
      queue.put(.exit(member: index, life: life, child: child), at: now + random.within(options.drain))
    case .kill(let child):
      queue.put(.exit(member: index, life: life, child: child), at: now + 1)
    case .save(let place, let snapshot):
      members[index].saved = SavedMember(
        place: place, isOnRoster: true, snapshot: snapshot ?? members[index].saved?.snapshot)
    case .report(let note): if note == .fenced { figures.fenced += 1 }
    case .exit:
      members[index].isUp = false
      queue.put(.boot(index), at: now + 5_000)
    default:
      queue.put(.ask(member: index, life: life, effect), at: now + random.within(options.latency))
    }
  }

  /// A request that has arrived; its answer comes later.
  mutating func ask(_ effect: SupervisorEffect, _ index: Int, _ life: Int) {
    let back = random.within(options.latency)
    func answer(_ event: SupervisorEvent) {
      queue.put(.event(member: index, life: life, event), at: now + back)
    }
    guard members[index].unreachableUntil <= now else {
      if case .leave = effect { return answer(.left) }
      return queue.put(.event(member: index, life: life, .storeAway), at: now + 500)
    }
    let sent = instant - .milliseconds(options.latency.upperBound)
    func joined(_ place: MemberPlace) {
      queue.put(.expiry(place.lease), at: now + SimulatedStore.leaseLife)
      answer(.joined(place, sent: sent))
    }
    func said(_ revision: Int64?, _ rings: [String: RingReport]) -> Acknowledgement {
      Acknowledgement(revision: revision, rings: rings, time: moment)
    }
    switch effect {
    case .join:
      let number = UInt64(index) << 32 | UInt64(life)
      let digits = String(number, radix: 16)
      guard let holder = OperationID(parsing: String(repeating: "0", count: 16 - digits.count) + digits)
      else { return }
      let claim = MemberClaim(members[index].name, holder: holder, fence: options.fence)
      if let place = store.join(claim, now) { joined(place) } else { answer(.nameHeld) }
    case .rejoin(let place, let revision, let rings):
      switch store.rejoin(place, said(revision, rings), now) {
      case .done(let place, _): joined(place)
      case .held, .lapsed: answer(.nameHeld)
      case .offRoster: answer(.offRoster)
      }
    case .renew(let place): answer(store.renew(place, now) ? .renewed(sent: sent) : .lapsed)
    case .acknowledge(let place, let revision, let rings):
      switch store.acknowledge(said(revision, rings), place) {
      case .done: answer(.acknowledged(revision: revision))
      case .lapsed, .held: answer(.lapsed)
      case .offRoster: answer(.offRoster)
      }
    case .follow:
      members[index].follows = life
      push(to: index)
    case .takeSlot(let place):
      answer(.slot(isTaken: store.takeSlot(of: options.maximumUnavailable, place)))
    case .freeSlot(let place):
      store.freeSlot(place)
      answer(.slotFreed)
    case .leave(let place):
      store.leave(place)
      if let saved = members[index].saved {
        members[index].saved = SavedMember(place: saved.place, isOnRoster: false, snapshot: saved.snapshot)
      }
      answer(.left)
    default: break
    }
  }

  /// What the store has now comes to a member later; if nobody can reach it, when that is over.
  mutating func push(to index: Int) {
    guard let snapshot = store.snapshots[store.revision] else { return }
    figures.documentPushes += 1
    let late = max(now, members[index].unreachableUntil) - now + random.within(options.lateness)
    tell(index, .document(snapshot), in: late)
  }

  mutating func exit(_ child: Int, of index: Int) {
    if let revision = members[index].live.removeValue(forKey: child), let ring = store.rings[revision] {
      if let signing = ring.current.fingerprint { signed[signing] = now }
    }
    count(index)
  }

  // MARK: What must always be so

  mutating func count(_ index: Int) {
    let before = census.count
    for revision in members[index].counted {
      census[revision, default: 1] -= 1
      if census[revision] == 0 { census[revision] = nil }
    }
    let live = members[index].isFrozen ? [] : Array(members[index].live.values)
    members[index].counted = live
    var isNew = census.count != before
    for revision in live {
      if census[revision] == nil { isNew = true }
      census[revision, default: 0] += 1
    }
    if isNew { check() }
  }

  mutating func check() {
    let rings = census.keys.compactMap { store.rings[$0] }
    // The dates of a ring are in whole seconds.
    let horizon = now - options.grace + 1_000
    for ring in rings {
      let accepted = Set(ring.accepted.compactMap(\.fingerprint))
      for signer in rings where !accepted.contains(where: { $0 == signer.current.fingerprint }) {
        figures.lost.append("I2 at \(now) ms: generation \(ring.generation) refuses \(signer.generation)")
      }
      for (key, time) in signed where time > horizon && !accepted.contains(key) {
        figures.lost.append(
          "I3 at \(now) ms: generation \(ring.generation) refuses what was signed \(now - time) ms ago")
      }
    }
    signed = signed.filter { $0.value > horizon }
  }
}
