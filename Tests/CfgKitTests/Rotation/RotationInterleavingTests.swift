import CfgKitSecrets
import Testing

@testable import CfgKit

/// Every order in which verbs, replicas and time can come, up to the state in which nothing new happens: states that differ only
/// in which keys they hold, or in which replica is which, count as one.
@Suite struct RotationInterleavingTests {
  /// One replica: the generation and the ring that it serves with, or that it is down.
  private struct Replica: Hashable {
    var snapshot: Int?
  }

  /// A fleet, by numbers: rings stand in the order in which they were published, the last one is the document's.
  private struct World {
    var rings: [KeyRing]
    var replicas: [Replica]
    var now: RotationTime
    /// When each ring was promoted or aborted, for what was signed before.
    var keyCount: Int

    var ring: KeyRing { rings[rings.count - 1] }
  }

  private enum Move: Hashable, CustomStringConvertible {
    case verb(RotationEvent.Kind)
    /// A replica loads the document as it is, late or after a restart.
    case load(Int)
    /// A replica dies; it signs no more, and counts no more among the members.
    case crash(Int)
    case wait

    var description: String {
      switch self {
      case .verb(let kind): kind.rawValue
      case .load(let index): "load(\(index))"
      case .crash(let index): "crash(\(index))"
      case .wait: "wait"
      }
    }
  }

  /// Keys to draw from; a key that nobody holds any more may be drawn again, as if it were new.
  private static let keys = Result {
    let salt = try Salt()
    let generator = try SecretGenerator()
    return try (0..<24).map { _ in
      RingKey(try generator.generate(), name: "KEY", salt: salt, policy: .key)
    }
  }

  private static let life = Duration.seconds(86_400)

  @Test(arguments: [
    (1, false), (2, false), (3, false), (4, false), (5, false), (2, true), (3, true), (5, true),
  ])
  func `no order of moves lets a live replica refuse another's key, or brings back a retired one`(
    count: Int, standing: Bool
  ) throws {
    let policy = RotationPolicy(
      fallbackKey: "LIST", grace: Self.life, settle: .zero, keepsStandingNext: standing)
    let keys = try Self.keys.get()
    let start = World(
      rings: [KeyRing("KEY", current: keys[0])],
      replicas: Array(repeating: Replica(snapshot: 0), count: count),
      now: RotationTime(parsing: "2026-11-23T10:00:00Z")!, keyCount: 1)
    let verbs: [RotationEvent.Kind] =
      standing
      ? [.rotate, .acknowledge, .retire, .abort] : [.prepare, .promote, .acknowledge, .retire, .abort]
    let moves =
      verbs.map(Move.verb) + (0..<count).map(Move.load) + (0..<count).map(Move.crash) + [.wait]
    var seen: Set<[Int]> = []
    var open: [(World, [Move])] = [(start, [])]
    while let (world, history) = open.popLast() {
      guard seen.insert(Self.shape(of: world, keys)).inserted else { continue }
      Self.check(world, history)
      for move in moves {
        guard let next = try Self.make(move, in: world, policy, keys) else { continue }
        open.append((next, history + [move]))
      }
    }
    // What is explored is every state; should that ever be few, the test proves nothing.
    #expect(seen.count > count * 20, "\(seen.count) states")
  }

  /// That every live replica accepts what another one signs, and that none accepts what the document says is dead.
  private static func check(_ world: World, _ history: [Move]) {
    let live = world.replicas.compactMap(\.snapshot).map { world.rings[$0] }
    for signer in live {
      for verifier in live {
        let isAccepted = verifier.accepted.contains { $0.fingerprint == signer.current.fingerprint }
        #expect(isAccepted, "\(history)")
      }
    }
    let ring = world.ring
    #expect(Set(ring.accepted.compactMap(\.fingerprint)).isDisjoint(with: ring.dead), "\(history)")
    #expect(ring.previous.count <= 2)
    #expect(
      Set(ring.accepted.map(\.fingerprint)).count == ring.accepted.count, "a key stands twice: \(history)")
  }

  /// The world after a move; nil if it is refused, or changes nothing.
  private static func make(_ move: Move, in world: World, _ policy: RotationPolicy, _ keys: [RingKey]) throws
    -> World?
  {
    var next = world
    switch move {
    case .wait:
      next.now = world.now + life
    case .crash(let index):
      guard world.replicas[index].snapshot != nil else { return nil }
      next.replicas[index].snapshot = nil
    case .load(let index):
      guard world.replicas[index].snapshot != world.rings.count - 1 else { return nil }
      next.replicas[index].snapshot = world.rings.count - 1
    case .verb(let kind):
      let event = RotationEvent(
        kind, try OperationID(), fresh: RotationEvent.needsFresh(kind) ? fresh(world, keys, 0) : nil,
        standing: kind == .rotate && policy.keepsStandingNext ? fresh(world, keys, 1) : nil)
      // A crashed replica has no lease. A live one has acknowledged what it serves with, just now.
      let members = world.replicas.enumerated().compactMap { index, replica in
        replica.snapshot.map {
          RotationMember("\(index)", generation: world.rings[$0].generation, acknowledged: world.now)
        }
      }
      do throws(RotationRefusal) {
        let (ring, effects) = try RotationEngine.step(
          world.ring, event, members: members, policy: policy, now: world.now)
        if effects.isEmpty { return nil }
        next.rings.append(ring)
      } catch {
        return nil
      }
    }
    return next
  }

  /// A key that no ring of a live replica, nor the document, holds or remembers.
  private static func fresh(_ world: World, _ keys: [RingKey], _ skip: Int) -> RingKey {
    let held = (world.replicas.compactMap(\.snapshot).map { world.rings[$0] } + [world.ring]).flatMap {
      $0.accepted.compactMap(\.fingerprint) + $0.dead
    }
    return keys.filter { !held.contains($0.fingerprint!) }[skip]
  }

  /// The world without the names of its keys and replicas: roles by number, times by how far they are away.
  private static func shape(of world: World, _ keys: [RingKey]) -> [Int] {
    var names: [Fingerprint: Int] = [:]
    func name(_ key: RingKey) -> Int {
      let fingerprint = key.fingerprint!
      if let known = names[fingerprint] { return known }
      names[fingerprint] = names.count
      return names.count - 1
    }
    func away(_ time: RotationTime?) -> Int { time.map { max(0, $0.seconds - world.now.seconds) } ?? -1 }
    func text(_ ring: KeyRing) -> [Int] {
      [
        KeyRing.Phase.allCases.firstIndex(of: ring.phase)!, name(ring.current),
        ring.next.map { name($0.key) } ?? -1,
      ]
        + ring.previous.flatMap { [name($0.key), away($0.until)] } + [-9]
    }
    let document = text(world.ring)
    let replicas = world.replicas.map { replica -> [Int] in
      guard let snapshot = replica.snapshot else { return [-2] }
      let isNewest = world.rings[snapshot].generation == world.ring.generation
      return [isNewest ? 1 : 0] + text(world.rings[snapshot])
    }
    return document + replicas.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { [-7] + $0 }
  }
}
