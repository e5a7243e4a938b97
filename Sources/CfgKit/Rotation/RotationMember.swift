/// A process that holds a snapshot of the ring under a lease. A plain file has none.
package struct RotationMember: Sendable, Hashable {
  /// How its ring stands beside that of the document.
  package enum Standing: Sendable, Hashable {
    /// It serves with the ring as it is.
    case current
    /// Its lease has run out.
    case silent
    /// It is alive, and serves with nothing yet.
    case starting
    /// It serves with an older ring, of this generation.
    case behind(Int)
    /// It serves with a newer ring than the document has: the store gave an old one.
    case ahead(Int)
    /// It has the generation, and signs or accepts with other keys: another layer of its host holds one.
    case otherKeys
    /// Its clock is more than five minutes from this one.
    case clockApart
  }

  /// By how much clocks may be apart.
  static let clockTolerance = Duration.seconds(300)

  /// How people call it.
  package let name: String
  /// The newest generation that it serves with; nil if it serves with nothing yet.
  package let generation: Int?
  /// When it said so.
  package let acknowledged: RotationTime
  /// Whether its lease has run out.
  package let isSilent: Bool
  /// What it signs and accepts with, if it tells.
  package let report: RingReport?
  /// Whether it restarts at this moment.
  package let isRestarting: Bool

  /// A member that tells its generation only.
  package init(_ name: String, generation: Int, acknowledged: RotationTime, isSilent: Bool = false) {
    self.name = name
    self.generation = generation
    self.acknowledged = acknowledged
    self.isSilent = isSilent
    report = nil
    isRestarting = false
  }

  /// A member as the roster has it.
  package init(_ member: RosterMember, of key: String) {
    name = member.name.description
    report = member.acknowledgement?.rings[key]
    generation = report?.generation
    acknowledged = member.acknowledgement?.time ?? RotationTime(seconds: 0)
    isSilent = member.acknowledgement == nil
    isRestarting = member.hasSlot
  }

  /// How it stands beside a ring at a moment.
  package func standing(beside ring: KeyRing, now: RotationTime) -> Standing {
    if isSilent { return .silent }
    guard let generation else { return .starting }
    if generation < ring.generation { return .behind(generation) }
    if generation > ring.generation { return .ahead(generation) }
    if let report, report != RingReport(of: ring) { return .otherKeys }
    let newest = ring.newestRecordedTime ?? acknowledged
    let isApart = acknowledged > now + Self.clockTolerance || acknowledged + Self.clockTolerance < newest
    return isApart ? .clockApart : .current
  }
}

/// How a member stands beside a ring, and what there is to say of it.
package struct MemberStanding: Sendable, Hashable {
  /// How people call it.
  package let name: String
  /// How it stands.
  package let standing: RotationMember.Standing
  /// That in words: `has gen 7 of 8 (restarting)`.
  package let text: String

  init(_ member: RotationMember, beside ring: KeyRing, now: RotationTime) {
    name = member.name
    standing = member.standing(beside: ring, now: now)
    text = standing.words(beside: ring) + (member.isRestarting ? " (restarting)" : "")
  }
}
