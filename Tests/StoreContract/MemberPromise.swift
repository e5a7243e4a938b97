package import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// One thing that every store with members promises, as a check of a store that knows nobody yet, and whose leases are short.
package struct MemberPromise: Sendable, CustomStringConvertible {
  /// The sentence.
  package let description: String
  private let check: @Sendable (any MemberStore) async throws -> Void

  private init(_ description: String, _ check: @escaping @Sendable (any MemberStore) async throws -> Void) {
    self.description = description
    self.check = check
  }

  /// Throws what was found instead.
  package func hold(of store: any MemberStore) async throws { try await check(store) }

  /// All of them.
  package static let all = [
    MemberPromise("who joins is on the roster, alive, and serves with nothing yet") { store in
      let place = try await join("web-1", in: store, fence: .seconds(600))
      _ = try await join("web-0", in: store)
      let members = try await store.members().members
      try expect(members.map(\.name.description) == ["web-0", "web-1"], "the roster is \(members)")
      try expect(members.allSatisfy { $0.acknowledgement?.revision == nil }, "it serves already")
      try expect(members.allSatisfy { $0.acknowledgement != nil }, "who joined is silent")
      try expect(members.map(\.fence) == [nil, .seconds(600)], "the fences are \(members.map(\.fence))")
      try expect(members.allSatisfy { !$0.hasSlot }, "a slot is taken")
      _ = place
    },
    MemberPromise("what is acknowledged is what others read") { store in
      let place = try await join("web-1", in: store)
      let said = try acknowledgement(7)
      try expect(try await store.acknowledge(said, as: place).isDone, "not acknowledged")
      let roster = try await store.members()
      try expect(roster.members.map(\.acknowledgement) == [said], "others read \(roster.members)")
    },
    MemberPromise("the roster knows the revision of the document") { store in
      try expect(try await store.members().documentRevision == nil, "there is no document")
      try await store.update(as: OperationID(), createIfAbsent: true) { try $0.set("A", to: "1") }
      let version = try await store.load().1
      try expect(try await store.members().documentRevision == version.revision, "another revision")
    },
    MemberPromise("of two holders of one name the second one waits until the first has ended") { store in
      let first = try await join("web-1", in: store)
      try expect(try await store.join(claim("web-1")) == .held, "two hold one name")
      try await store.leave(first)
      _ = try await join("web-1", in: store)
    },
    MemberPromise("the same claim again gives the same place") { store in
      let claim = try claim("web-1")
      guard case .joined(let first, _) = try await store.join(claim),
        case .joined(let second, _) = try await store.join(claim)
      else { throw Broken("its own claim is held against it") }
      try expect(first == second, "another place")
    },
    MemberPromise("of many who claim one name at once, one gets it") { store in
      let joined = try await withThrowingTaskGroup(of: Bool.self) { racers in
        for _ in 0..<6 {
          racers.addTask {
            if case .joined = try await store.join(claim("web-1")) { true } else { false }
          }
        }
        return try await racers.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      try expect(joined == 1, "\(joined) got it")
    },
    MemberPromise("a clean stop takes the name off the roster; doing it twice does no harm") { store in
      let place = try await join("web-1", in: store)
      try await store.leave(place)
      try await store.leave(place)
      try expect(try await store.members().members.isEmpty, "it is still there")
    },
    MemberPromise(
      "after a kill the name stays on the roster, silent, and blocks until somebody says it is gone"
    ) {
      store in
      let place = try await join("web-1", in: store)
      _ = try await store.acknowledge(acknowledgement(7), as: place)
      try expect(try await !store.forget(place.claim.name), "somebody alive was forgotten")
      try await untilSilent("web-1", in: store)
      try expect(try await store.members().members.count == 1, "the roster forgot it")
      try expect(try await store.forget(place.claim.name), "not forgotten")
      try expect(try await store.forget(place.claim.name), "the second time is refused")
      try expect(try await store.members().members.isEmpty, "it is still there")
    },
    MemberPromise("who renews stays alive") { store in
      let place = try await join("web-1", in: store)
      let end = ContinuousClock.now + store.leaseLife * 2
      while ContinuousClock.now < end {
        let asked = ContinuousClock.now
        guard case .done(place, let sent) = try await store.renew(place) else { throw Broken("it lapsed") }
        try expect(sent >= asked && sent <= .now, "sent at another time")
        try await Task.sleep(for: .milliseconds(300))
      }
      try expect(try await store.members().members.first?.acknowledgement != nil, "it is silent")
    },
    MemberPromise("a lease that has run out is neither renewed nor acknowledged under, and gives no slot") {
      store in
      let place = try await join("web-1", in: store)
      try await untilSilent("web-1", in: store)
      try expect(try await store.renew(place) == .lapsed, "renewed")
      try expect(try await store.acknowledge(acknowledgement(7), as: place) == .lapsed, "acknowledged")
      try expect(try await !store.takeSlot(of: 1, as: place), "took a slot")
      try expect(try await store.members().members.first?.acknowledgement == nil, "it is alive")
    },
    MemberPromise("who was silent goes on with its place under a new lease") { store in
      let place = try await join("web-1", in: store)
      try await untilSilent("web-1", in: store)
      let said = try acknowledgement(7)
      guard case .done(let renewed, _) = try await store.rejoin(place, said) else { throw Broken("refused") }
      try expect(renewed.entry == place.entry && renewed.lease != place.lease, "no new lease")
      try expect(try await store.members().members.map(\.acknowledgement) == [said], "not acknowledged")
      guard case .done = try await store.renew(renewed) else { throw Broken("not renewed") }
      try expect(try await store.rejoin(place, said) == .held, "two go on with one place")
      try expect(
        try await store.acknowledge(said, as: renewed).isDone, "not acknowledged under the new lease")
    },
    MemberPromise("who was forgotten, or whose name another has, is off the roster") { store in
      let forgotten = try await join("web-1", in: store)
      let followed = try await join("web-2", in: store)
      try await untilSilent("web-1", in: store)
      try await untilSilent("web-2", in: store)
      try expect(try await store.forget(forgotten.claim.name), "not forgotten")
      let new = try await join("web-2", in: store)
      for place in [forgotten, followed] {
        try expect(try await store.rejoin(place, acknowledgement(7)) == .offRoster, "it is on the roster")
      }
      // Its end is not the end of who came after it.
      try await store.leave(followed)
      try expect(
        try await store.acknowledge(acknowledgement(8), as: new).isDone, "it took the place of another")
    },
    MemberPromise("a slot has one holder, until it is given back or its holder falls silent") { store in
      let first = try await join("web-1", in: store)
      let second = try await join("web-2", in: store)
      try expect(try await store.takeSlot(of: 1, as: first), "no slot")
      try expect(try await store.takeSlot(of: 1, as: first), "not the second time")
      try expect(try await !store.takeSlot(of: 1, as: second), "two have one slot")
      try expect(
        try await store.members().members.map(\.hasSlot) == [true, false], "others see it otherwise")
      try expect(try await store.takeSlot(of: 2, as: second), "not the second slot")
      try await store.freeSlots(as: first)
      try await store.freeSlots(as: second)
      try expect(try await store.takeSlot(of: 1, as: second), "not given back")
      while try await !store.takeSlot(of: 1, as: first) {
        guard case .done = try await store.renew(first) else { throw Broken("the living one lapsed") }
        try await Task.sleep(for: .milliseconds(300))
      }
      try expect(try await store.members().members.last?.acknowledgement == nil, "its holder is alive")
    },
    MemberPromise("of many who want one slot at once, one gets it") { store in
      let taken = try await withThrowingTaskGroup(of: Bool.self) { racers in
        for racer in 0..<6 {
          racers.addTask { try await store.takeSlot(of: 1, as: join("web-\(racer)", in: store)) }
        }
        return try await racers.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      try expect(taken == 1, "\(taken) got it")
    },
  ]

  // MARK: Checks

  private typealias Broken = StorePromise.Broken

  private static func claim(_ name: String, fence: Duration? = nil) throws -> MemberClaim {
    guard let name = MemberName(name) else { throw Broken("no name") }
    return MemberClaim(name, holder: try OperationID(), fence: fence)
  }

  private static func join(_ name: String, in store: any MemberStore, fence: Duration? = nil) async throws
    -> MemberPlace
  {
    guard case .joined(let place, _) = try await store.join(claim(name, fence: fence)) else {
      throw Broken("\(name) is held")
    }
    return place
  }

  private static func acknowledgement(_ revision: Int64) throws -> Acknowledgement {
    let key = RingKey(
      try SecretGenerator().generate(.standard), name: "SECRET_KEY", salt: try Salt(), policy: .key)
    let report = RingReport(of: KeyRing("SECRET_KEY", current: key))
    return Acknowledgement(
      revision: revision, rings: ["SECRET_KEY": report], time: RotationTime(seconds: 1_764_000_000))
  }

  private static func untilSilent(_ name: String, in store: any MemberStore) async throws {
    let end = ContinuousClock.now + store.leaseLife * 4 + .seconds(5)
    while ContinuousClock.now < end {
      let member = try await store.members().members.first { $0.name.description == name }
      if member?.acknowledgement == nil { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    throw Broken("\(name) is still alive")
  }

  private static func expect(_ condition: Bool, _ found: String) throws(Broken) {
    if !condition { throw Broken(found) }
  }
}

extension MemberOutcome {
  /// Whether it was done.
  package var isDone: Bool { if case .done = self { true } else { false } }
}
