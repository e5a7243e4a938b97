import CfgKit
import CfgKitSecrets

/// A store with members, by numbers: one ring is the document, time is given, and nothing is sent.
struct SimulatedStore {
  struct Lease {
    var end: Int
    let name: MemberName
    var slot: Int?
  }

  struct Entry {
    let number: Int64
    let holder: OperationID
    let fence: Duration?
  }

  static let leaseLife = 15_000

  private(set) var ring: KeyRing
  private(set) var snapshots: [Int64: Snapshot] = [:]
  private(set) var rings: [Int64: KeyRing] = [:]
  private(set) var revision: Int64 = 1
  private(set) var entries: [MemberName: Entry] = [:]
  private(set) var leases: [Int64: Lease] = [:]
  private var acknowledgements: [MemberName: (lease: Int64, holder: OperationID, value: Acknowledgement)] =
    [:]
  private var slots: [Int: Int64] = [:]
  private var last: Int64 = 1
  private var contents = 0
  /// How many requests of each kind came in, and how many keys each of them wrote.
  var requests: [String: Int] = [:]

  init(_ ring: KeyRing) {
    self.ring = ring
    publish(ring, isNew: true)
  }

  mutating func expire(_ now: Int) {
    for (number, lease) in leases where lease.end <= now { end(number, lease) }
  }

  /// Expires one lease if its time is over, so that a large fleet need not be looked through.
  mutating func expire(_ number: Int64, _ now: Int) {
    if let lease = leases[number], lease.end <= now { end(number, lease) }
  }

  private mutating func end(_ number: Int64, _ lease: Lease) {
    leases[number] = nil
    if acknowledgements[lease.name]?.lease == number { acknowledgements[lease.name] = nil }
    if let slot = lease.slot, slots[slot] == number { slots[slot] = nil }
  }

  private mutating func next() -> Int64 {
    last += 1
    return last
  }

  private mutating func publish(_ new: KeyRing, isNew: Bool) {
    revision = next()
    if isNew { contents += 1 }
    ring = new
    rings[revision] = new
    snapshots[revision] = Snapshot(
      revision: revision, content: DocumentVersion(revision: Int64(contents)),
      rings: [new.name: RingReport(of: new)], dead: [new.name: Set(new.dead)])
  }

  /// Swaps the ring if nobody else did; false if somebody was faster.
  mutating func replace(_ new: KeyRing, ifRevision expected: Int64) -> Bool {
    requests["document writes", default: 0] += 1
    guard expected == revision else { return false }
    let before = ring
    let isSame =
      before.current.fingerprint == new.current.fingerprint
      && before.accepted.map(\.fingerprint) == new.accepted.map(\.fingerprint)
    publish(new, isNew: !isSame)
    return true
  }

  // MARK: What members ask

  mutating func join(_ claim: MemberClaim, _ now: Int) -> MemberPlace? {
    requests["joins", default: 0] += 1
    if acknowledgements[claim.name] != nil { return nil }
    let place = MemberPlace(claim, lease: next(), entry: next())
    entries[claim.name] = Entry(number: place.entry, holder: claim.holder, fence: claim.fence)
    leases[place.lease] = Lease(end: now + Self.leaseLife, name: claim.name)
    acknowledgements[claim.name] = (
      place.lease, claim.holder, Acknowledgement(revision: nil, time: .init(seconds: 0))
    )
    return place
  }

  mutating func rejoin(_ place: MemberPlace, _ said: Acknowledgement, _ now: Int) -> MemberOutcome {
    requests["joins", default: 0] += 1
    guard entries[place.claim.name]?.number == place.entry else { return .offRoster }
    if acknowledgements[place.claim.name] != nil { return .held }
    let renewed = MemberPlace(place.claim, lease: next(), entry: place.entry)
    leases[renewed.lease] = Lease(end: now + Self.leaseLife, name: place.claim.name)
    acknowledgements[place.claim.name] = (renewed.lease, place.claim.holder, said)
    return .done(renewed, sent: .now)
  }

  mutating func renew(_ place: MemberPlace, _ now: Int) -> Bool {
    requests["renewals", default: 0] += 1
    guard leases[place.lease] != nil else { return false }
    leases[place.lease]?.end = now + Self.leaseLife
    return true
  }

  mutating func acknowledge(_ said: Acknowledgement, _ place: MemberPlace) -> MemberOutcome {
    requests["acknowledgements", default: 0] += 1
    guard leases[place.lease] != nil else { return .lapsed }
    guard entries[place.claim.name]?.number == place.entry else { return .offRoster }
    acknowledgements[place.claim.name] = (place.lease, place.claim.holder, said)
    return .done(place, sent: .now)
  }

  mutating func leave(_ place: MemberPlace) {
    requests["leaves", default: 0] += 1
    if let lease = leases[place.lease] { end(place.lease, lease) }
    if entries[place.claim.name]?.number == place.entry { entries[place.claim.name] = nil }
  }

  mutating func takeSlot(of count: Int, _ place: MemberPlace) -> Bool {
    requests["slot requests", default: 0] += 1
    guard let lease = leases[place.lease] else { return false }
    if lease.slot != nil { return true }
    guard slots.count < count, let free = (0..<count).first(where: { slots[$0] == nil }) else { return false }
    slots[free] = place.lease
    leases[place.lease]?.slot = free
    return true
  }

  mutating func freeSlot(_ place: MemberPlace) {
    requests["slot requests", default: 0] += 1
    guard let slot = leases[place.lease]?.slot else { return }
    slots[slot] = nil
    leases[place.lease]?.slot = nil
  }

  mutating func forget(_ name: MemberName) -> Bool {
    if acknowledgements[name] != nil { return false }
    entries[name] = nil
    return true
  }

  mutating func roster() -> Roster {
    requests["roster reads", default: 0] += 1
    let members = entries.map { name, entry in
      let said = acknowledgements[name]
      return RosterMember(
        name, fence: entry.fence, said?.value,
        hasSlot: said.flatMap { leases[$0.lease]?.slot } != nil)
    }
    return Roster(members: members.sorted { $0.name < $1.name }, documentRevision: revision)
  }
}
