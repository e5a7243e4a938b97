import CfgKitSecrets
import FleetSimulation
import Testing

@testable import CfgKit

/// A fleet of replicas, each with a snapshot of the ring, and one coordinator: what the engine must keep safe.
private struct Fleet {
  struct Replica {
    var snapshot: KeyRing
    /// When it last said what it serves with.
    var acknowledged: RotationTime
  }

  static let life = Duration.seconds(86_400)

  var ring: KeyRing
  var replicas: [Replica]
  var now = RotationTime(parsing: "2026-11-23T10:00:00Z")!
  let policy = RotationPolicy(fallbackKey: "LIST", grace: life, settle: .zero)
  let keys: KeyMaker

  init(_ keys: KeyMaker, replicas count: Int) throws {
    self.keys = keys
    ring = KeyRing("KEY", current: try keys.next())
    replicas = Array(repeating: Replica(snapshot: ring, acknowledged: now), count: count)
  }

  var members: [RotationMember] {
    replicas.enumerated().map { index, replica in
      RotationMember(
        "web-\(index)", generation: replica.snapshot.generation, acknowledged: replica.acknowledged)
    }
  }

  /// Takes a verb to the ring; a refusal changes nothing.
  mutating func take(_ kind: RotationEvent.Kind) throws {
    let event = RotationEvent(
      kind, try OperationID(), fresh: RotationEvent.needsFresh(kind) ? try keys.next() : nil)
    let before = ring
    do throws(RotationRefusal) {
      let (changed, effects) = try RotationEngine.step(
        ring, event, members: members, policy: policy, now: now)
      #expect(effects.isEmpty == (changed.generation == before.generation))
      let (again, none) = try RotationEngine.step(changed, event, members: members, policy: policy, now: now)
      if !effects.isEmpty { #expect(none.isEmpty && again.generation == changed.generation) }
      ring = changed
    } catch {
      #expect(!error.message.isEmpty && error.exitCode != 0)
    }
  }

  /// A replica loads the ring, as after a restart.
  mutating func apply(_ index: Int) {
    replicas[index].snapshot = ring
    replicas[index].acknowledged = now
  }
}

/// Strong keys that are cheap to make.
private final class KeyMaker {
  private let salt: Salt
  private let generator: SecretGenerator

  init() throws {
    salt = try Salt()
    generator = try SecretGenerator()
  }

  func next() throws -> RingKey {
    RingKey(try generator.generate(), name: "KEY", salt: salt, policy: .key)
  }
}

@Suite struct RotationEngineTests {
  @Test func `what was signed is accepted for its whole life`() throws {
    let keys = try KeyMaker()
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<40 {
      var fleet = try Fleet(keys, replicas: 3)
      var signed: [(Fingerprint?, until: RotationTime)] = []
      for _ in 0..<60 {
        for replica in fleet.replicas {
          signed.append((replica.snapshot.current.fingerprint, fleet.now + Fleet.life))
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
          let kind = [RotationEvent.Kind.prepare, .promote, .acknowledge, .retire].randomElement(
            using: &generator)!
          try fleet.take(kind)
        case 5..<9: fleet.apply(Int.random(in: 0..<3, using: &generator))
        default: fleet.now = fleet.now + .seconds(Int.random(in: 60...40_000, using: &generator))
        }
        signed.removeAll { $0.until <= fleet.now }
        for (fingerprint, _) in signed {
          for replica in fleet.replicas {
            #expect(replica.snapshot.accepted.contains { $0.fingerprint == fingerprint })
          }
        }
      }
    }
  }

  @Test func `promote waits for every member, and names who is missing`() throws {
    var fleet = try Fleet(try KeyMaker(), replicas: 2)
    try fleet.take(.prepare)
    fleet.apply(0)
    let event = RotationEvent(.promote, try OperationID())
    do {
      _ = try RotationEngine.step(
        fleet.ring, event, members: fleet.members, policy: fleet.policy, now: fleet.now)
      Issue.record("promoted without acknowledgements")
    } catch {
      #expect(error.code == .acknowledgementsMissing)
      #expect(error.message.contains("web-1") && !error.message.contains("web-0"))
    }
  }

  @Test func `the clock of a previous key starts with the last acknowledgement`() throws {
    var fleet = try Fleet(try KeyMaker(), replicas: 2)
    try fleet.take(.prepare)
    fleet.apply(0)
    fleet.apply(1)
    try fleet.take(.promote)
    #expect(fleet.ring.phase == .promoted)
    #expect(fleet.ring.previous.first?.until == nil)
    fleet.now = fleet.now + .seconds(500)
    fleet.apply(0)
    fleet.now = fleet.now + .seconds(500)
    fleet.apply(1)
    let last = fleet.now
    fleet.now = fleet.now + .seconds(500)
    try fleet.take(.acknowledge)
    #expect(fleet.ring.phase == .grace)
    #expect(fleet.ring.previous.first?.until == last + Fleet.life)
  }

  @Test func `every verb has an answer in every phase`() throws {
    let keys = try KeyMaker()
    for phase in KeyRing.Phase.allCases {
      for kind in RotationEvent.Kind.allCases {
        for members in [nil, [RotationMember]()] {
          var ring = KeyRing("KEY", current: try keys.next())
          ring.phase = phase
          let now = RotationTime.now
          if phase == .staged { ring.next = KeyRing.Next(key: try keys.next(), published: now) }
          if phase == .promoted || phase == .grace {
            ring.previous = [.init(key: try keys.next(), until: now)]
          }
          let event = RotationEvent(
            kind, try OperationID(), fresh: RotationEvent.needsFresh(kind) ? try keys.next() : nil,
            isConfirmed: true)
          let policy = RotationPolicy(fallbackKey: "LIST")
          do {
            let (changed, _) = try RotationEngine.step(
              ring, event, members: members, policy: policy, now: now)
            #expect((changed.phase == .staged) == (changed.next != nil))
            #expect(changed.phase != .steady || changed.previous.isEmpty)
          } catch {
            #expect(!error.message.isEmpty)
          }
        }
      }
    }
  }

  @Test func `a dead key never comes back`() throws {
    let keys = try KeyMaker()
    let old = try keys.next()
    var ring = KeyRing("KEY", current: old)
    let policy = RotationPolicy(fallbackKey: "LIST")
    let now = RotationTime.now
    ring = try RotationEngine.step(
      ring, RotationEvent(.compromise, try OperationID(), fresh: try keys.next(), isConfirmed: true),
      members: nil,
      policy: policy, now: now
    ).0
    for kind in RotationEvent.Kind.allCases where RotationEvent.needsFresh(kind) && kind != .fill {
      let event = RotationEvent(kind, try OperationID(), fresh: old, isConfirmed: true)
      #expect(throws: RotationRefusal.self) {
        _ = try RotationEngine.step(ring, event, members: nil, policy: policy, now: now)
      }
    }
  }
}
