#if Etcd
  package import CfgKit
  import CfgKitSecrets
  import FoundationEssentials

  extension EtcdStore: MemberStore {
    /// Takes the name unless its acknowledgement is there, which is so as long as a holder is alive.
    package func join(_ claim: MemberClaim) async throws(StoreError) -> JoinOutcome {
      let sent = ContinuousClock.now
      // The lease has the claim's own number, so that the same claim is the same again.
      let lease = try await grantLease(for: claim.holder, seconds: leaseSeconds)
      let empty = Acknowledgement(revision: nil, time: .now)
      let request = TransactionRequest(
        compare: [.init(key("ack", claim.name), changedAt: 0)],
        success: [
          .put(key: key("member", claim.name), value: StoredMember(claim).json, lease: nil),
          .put(
            key: key("ack", claim.name), value: StoredAcknowledgement(empty, claim.holder).json, lease: lease),
        ],
        failure: [.range(key: key("ack", claim.name)), .range(key: key("member", claim.name))])
      guard let answer = try await write("kv/txn", request, as: TransactionAnswer.self) else {
        throw .unreachable(address, "a lease ran out at once")
      }
      if answer.succeeded == true, let revision = answer.header?.number {
        return .joined(MemberPlace(claim, lease: lease, entry: revision), sent: sent)
      }
      guard let steps = answer.responses, steps.count == 2,
        let holder = StoredAcknowledgement(steps[0].responseRange?.kvs?.first)?.holder,
        let entry = steps[1].responseRange?.kvs?.first?.revision
      else { throw .unreachable(address, "what answers is no etcd") }
      guard holder == claim.holder.description else { return .held }
      return .joined(MemberPlace(claim, lease: lease, entry: entry), sent: sent)
    }

    package func rejoin(_ place: MemberPlace, _ acknowledgement: Acknowledgement) async throws(StoreError)
      -> MemberOutcome
    {
      let sent = ContinuousClock.now
      let number: OperationID
      do { number = try OperationID() } catch { throw StoreError(.memory, place: name, error.message) }
      let lease = try await grantLease(for: number, seconds: leaseSeconds)
      let renewed = MemberPlace(place.claim, lease: lease, entry: place.entry)
      let stored = StoredAcknowledgement(acknowledgement, place.claim.holder)
      let request = TransactionRequest(
        compare: [
          .init(key("member", place.claim.name), changedAt: place.entry),
          .init(key("ack", place.claim.name), changedAt: 0),
        ],
        success: [.put(key: key("ack", place.claim.name), value: stored.json, lease: lease)],
        failure: [.range(key: key("member", place.claim.name)), .range(key: key("ack", place.claim.name))])
      guard let answer = try await write("kv/txn", request, as: TransactionAnswer.self) else {
        return .lapsed
      }
      if answer.succeeded == true { return .done(renewed, sent: sent) }
      let found = (answer.responses ?? []).map { $0.responseRange?.kvs?.first }
      guard found.count == 2, found[0]?.revision == place.entry else { return .offRoster }
      return found[1]?.lease == String(lease) ? .done(renewed, sent: sent) : .held
    }

    package func renew(_ place: MemberPlace) async throws(StoreError) -> MemberOutcome {
      let sent = ContinuousClock.now
      switch try await gateway.write(
        "lease/keepalive", LeaseNumber(place.lease), as: RenewalAnswer.self)
      {
      case .answer(let answer):
        guard let result = answer.result else { throw .unreachable(address, "what answers is no etcd") }
        // A lease that has run out is answered like any other, but for its time.
        return result.TTL == nil ? .lapsed : .done(place, sent: sent)
      case .noLease: return .lapsed
      case .lost: throw .unreachable(address, "no answer came in time")
      }
    }

    package func acknowledge(_ acknowledgement: Acknowledgement, as place: MemberPlace)
      async throws(StoreError)
      -> MemberOutcome
    {
      try await put(acknowledgement, as: place, sent: .now)
    }

    package func leave(_ place: MemberPlace) async throws(StoreError) {
      _ = try await write("lease/revoke", LeaseNumber(place.lease), as: PlainAnswer.self)
      let request = TransactionRequest(
        compare: [.init(key("member", place.claim.name), changedAt: place.entry)],
        success: [.remove(key: key("member", place.claim.name))], failure: [])
      _ = try await write("kv/txn", request, as: TransactionAnswer.self)
    }

    package func takeSlot(of count: Int, as place: MemberPlace) async throws(StoreError) -> Bool {
      let own = Data(place.claim.holder.description.utf8)
      for _ in 0..<3 {
        let taken = try await slots()
        if taken.values.contains(own) { return true }
        guard let free = (0..<count).first(where: { taken[slotKey($0)] == nil }) else { return false }
        let request = TransactionRequest(
          compare: [.init(slotKey(free), changedAt: 0)],
          success: [.put(key: slotKey(free), value: own, lease: place.lease)], failure: [])
        guard let answer = try await write("kv/txn", request, as: TransactionAnswer.self) else {
          return false
        }
        if answer.succeeded == true { return true }
      }
      return false
    }

    package func freeSlots(as place: MemberPlace) async throws(StoreError) {
      let own = Data(place.claim.holder.description.utf8)
      for (key, value) in try await slots() where value == own {
        let request = TransactionRequest(compare: [], success: [.remove(key: key)], failure: [])
        _ = try await write("kv/txn", request, as: TransactionAnswer.self)
      }
    }

    package func members() async throws(StoreError) -> Roster {
      let newest = newestSeen
      let request = TransactionRequest(
        compare: [],
        success: [
          .range(.all(beginningWith: "\(prefix)/member/")), .range(.all(beginningWith: "\(prefix)/ack/")),
          .range(.all(beginningWith: "\(prefix)/slot/")),
          .range(RangeRequest(key: documentKey, keysOnly: true)),
        ], failure: [])
      let answer = try await gateway.read("kv/txn", request, as: TransactionAnswer.self)
      guard let revision = answer.header?.number, let steps = answer.responses, steps.count == 4 else {
        throw .unreachable(address, "what answers is no etcd")
      }
      try admit(revision, after: newest)
      let found = steps.map { $0.responseRange?.kvs ?? [] }
      let acknowledgements = Dictionary(
        found[1].map { ($0.key, StoredAcknowledgement($0)) }, uniquingKeysWith: { first, _ in first })
      let slots = Set(found[2].compactMap(\.value))
      var members: [RosterMember] = []
      for pair in found[0] {
        guard let name = name(of: pair, "member"), let stored = StoredMember(pair) else { continue }
        let acknowledgement = acknowledgements[key("ack", name)] ?? nil
        members.append(
          RosterMember(
            name, fence: stored.fence.map { .seconds($0) }, acknowledgement?.value,
            hasSlot: slots.contains(Data((acknowledgement?.holder ?? "").utf8))))
      }
      return Roster(
        members: members.sorted { $0.name < $1.name }, documentRevision: found[3].first?.revision)
    }

    package func forget(_ name: MemberName) async throws(StoreError) -> Bool {
      let request = TransactionRequest(
        compare: [.init(key("ack", name), changedAt: 0)], success: [.remove(key: key("member", name))],
        failure: [])
      return try await write("kv/txn", request, as: TransactionAnswer.self)?.succeeded == true
    }

    // MARK: Keys

    private var leaseSeconds: Int { Int(leaseLife.components.seconds) }

    private func key(_ folder: String, _ name: MemberName) -> Data {
      Data("\(prefix)/\(folder)/\(name)".utf8)
    }

    private func slotKey(_ number: Int) -> Data { Data("\(prefix)/slot/\(number)".utf8) }

    private func name(of pair: KeyValue, _ folder: String) -> MemberName? {
      let text = String(decoding: pair.key ?? Data(), as: UTF8.self)
      return MemberName(String(text.dropFirst("\(prefix)/\(folder)/".count)))
    }

    private func slots() async throws(StoreError) -> [Data: Data] {
      let answer = try await gateway.read(
        "kv/range", RangeRequest.all(beginningWith: "\(prefix)/slot/"), as: RangeAnswer.self)
      return Dictionary(
        (answer.kvs ?? []).compactMap { pair in pair.key.map { ($0, pair.value ?? Data()) } },
        uniquingKeysWith: { first, _ in first })
    }

    /// Writes what a member serves with, as long as the place is its own.
    private func put(
      _ acknowledgement: Acknowledgement, as place: MemberPlace, sent: ContinuousClock.Instant
    ) async throws(StoreError) -> MemberOutcome {
      let stored = StoredAcknowledgement(acknowledgement, place.claim.holder)
      let request = TransactionRequest(
        compare: [.init(key("member", place.claim.name), changedAt: place.entry)],
        success: [.put(key: key("ack", place.claim.name), value: stored.json, lease: place.lease)],
        failure: [])
      guard let answer = try await write("kv/txn", request, as: TransactionAnswer.self) else {
        return .lapsed
      }
      return answer.succeeded == true ? .done(place, sent: sent) : .offRoster
    }
  }
#endif
