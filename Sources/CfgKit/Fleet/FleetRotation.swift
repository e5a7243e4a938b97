import CfgKitDotEnv
package import CfgKitSecrets

/// Takes one verb of `rotate-secret` to a ring that a fleet serves with: it changes the document only when everybody has the last change.
///
/// All of its state is in the document and on the roster. A run that was killed is gone on with by any other, and of several at once each
/// change is made by one.
package struct FleetRotation: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// The key.
    package var key: String
    /// The verb.
    package var goal: FleetPlan.Goal
    /// How long to wait for members; nil to refuse instead.
    package var patience: Duration?
    /// Members that are gone for good (`--forget`).
    package var forgotten: [MemberName] = []
    /// Whether a person says that nobody is on the roster on purpose (`--no-members`).
    package var allowsNoMembers = false
    /// The overlap instead of the schema's (`--grace`).
    package var grace: Duration?
    /// The new value; else one is made.
    package var value: Secret?
    /// Whether the person has agreed that everybody signs in again.
    package var isConfirmed = false
    /// How often the roster is looked at while it waits.
    package var interval = Duration.seconds(1)

    package init(_ goal: FleetPlan.Goal, of key: String) {
      self.goal = goal
      self.key = key
    }
  }

  /// What happens on the way, for people and programs; without any value.
  package enum Progress: Sendable, Hashable {
    /// A silent member was taken off the roster.
    case forgot(MemberName)
    /// The ring was changed.
    case changed(RotationEvent.Kind, generation: Int, KeyRing.Phase)
    /// These do not have it yet; of so many.
    case waiting([RotationMember], of: Int)
  }

  /// How it ended.
  package struct Result: Sendable, Hashable {
    /// Where the ring stands.
    package let phase: KeyRing.Phase
    /// How many changes of it were published.
    package let generation: Int
    /// Until when the newest previous key stays accepted; nil while that is not known, or there is none.
    package let until: RotationTime?
    /// What this run did, in order.
    package let changes: [RotationEvent.Kind]
  }

  private let request: Request
  private let terms: @Sendable (RotationTime) -> RingFile.Terms
  private let declaration: KeyDeclaration?
  private let isCompatible: Bool

  /// A verb for a key, by the schema of a project.
  package init(_ request: Request, in project: Project, shownPath: String) {
    self.request = request
    let declaration = project.schema[request.key]
    self.declaration = declaration
    isCompatible = project.options.isCompatible
    terms = { now in RingFile.Terms(request.key, declaration, shownPath, now: now) }
  }

  /// Does it.
  ///
  /// - Parameter tell: hears of each change, and of whoever is waited for.
  /// - Throws: `RotationRefusal`, `StoreError`, or what else a change of a document throws. What was changed before stays.
  package func run(_ store: any DocumentStore, _ tell: (Progress) -> Void = { _ in }) async throws -> Result {
    guard let store = store as? any MemberStore else {
      throw RotationRefusal.cannotWait(request.key, store.name)
    }
    for name in request.forgotten {
      guard try await store.forget(name) else {
        throw RotationRefusal.stillAlive(request.key, name.description)
      }
      tell(.forgot(name))
    }
    var run = Run(plan: FleetPlan(request.goal, waits: request.patience != nil))
    let begun = ContinuousClock.now
    while true {
      do {
        if let result = try await turn(&run, store, tell) { return result }
      } catch let error as StoreError where run.mayPass(error, begun, request.patience) {
        try await Task.sleep(for: request.interval)
      }
      if let patience = request.patience, let refusal = run.refusal, begun.duration(to: .now) > patience {
        throw refusal
      }
    }
  }

  /// What a run has seen.
  private struct Run {
    var plan: FleetPlan
    var changes: [RotationEvent.Kind] = []
    /// How often somebody else was faster.
    var conflicts = 0
    /// Since when this run has seen a member silent.
    var silentSince: [MemberName: ContinuousClock.Instant] = [:]
    /// What there is to say if nobody waits any longer.
    var refusal: RotationRefusal?

    /// Whether another look may help.
    func mayPass(_ error: StoreError, _ begun: ContinuousClock.Instant, _ patience: Duration?) -> Bool {
      guard let patience, begun.duration(to: .now) < patience else { return false }
      return [.unreachable, .outdated, .changed].contains(error.code)
    }
  }

  /// One look at document and roster, and at most one change.
  ///
  /// - Returns: the end, or nil to look again.
  private func turn(_ run: inout Run, _ store: any MemberStore, _ tell: (Progress) -> Void) async throws
    -> Result?
  {
    let now = RotationTime.now
    let terms = terms(now)
    // The document first: whoever joins later than the roster is read has read this document, or a newer one.
    let (document, version) = try await store.load()
    let roster = try await store.members()
    guard roster.documentRevision == version.revision else { return nil }
    let file = try RingFile(terms, in: document, reading(of: document))
    try await forgetTheSilent(roster, terms.policy, &run, store, tell)
    let members = try counted(roster)
    switch run.plan.move(
      file.ring, hasDrifted: file.hasDrifted, members: members, policy: terms.policy, now: now)
    {
    case .done:
      return Result(
        phase: file.ring.phase, generation: file.ring.generation, until: file.ring.previous.first?.until,
        changes: run.changes)
    case .wait(let missing):
      tell(.waiting(missing, of: members?.count ?? 0))
      run.refusal = .acknowledgementsMissing(
        file.ring, missing.map { ($0, $0.standing(beside: file.ring, now: now)) })
      try await Task.sleep(for: request.interval)
      return nil
    case .change(let kind):
      run.refusal = nil
      let (ring, effects, event) = try step(kind, file, members)
      run.plan.hasBegun = true
      // Said before, and in place.
      guard !effects.isEmpty else { return nil }
      var changed = document
      try file.write(ring, to: &changed, at: .end)
      guard try await replace(changed, version, event.operation, &run, store) else { return nil }
      run.changes.append(kind)
      tell(.changed(kind, generation: ring.generation, ring.phase))
      return nil
    }
  }

  /// The members that count; nil where a person says that there is nobody.
  private func counted(_ roster: Roster) throws(RotationRefusal) -> [RotationMember]? {
    if let newest = roster.members.compactMap(\.acknowledgement?.revision).max(),
      let revision = roster.documentRevision, newest > revision,
      let member = roster.members.first(where: { $0.acknowledgement?.revision == newest })
    {
      throw .documentOutdated(request.key, member.name.description)
    }
    if roster.members.isEmpty, request.allowsNoMembers { return nil }
    return roster.members.map { RotationMember($0, of: request.key) }
  }

  /// Takes those off the roster who have stopped by themselves by now. Only a silence that this run has seen itself counts.
  private func forgetTheSilent(
    _ roster: Roster, _ policy: RotationPolicy, _ run: inout Run, _ store: any MemberStore,
    _ tell: (Progress) -> Void
  ) async throws(StoreError) {
    let silent = roster.members.filter { $0.acknowledgement == nil }
    run.silentSince = run.silentSince.filter { name, _ in silent.contains { $0.name == name } }
    for member in silent {
      let since = run.silentSince[member.name, default: .now]
      run.silentSince[member.name] = since
      guard let fence = member.fence, let forgetAfter = policy.forgetAfter else { continue }
      guard since.duration(to: .now) >= max(fence, forgetAfter) else { continue }
      if try await store.forget(member.name) { tell(.forgot(member.name)) }
    }
  }

  private func step(_ kind: RotationEvent.Kind, _ file: RingFile, _ members: [RotationMember]?) throws
    -> (KeyRing, [RotationEffect], RotationEvent)
  {
    let event = RotationEvent(
      kind, try OperationID(), fresh: RotationEvent.needsFresh(kind) ? file.key(try newValue()) : nil,
      standing: kind == .rotate && file.terms.policy.keepsStandingNext ? file.key(try generated()) : nil,
      grace: request.grace, isConfirmed: request.isConfirmed)
    let (ring, effects) = try RotationEngine.step(
      file.ring, event, members: members, policy: file.terms.policy, now: file.terms.now)
    return (ring, effects, event)
  }

  /// Puts a document in place; false if somebody else was faster.
  private func replace(
    _ document: Document, _ version: DocumentVersion, _ operation: OperationID, _ run: inout Run,
    _ store: any MemberStore
  ) async throws -> Bool {
    switch try await store.replaceAndResolve(document, ifVersion: version, operation) {
    case .committed: return true
    case .conflict:
      run.conflicts += 1
      // What another began is not this run's to finish, unless it is asked for.
      if run.changes.isEmpty { run.plan.hasBegun = false }
      if run.conflicts >= 5 { throw StoreError.busy(store.name) }
      return false
    case .unknown: throw StoreError.unresolved(store.name)
    }
  }

  private func reading(of document: Document) -> Reading {
    document.read(isCompatible ? .compatible : .strict, environment: EnvironmentBlock.made([:]))
  }

  private func newValue() throws(SecretError) -> Secret {
    if let value = request.value { return value }
    return try generated()
  }

  private func generated() throws(SecretError) -> Secret {
    try SecretGenerator().generate(declaration?.generate ?? .standard)
  }
}
