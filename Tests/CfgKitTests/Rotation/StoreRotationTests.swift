import CfgKitDotEnv
import CfgKitSecrets
import FleetSimulation
import StoreContract
import Testing

@testable import CfgKit

/// A ring in a store that loses replies, is late and lets others be faster: exactly one key signs, a change that is repeated changes nothing,
/// and no key that was retired comes back.
@Suite struct StoreRotationTests {
  private static let strong = RotationBench.strong
  private static let policy = RotationPolicy(fallbackKey: "KEYS", grace: .zero, settle: .zero)

  private static func terms(_ now: RotationTime) -> RingFile.Terms {
    RingFile.Terms(
      name: "KEY", policy: policy, strength: .key, shownPath: "memory", mayBeAbsent: false, now: now)
  }

  private static func ring(in store: MemoryStore) async throws -> KeyRing {
    let document = try await store.load().0
    return try RingFile(terms(RotationBench.start), in: document, document.read(.strict)).ring
  }

  /// One verb, as each of several hosts says it. Refused is fine: another host was faster.
  private static func say(
    _ kind: RotationEvent.Kind, _ operation: OperationID, in store: MemoryStore, _ now: RotationTime
  ) async throws -> Bool {
    do {
      return try await store.update(as: operation, createIfAbsent: false, attempts: 100) { document in
        let file = try RingFile(terms(now), in: document, document.read(.strict))
        let fresh = RotationEvent.needsFresh(kind) ? file.key(try SecretGenerator().generate(.standard)) : nil
        let event = RotationEvent(kind, operation, fresh: fresh)
        let (ring, effects) = try RotationEngine.step(
          file.ring, event, members: nil, policy: policy, now: now)
        if !effects.isEmpty { try file.write(ring, to: &document, at: .end) }
        return !effects.isEmpty
      }
    } catch is RotationRefusal {
      return false
    }
  }

  @Test func `a reply that is lost does not rotate twice`() async throws {
    for faults: [MemoryStore.Fault] in [
      [.lostReply], [.lostRequest, .lostReply], [.lostReply, .away, .lostRequest],
    ] {
      let store = MemoryStore("KEY=\(Self.strong)\n")
      store.inject(faults)
      #expect(try await Self.say(.rotate, OperationID(), in: store, RotationBench.start))
      let ring = try await Self.ring(in: store)
      #expect(ring.generation == 1)
      #expect(ring.previous.count == 1)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `of hosts that rotate one ring at once each change is one generation, and no retired key comes back`(
    seed: UInt64
  ) async throws {
    let store = MemoryStore("KEY=\(Self.strong)\nOTHER=1\n")
    var random = SeededGenerator(seed: seed)
    let faults: [MemoryStore.Fault] = [
      .lostReply, .lostRequest, .conflict, .late(.milliseconds(3)), .late(.milliseconds(1)), .away,
    ]
    let verbs: [RotationEvent.Kind] = [.prepare, .promote, .retire, .rotate, .abort]
    var changes = 0
    var known: [[Fingerprint]] = []
    for minute in 0..<30 {
      let now = RotationBench.start + .seconds(minute * 60)
      let chosen = (0..<3).map { _ in verbs[Int(random.next() % UInt64(verbs.count))] }
      // An absence that is met first is refused as a whole; only one after a lost reply has to be waited out.
      store.inject([faults[Int(random.next() % 5)], faults[Int(random.next() % 5)]])
      changes += try await withThrowingTaskGroup(of: Bool.self) { hosts in
        for verb in chosen {
          hosts.addTask { try await Self.say(verb, OperationID(), in: store, now) }
        }
        return try await hosts.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      let ring = try await Self.ring(in: store)
      #expect(ring.generation == changes)
      let accepted = ring.accepted.compactMap(\.fingerprint)
      #expect(accepted.count == ring.accepted.count)
      #expect(Set(accepted).count == accepted.count)
      #expect(Set(accepted).isDisjoint(with: ring.dead))
      known.append(ring.dead)
    }
    #expect(changes > 10)
    #expect(known.contains { !$0.isEmpty })
    #expect(try await store.load().0.read(.strict).value(for: "OTHER") == "1")
  }
}
