package import CfgKitSecrets

/// A store that knows who serves with its document, so that a rotation can wait for everybody.
///
/// There are two lists. The *roster* has everybody who joined, until a clean end or until a person says that they are gone; it outlives
/// any silence. An *acknowledgement* is under a lease: it goes by itself when its member falls silent. Somebody on the roster without an
/// acknowledgement is silent. A place on the roster can only be taken away from a silent member, so a member whose lease holds is on it.
///
/// Each call is one step that happens or does not. Sending it again after a lost reply changes nothing.
package protocol MemberStore: DocumentStore {
  /// For how long a member counts as alive after its last renewal, in whole seconds.
  var leaseLife: Duration { get }

  /// Puts a member on the roster, with an empty acknowledgement: it is alive, and serves with nothing yet.
  ///
  /// - Parameters:
  ///   - claim: who asks; the same claim is asked for again when the reply was lost.
  /// - Returns: its place, or who holds the name.
  func join(_ claim: MemberClaim) async throws(StoreError) -> JoinOutcome

  /// Goes on with a place whose lease has run out, under a new lease; what is acknowledged is put there again at once.
  ///
  /// - Returns: `.held` while the old lease has not run out yet, or another process goes on with the place; `.offRoster` if it is somebody
  ///   else's by now, or nobody's.
  func rejoin(_ place: MemberPlace, _ acknowledgement: Acknowledgement) async throws(StoreError)
    -> MemberOutcome

  /// Says that a member is alive.
  func renew(_ place: MemberPlace) async throws(StoreError) -> MemberOutcome

  /// Says under the lease what a member serves with.
  func acknowledge(_ acknowledgement: Acknowledgement, as place: MemberPlace) async throws(StoreError)
    -> MemberOutcome

  /// Gives lease and place back: a clean end. Doing it twice changes nothing.
  func leave(_ place: MemberPlace) async throws(StoreError)

  /// Takes one of `count` slots, under the lease: who holds one may restart.
  ///
  /// - Returns: whether it has one now; one that it has already counts.
  func takeSlot(of count: Int, as place: MemberPlace) async throws(StoreError) -> Bool

  /// Gives a slot back; nothing happens if it has none.
  func freeSlots(as place: MemberPlace) async throws(StoreError)

  /// Everybody on the roster, sorted by name, and the revision at which the document was last changed: one moment of the store.
  func members() async throws(StoreError) -> Roster

  /// Takes a silent member off the roster, because a person says that it is gone.
  ///
  /// - Returns: false if it is alive; then nothing happens. True if it is not on the roster.
  func forget(_ name: MemberName) async throws(StoreError) -> Bool
}

/// How an attempt to join ended.
package enum JoinOutcome: Sendable, Hashable {
  /// It has the place; `sent` is when the request was sent, from which the lease counts at the latest.
  case joined(MemberPlace, sent: ContinuousClock.Instant)
  /// Somebody who is alive has this name.
  case held
}

/// How a call of a member ended.
package enum MemberOutcome: Sendable, Hashable {
  /// It is done; the lease counts from `sent` at the latest, and `place` is what to ask with from now on.
  case done(MemberPlace, sent: ContinuousClock.Instant)
  /// The lease has run out; nothing is done.
  case lapsed
  /// Another lease of this place has not run out; nothing is done.
  case held
  /// The place is somebody else's, or nobody's.
  case offRoster
}

/// Who wants a place on the roster.
package struct MemberClaim: Sendable, Hashable {
  /// How people call it.
  package let name: MemberName
  /// Tells it from another of the same name, and makes a request that is sent again the same.
  package let holder: OperationID
  /// After what silence it stops by itself, or nil if it never does: then nobody may go on without it.
  package let fence: Duration?

  /// - Parameter fence: in whole seconds.
  package init(_ name: MemberName, holder: OperationID, fence: Duration? = nil) {
    self.name = name
    self.holder = holder
    self.fence = fence
  }
}

/// A place on the roster, as its holder knows it.
package struct MemberPlace: Sendable, Hashable {
  /// Who has it.
  package let claim: MemberClaim
  /// The lease that it is alive under.
  package let lease: Int64
  /// The revision at which the place was taken, which tells it from a later one of the same name.
  package let entry: Int64

  /// A place of a store.
  package init(_ claim: MemberClaim, lease: Int64, entry: Int64) {
    self.claim = claim
    self.lease = lease
    self.entry = entry
  }
}

/// The roster at one moment.
package struct Roster: Sendable, Hashable {
  /// Sorted by name.
  package var members: [RosterMember]
  /// The revision of the document; nil if there is none.
  package var documentRevision: Int64?

  package init(members: [RosterMember], documentRevision: Int64?) {
    self.members = members
    self.documentRevision = documentRevision
  }
}

/// One member on the roster.
package struct RosterMember: Sendable, Hashable {
  /// How people call it.
  package let name: MemberName
  /// After what silence it stops by itself.
  package let fence: Duration?
  /// What it serves with; nil if it is silent.
  package let acknowledgement: Acknowledgement?
  /// Whether it holds a slot: it restarts at this moment.
  package let hasSlot: Bool

  package init(_ name: MemberName, fence: Duration?, _ acknowledgement: Acknowledgement?, hasSlot: Bool) {
    self.name = name
    self.fence = fence
    self.acknowledgement = acknowledgement
    self.hasSlot = hasSlot
  }
}
