import CfgKit
import CfgKitSecrets
import FoundationEssentials

/// What stands in `P/member/NAME`.
struct StoredMember: Codable {
  /// The holder of the name.
  let holder: String
  /// Seconds of silence after which it stops by itself.
  let fence: Int?

  init(_ claim: MemberClaim) {
    holder = claim.holder.description
    fence = claim.fence.map { Int($0.components.seconds) }
  }

  /// Nil for a key without a value of this form.
  init?(_ pair: KeyValue?) {
    guard let value = pair?.value, let stored = GatewayJSON.decode(StoredMember.self, from: value) else {
      return nil
    }
    self = stored
  }

  var json: Data { GatewayJSON.encode(self) ?? Data() }
}

/// What stands in `P/ack/NAME`.
struct StoredAcknowledgement: Codable {
  /// One ring. An array, since names of keys are no names of fields.
  struct Ring: Codable {
    let key: String
    let gen: Int
    let signs: String?
    let accepts: [String]
  }

  let holder: String
  let revision: Int64?
  let time: String
  let rings: [Ring]

  init(_ acknowledgement: Acknowledgement, _ holder: OperationID) {
    self.holder = holder.description
    revision = acknowledgement.revision
    time = acknowledgement.time.description
    rings = acknowledgement.rings.sorted { $0.key < $1.key }.map { key, report in
      Ring(
        key: key, gen: report.generation, signs: report.signing?.description,
        accepts: report.accepted.map(\.description).sorted())
    }
  }

  /// Nil for a key without a value of this form.
  init?(_ pair: KeyValue?) {
    guard let value = pair?.value,
      let stored = GatewayJSON.decode(StoredAcknowledgement.self, from: value)
    else { return nil }
    self = stored
  }

  var json: Data { GatewayJSON.encode(self) ?? Data() }

  /// What was acknowledged. What cannot be read of it counts as not said: a fingerprint that is none is no key of the ring.
  var value: Acknowledgement {
    let reports = rings.map { ring in
      let report = RingReport(
        generation: ring.gen, signing: ring.signs.flatMap { Fingerprint(parsing: $0) },
        accepted: Set(ring.accepts.compactMap { Fingerprint(parsing: $0) }))
      return (ring.key, report)
    }
    return Acknowledgement(
      revision: revision, rings: Dictionary(reports, uniquingKeysWith: { first, _ in first }),
      time: RotationTime(parsing: time) ?? RotationTime(seconds: 0))
  }
}
