package import CfgKit
import CfgKitSecrets
import Synchronization

/// The lists of members of a store in memory.
struct MemoryRoster {
  struct Entry {
    let claim: MemberClaim
    let number: Int64
  }

  struct Lease {
    var end: ContinuousClock.Instant
    var acknowledgement: (name: MemberName, holder: OperationID, value: Acknowledgement)?
    var slots: Set<Int> = []
  }

  var entries: [MemberName: Entry] = [:]
  var leases: [Int64: Lease] = [:]
  var last: Int64 = 0

  mutating func next() -> Int64 {
    last += 1
    return last
  }

  mutating func expire() {
    leases = leases.filter { $0.value.end > .now }
  }

  func alive(_ name: MemberName) -> Lease? { leases.values.first { $0.acknowledgement?.name == name } }
}

extension MemoryStore: MemberStore {
  package func join(_ claim: MemberClaim) async throws(StoreError) -> JoinOutcome {
    try withRoster { roster in
      if let alive = roster.alive(claim.name) {
        guard alive.acknowledgement?.holder == claim.holder, let entry = roster.entries[claim.name],
          let lease = roster.leases.first(where: { $0.value.acknowledgement?.name == claim.name })
        else { return .held }
        return .joined(MemberPlace(claim, lease: lease.key, entry: entry.number), sent: .now)
      }
      let place = MemberPlace(claim, lease: roster.next(), entry: roster.next())
      roster.entries[claim.name] = .init(claim: claim, number: place.entry)
      let empty = Acknowledgement(revision: nil, time: .now)
      roster.leases[place.lease] = .init(
        end: .now + leaseLife, acknowledgement: (claim.name, claim.holder, empty))
      return .joined(place, sent: .now)
    }
  }

  package func rejoin(_ place: MemberPlace, _ acknowledgement: Acknowledgement) async throws(StoreError)
    -> MemberOutcome
  {
    try withRoster { roster in
      guard roster.entries[place.claim.name]?.number == place.entry else { return .offRoster }
      if roster.alive(place.claim.name) != nil { return .held }
      let renewed = MemberPlace(place.claim, lease: roster.next(), entry: place.entry)
      roster.leases[renewed.lease] = .init(
        end: .now + leaseLife, acknowledgement: (place.claim.name, place.claim.holder, acknowledgement))
      return .done(renewed, sent: .now)
    }
  }

  package func renew(_ place: MemberPlace) async throws(StoreError) -> MemberOutcome {
    try withRoster { roster in
      guard roster.leases[place.lease] != nil else { return .lapsed }
      roster.leases[place.lease]?.end = .now + leaseLife
      return .done(place, sent: .now)
    }
  }

  package func acknowledge(_ acknowledgement: Acknowledgement, as place: MemberPlace)
    async throws(StoreError)
    -> MemberOutcome
  {
    try withRoster { roster in
      guard roster.leases[place.lease] != nil else { return .lapsed }
      guard roster.entries[place.claim.name]?.number == place.entry else { return .offRoster }
      roster.leases[place.lease]?.acknowledgement = (place.claim.name, place.claim.holder, acknowledgement)
      return .done(place, sent: .now)
    }
  }

  package func leave(_ place: MemberPlace) async throws(StoreError) {
    try withRoster { roster in
      roster.leases[place.lease] = nil
      if roster.entries[place.claim.name]?.number == place.entry { roster.entries[place.claim.name] = nil }
    }
  }

  package func takeSlot(of count: Int, as place: MemberPlace) async throws(StoreError) -> Bool {
    try withRoster { roster in
      guard let lease = roster.leases[place.lease] else { return false }
      if !lease.slots.isEmpty { return true }
      let taken = roster.leases.values.reduce(into: Set<Int>()) { $0.formUnion($1.slots) }
      guard let free = (0..<count).first(where: { !taken.contains($0) }) else { return false }
      roster.leases[place.lease]?.slots.insert(free)
      return true
    }
  }

  package func freeSlots(as place: MemberPlace) async throws(StoreError) {
    try withRoster { $0.leases[place.lease]?.slots = [] }
  }

  package func members() async throws(StoreError) -> Roster {
    let revision = try found().revision
    return try withRoster { roster in
      let members = roster.entries.values.map { entry in
        let alive = roster.alive(entry.claim.name)
        return RosterMember(
          entry.claim.name, fence: entry.claim.fence, alive?.acknowledgement?.value,
          hasSlot: alive?.slots.isEmpty == false)
      }
      return Roster(
        members: members.sorted { $0.name < $1.name }, documentRevision: revision == 0 ? nil : revision)
    }
  }

  package func forget(_ name: MemberName) async throws(StoreError) -> Bool {
    try withRoster { roster in
      if roster.alive(name) != nil { return false }
      roster.entries[name] = nil
      return true
    }
  }

  private func withRoster<R: Sendable>(_ body: (inout MemoryRoster) -> R) throws(StoreError) -> R {
    _ = try found()
    return roster.withLock { roster in
      roster.expire()
      return body(&roster)
    }
  }
}
