import CfgKitDotEnv
import CfgKitSecrets
import StoreContract
import Testing

@testable import CfgKit

/// A document in memory whose ring members serve with, and the verbs on it.
private struct FleetBench {
  static let schema = """
    # @defaultRequired=true @defaultSensitive=false
    # ---
    # @sensitive @type=string # cfgkit: strength=128 generate=hex:32 fallback=SECRET_KEY_FALLBACKS grace=0s PRAGMAS
    SECRET_KEY=
    # @optional @sensitive @type=array(string) # cfgkit: managed
    SECRET_KEY_FALLBACKS=
    # @optional @sensitive @type=string # cfgkit: strength=128 generate=hex:32 fallback=OTHER_KEYS grace=0s
    OTHER_KEY=
    # @optional @sensitive @type=array(string) # cfgkit: managed
    OTHER_KEYS=
    # @optional @sensitive @type=string # cfgkit: strength=128
    NO_FALLBACK=

    """

  let store: MemoryStore
  let project: Project
  private let files: TemporaryProject

  init(_ pragmas: String = "", leaseLife: Duration = .seconds(3_600)) throws {
    store = MemoryStore("SECRET_KEY=\(RotationBench.strong)\n", leaseLife: leaseLife)
    files = try TemporaryProject([".env.schema": Self.schema.replacing("PRAGMAS", with: pragmas)])
    project = try files.load()
  }

  /// Where a run ended, and what it did on the way.
  struct End {
    let phase: KeyRing.Phase
    let changes: [RotationEvent.Kind]
    let titles: [String]
  }

  /// What a run is asked for.
  struct Wish {
    var request: Rotation.Request
    var terms: FleetRotation.Terms
  }

  @discardableResult
  func run(
    _ step: Rotation.Step, patience: Duration? = nil, keys: [String] = ["SECRET_KEY"],
    _ change: (inout Wish) -> Void = { _ in }, _ tell: (FleetRotation.Progress) -> Void = { _ in }
  ) async throws -> End {
    var wish = Wish(request: .init(step, of: keys), terms: .init(patience: patience))
    wish.terms.interval = .milliseconds(20)
    change(&wish)
    var changes: [RotationChange] = []
    let end = try await FleetRotation(Rotation(wish.request, of: store, in: project), wish.terms).run {
      progress in
      if case .changed(let new) = progress { changes += new }
      tell(progress)
    }
    return End(
      phase: try #require(end.last).phase, changes: changes.compactMap(\.kind),
      titles: (changes + end).map(\.title))
  }

  func refusal(_ body: () async throws -> Void) async throws -> RotationRefusal? {
    do {
      try await body()
      return nil
    } catch let refusal as RotationRefusal {
      return refusal
    }
  }

  func join(_ name: String, fence: Duration? = nil) async throws -> MemberPlace {
    let claim = MemberClaim(try #require(MemberName(name)), holder: try OperationID(), fence: fence)
    guard case .joined(let place, _) = try await store.join(claim) else {
      throw RotationRefusal.nothingToRotate()
    }
    return place
  }

  func ring(of key: String = "SECRET_KEY") async throws -> (KeyRing, Int64) {
    let (document, version) = try await store.load()
    let terms = RingFile.Terms(key, project.schema[key], "the store", now: .now)
    return (try RingFile(terms, in: document, document.read(.strict)).ring, version.revision ?? 0)
  }

  /// A member serves with the document as it is.
  func serve(_ place: MemberPlace, _ change: (inout Acknowledgement) -> Void = { _ in }) async throws {
    let (ring, revision) = try await ring()
    var said = Acknowledgement(revision: revision, rings: ["SECRET_KEY": RingReport(of: ring)], time: .now)
    change(&said)
    #expect(try await store.acknowledge(said, as: place).isDone)
  }

  /// Serves with each document a while after it came, until the task is cancelled.
  func follow(_ place: MemberPlace, late: Duration) -> Task<Void, any Error> {
    Task {
      while !Task.isCancelled {
        try await Task.sleep(for: late)
        _ = try await store.renew(place)
        try await serve(place)
      }
    }
  }
}

@Suite struct FleetRotationTests {
  @Test func `three verbs take a key through a fleet, each when everybody has the last change`() async throws
  {
    let bench = try FleetBench()
    let places = try await [bench.join("web-1"), bench.join("web-2"), bench.join("web-3")]
    #expect(try await bench.run(.prepare).changes == [.prepare])
    for (index, place) in places.enumerated() {
      let refusal = try await bench.refusal { try await bench.run(.promote) }
      #expect(refusal?.code == .acknowledgementsMissing)
      #expect(refusal?.exitCode == 75)
      #expect(refusal?.message.contains("web-\(index + 1) is starting") == true)
      try await bench.serve(place)
    }
    #expect(try await bench.run(.promote).phase == .promoted)
    let behind = try await bench.refusal { try await bench.run(.retire) }
    #expect(behind?.message.contains("web-1 has gen 1 of 2") == true)
    for place in places { try await bench.serve(place) }
    let refused = try await bench.refusal { try await bench.run(.retire) }
    #expect(refused?.message.contains("web-1 has gen 2 of 3") == true)
    for place in places { try await bench.serve(place) }
    let end = try await bench.run(.retire)
    #expect(end.phase == .steady)
    #expect(end.changes == [.retire])
  }

  @Test func `one verb waits for everybody, however late, and ends when nobody signs with the old key`()
    async throws
  {
    let bench = try FleetBench()
    var tasks: [Task<Void, any Error>] = []
    for (index, late) in [20, 200, 600].enumerated() {
      tasks.append(bench.follow(try await bench.join("web-\(index)"), late: .milliseconds(late)))
    }
    var waited = false
    let end = try await bench.run(.rotate, patience: .seconds(300)) { _ in
    } _: { progress in
      if case .waiting(let missing, of: 3) = progress, !missing.isEmpty { waited = true }
    }
    #expect(end.changes == [.prepare, .promote, .acknowledge])
    #expect(end.phase == .grace)
    #expect(try await bench.ring().0.generation == 3)
    #expect(waited)
    let retired = try await bench.run(.retire, patience: .seconds(300))
    #expect(retired.phase == .steady)
    for task in tasks { task.cancel() }
  }

  @Test func `what a killed coordinator began, another finishes`() async throws {
    let bench = try FleetBench()
    let place = try await bench.join("web-1")
    let first = Task { try await bench.run(.rotate, patience: .seconds(300)) }
    while try await bench.ring().0.phase != .staged { try await Task.sleep(for: .milliseconds(10)) }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    let again = try await bench.refusal { try await bench.run(.rotate, patience: .seconds(1)) }
    #expect(again?.code == .outOfStep)
    let member = bench.follow(place, late: .milliseconds(30))
    #expect(
      try await bench.run(.resume, patience: .seconds(300)).changes == [.promote, .acknowledge, .retire])
    #expect(try await bench.ring().0.phase == .steady)
    member.cancel()
  }

  @Test func `of coordinators at once each change is made by one`() async throws {
    let bench = try FleetBench()
    let member = bench.follow(try await bench.join("web-1"), late: .milliseconds(30))
    try await bench.run(.prepare)
    let changes = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 { group.addTask { try await bench.run(.resume, patience: .seconds(300)).changes.count } }
      return try await group.reduce(0, +)
    }
    let (ring, _) = try await bench.ring()
    // Staged, promoted, grace; and retired by whoever came late, since the overlap is over at once.
    #expect(ring.generation == changes + 1)
    #expect((2...3).contains(changes))
    member.cancel()
  }

  @Test func `of two that ask for a new key at once one makes it, and the other is told to go on with that`()
    async throws
  {
    let bench = try FleetBench()
    var isFirst = true
    let refusal = try await bench.refusal {
      try await bench.run(.rotate, patience: .seconds(300)) {
        $0.terms.allowsNoMembers = true
      } _: { progress in
        guard case .changing = progress, isFirst else { return }
        isFirst = false
        // Between its look and its write.
        _ = try? CallingThread.run {
          try await bench.run(.rotate, patience: .seconds(300)) { $0.terms.allowsNoMembers = true }
        }
      }
    }
    #expect(refusal?.code == .lostRace)
    #expect(try await bench.ring().0.previous.count == 1)
  }

  @Test func `a wait that is too long ends with the names of those who are missing`() async throws {
    let bench = try FleetBench()
    _ = try await bench.join("web-7")
    let refusal = try await bench.refusal { try await bench.run(.rotate, patience: .milliseconds(300)) }
    #expect(refusal?.code == .acknowledgementsMissing)
    #expect(refusal?.message.contains("web-7 is starting") == true)
    #expect(try await bench.ring().0.phase == .staged)
  }

  @Test func `nobody on the roster is a mistake until somebody says that it is meant`() async throws {
    let bench = try FleetBench()
    try await bench.run(.prepare)
    #expect(try await bench.refusal { try await bench.run(.promote) }?.code == .noMembers)
    #expect(try await bench.run(.promote) { $0.terms.allowsNoMembers = true }.phase == .grace)
    // What nobody could follow is not begun.
    let other = try FleetBench()
    #expect(
      try await other.refusal { try await other.run(.rotate, patience: .seconds(5)) }?.code == .noMembers)
    #expect(try await other.ring().0.phase == .steady)
  }

  @Test func `a silent member blocks, until somebody says that it is gone`() async throws {
    let bench = try FleetBench(leaseLife: .seconds(3))
    let gone = try await bench.join("web-2")
    try await bench.run(.prepare)
    try await bench.serve(gone)
    let alive = try await bench.refusal {
      try await bench.run(.promote) { $0.terms.forgotten = [gone.claim.name] }
    }
    #expect(alive?.code == .stillAlive)
    try await Task.sleep(for: .milliseconds(3_200))
    let place = try await bench.join("web-1")
    try await bench.serve(place)
    let silent = try await bench.refusal { try await bench.run(.promote) }
    #expect(silent?.message.contains("web-2 is silent") == true)
    #expect(silent?.message.contains("--forget web-2") == true)
    #expect(try await bench.run(.promote) { $0.terms.forgotten = [gone.claim.name] }.phase == .promoted)
  }

  @Test func `only a member that stops by itself is gone on without, and not before it has`() async throws {
    for (fence, pragma, goesOn) in [
      (Duration.seconds(2), "forget-after=1s", true), (nil, "forget-after=1s", false),
      (Duration.seconds(2), "", false),
    ] {
      let bench = try FleetBench(pragma, leaseLife: .seconds(3))
      let silent = try await bench.join("web-2", fence: fence)
      try await bench.run(.prepare)
      try await bench.serve(silent)
      try await Task.sleep(for: .milliseconds(3_300))
      let member = bench.follow(try await bench.join("web-1"), late: .milliseconds(30))
      // Longer ago than its fence, but this run has not seen it.
      let begun = ContinuousClock.now
      let refusal = try await bench.refusal { try await bench.run(.promote, patience: .seconds(4)) }
      #expect((refusal == nil) == goesOn)
      if goesOn { #expect(begun.duration(to: .now) >= .seconds(2)) }
      member.cancel()
    }
  }

  @Test func `a clock that is far away, keys of another layer, and a store that went back are refused`()
    async throws
  {
    let bench = try FleetBench()
    let place = try await bench.join("web-1")
    try await bench.run(.prepare)
    for minutes in [-6, 6] {
      try await bench.serve(place) { $0.time = .now + .seconds(minutes * 60) }
      #expect(try await bench.refusal { try await bench.run(.promote) }?.code == .clocksApart)
    }
    try await bench.serve(place) { $0.time = .now + .seconds(240) }
    try await bench.serve(place) { said in said.rings["SECRET_KEY"]?.accepted = [] }
    let other = try await bench.refusal { try await bench.run(.promote, patience: .seconds(5)) }
    #expect(other?.message.contains("web-1 has other keys") == true)
    try await bench.serve(place) { said in said.revision = 1_000 }
    let old = try await bench.refusal { try await bench.run(.promote, patience: .seconds(5)) }
    #expect(old?.code == .documentOutdated)
    try await bench.serve(place)
    #expect(try await bench.run(.promote).phase == .promoted)
  }

  @Test func `a store without members cannot be waited for`() async throws {
    let bench = try FleetBench()
    let scratch = try Scratch()
    try scratch.write("SECRET_KEY=\(RotationBench.strong)\n")
    let rotation = FleetRotation(
      Rotation(.init(.rotate, of: ["SECRET_KEY"]), of: FileStore(scratch[".env"]), in: bench.project))
    let refusal = try await bench.refusal { try await rotation.run() }
    #expect(refusal?.code == .cannotWait)
    #expect(refusal?.exitCode == 64)
  }

  @Test func `with a next key that stands ready one push is a rotation`() async throws {
    let bench = try FleetBench("standing-next")
    let member = bench.follow(try await bench.join("web-1"), late: .milliseconds(30))
    try await bench.run(.prepare)
    for _ in 0..<2 {
      #expect(try await bench.run(.rotate, patience: .seconds(300)).changes == [.rotate, .acknowledge])
      #expect(try await bench.ring().0.next != nil)
    }
    member.cancel()
  }

  @Test func `a key in the wrong hands goes in one push, and waits for nobody`() async throws {
    let bench = try FleetBench()
    _ = try await bench.join("web-1")
    let end = try await bench.run(.compromised) { $0.request.isConfirmed = true }
    #expect(end.changes == [.compromise])
    #expect(try await bench.ring().0.accepted.count == 1)
  }

  @Test func `several keys go together, and none without the others`() async throws {
    let bench = try FleetBench()
    let other = "OTHER_KEY"
    let (document, version) = try await bench.store.load()
    var both = document
    _ = try both.set(other, to: RuleExample.other)
    _ = try await bench.store.replace(both, ifVersion: version, operation: OperationID())
    let place = try await bench.join("web-1")
    let following = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(30))
        _ = try await bench.store.renew(place)
        let rings = try await [bench.ring(), bench.ring(of: other)]
        let revision = rings.map(\.1).min()
        guard rings[0].1 == rings[1].1 else { continue }
        let reports = ["SECRET_KEY": RingReport(of: rings[0].0), other: RingReport(of: rings[1].0)]
        _ = try await bench.store.acknowledge(
          Acknowledgement(revision: revision, rings: reports, time: .now), as: place)
      }
    }
    let end = try await bench.run(.rotate, patience: .seconds(300), keys: ["SECRET_KEY", other])
    #expect(end.changes == [.prepare, .prepare, .promote, .promote, .acknowledge, .acknowledge])
    let refusal = try await bench.refusal {
      try await bench.run(.promote, patience: .seconds(5), keys: ["SECRET_KEY", "NO_FALLBACK"])
    }
    #expect(refusal != nil)
    following.cancel()
  }

  @Test func `one verb goes to the very end where the overlap is short`() async throws {
    let bench = try FleetBench()
    let member = bench.follow(try await bench.join("web-1"), late: .milliseconds(30))
    let old = try await bench.ring().0.current
    let end = try await bench.run(.rotate, patience: .seconds(300)) { wish in
      wish.request.grace = .seconds(2)
      wish.terms.waitsForRetirement = true
    }
    #expect(end.changes == [.prepare, .promote, .acknowledge, .retire])
    #expect(end.phase == .steady)
    #expect(try await bench.ring().0.accepted.contains { $0.isSame(as: old) } == false)
    // An overlap that nobody waits for ends the run; what is left is said.
    let long = try await bench.run(.rotate, patience: .seconds(300)) { wish in
      wish.request.grace = .seconds(3_600)
      wish.terms.waitsForRetirement = true
    }
    #expect(long.changes == [.prepare, .promote, .acknowledge])
    member.cancel()
  }

  @Test func `a plan changes nothing, and says what the first change would be`() async throws {
    let bench = try FleetBench()
    _ = try await bench.join("web-1")
    let plan = try await bench.run(.rotate, patience: .seconds(5)) { $0.terms.isPlan = true }
    #expect(plan.changes == [])
    #expect(plan.titles.last?.hasPrefix("prepared SECRET_KEY") == true)
    #expect(plan.titles.last?.hasSuffix("0 of 1 member have it") == true)
    #expect(try await bench.ring().0.generation == 0)
  }

  @Test func `a key without an overlap goes at once where that is meant`() async throws {
    let bench = try FleetBench()
    _ = try await bench.join("web-1")
    let end = try await bench.run(.rotate, patience: .seconds(300)) { $0.request.dropsPrevious = true }
    #expect(end.changes == [.replace])
    #expect(try await bench.ring().0.accepted.count == 1)
  }

  @Test func `an outage of the store is waited out`() async throws {
    let bench = try FleetBench()
    let place = try await bench.join("web-1")
    let run = Task { try await bench.run(.rotate, patience: .seconds(300)) }
    while try await bench.ring().0.phase != .staged { try await Task.sleep(for: .milliseconds(10)) }
    bench.store.isUnreachable = true
    try await Task.sleep(for: .milliseconds(200))
    bench.store.isUnreachable = false
    let member = bench.follow(place, late: .milliseconds(30))
    #expect(try await run.value.phase == .grace)
    member.cancel()
  }
}
