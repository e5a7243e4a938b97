import CfgKitDotEnv
import CfgKitSecrets

/// A rotation of keys that a fleet serves with: it changes the document only when everybody has the last change.
///
/// All of its state is in the document and on the roster. A run that was killed is gone on with by any other, and of several at once each
/// change is made by one. Several keys go together: each change of the document takes all of them a step further.
package struct FleetRotation: Sendable {
  /// How members are counted and waited for.
  package struct Terms: Sendable {
    /// How long to wait for members; nil to refuse instead.
    package var patience: Duration?
    /// Members that are gone for good (`--forget`).
    package var forgotten: [MemberName] = []
    /// Whether a person says that nobody is on the roster on purpose (`--no-members`).
    package var allowsNoMembers = false
    /// Whether a rotation goes on until the old key is gone, if that is within the patience (`--fleet`).
    package var waitsForRetirement = false
    /// Whether nothing is changed, and only said what the first change would be (`--dry-run`).
    package var isPlan = false
    /// How often the roster is looked at while it waits.
    package var interval = Duration.seconds(1)

    package init(patience: Duration? = nil) {
      self.patience = patience
    }
  }

  /// What happens on the way, for people and programs; without any value.
  package enum Progress: Sendable {
    /// A silent member was taken off the roster.
    case forgot(MemberName)
    /// The document will be changed so, if nobody else is faster.
    case changing([RotationChange])
    /// The document was changed so.
    case changed([RotationChange])
    /// These do not have it yet; of so many.
    case waiting([MemberStanding], of: Int)
    /// The store does not answer, and is asked again; why.
    case storeAway(String)
    /// Previous keys stay accepted until then.
    case resting(RotationTime)
  }

  private let rotation: Rotation
  private let terms: Terms

  /// A rotation, whose members are waited for.
  package init(_ rotation: Rotation, _ terms: Terms = Terms()) {
    self.rotation = rotation
    self.terms = terms
  }

  /// Does it.
  ///
  /// - Parameter tell: hears of each change, and of whoever is waited for.
  /// - Returns: what this run did to each key last; where it did nothing, that.
  /// - Throws: `RotationRefusal`, `StoreError`, or what else a change of a document throws. What was changed before stays.
  @discardableResult
  package func run(_ tell: (Progress) -> Void = { _ in }) async throws -> [RotationChange] {
    guard let store = rotation.store as? any MemberStore else {
      throw RotationRefusal.cannotWait(keys.first ?? "", rotation.shownPath)
    }
    let roster = terms.forgotten.isEmpty ? [] : try await store.members().members.map(\.name)
    for name in terms.forgotten where !terms.isPlan {
      guard roster.contains(name) else {
        throw RotationRefusal.notOnRoster(keys.first ?? "", name.description, roster)
      }
      guard try await store.forget(name) else {
        throw RotationRefusal.stillAlive(keys.first ?? "", name.description)
      }
      tell(.forgot(name))
    }
    var run = Run(plans: keys.map { _ in plan })
    let begun = ContinuousClock.now
    while true {
      do {
        if let changes = try await turn(&run, store, begun, tell) { return changes }
      } catch let error as StoreError where run.mayPass(error, begun, terms.patience) {
        tell(.storeAway(error.message))
        try await Task.sleep(for: terms.interval)
      }
      if let patience = terms.patience, let refusal = run.refusal, begun.duration(to: .now) > patience {
        throw refusal
      }
    }
  }

  /// What a run has seen.
  private struct Run {
    /// One for each key.
    var plans: [FleetPlan]
    /// What it did last, by the key.
    var changes: [String: RotationChange] = [:]
    /// How often somebody else was faster.
    var conflicts = 0
    /// The generation of each ring when it was first seen.
    var generations: [String: Int] = [:]
    /// Since when this run has seen a member silent.
    var silentSince: [MemberName: ContinuousClock.Instant] = [:]
    /// What there is to say if nobody waits any longer.
    var refusal: RotationRefusal?

    init(plans: [FleetPlan]) { self.plans = plans }

    /// Whether another look may help.
    func mayPass(_ error: StoreError, _ begun: ContinuousClock.Instant, _ patience: Duration?) -> Bool {
      guard let patience, begun.duration(to: .now) < patience else { return false }
      return error.code.mayPass
    }
  }

  private var keys: [String] { rotation.keys }

  /// Whether it goes on by itself after a change that others follow.
  package var goesOn: Bool { terms.patience != nil && [.rotate, .resume].contains(rotation.step) }

  private var plan: FleetPlan {
    var plan = FleetPlan(rotation.step, waits: terms.patience != nil)
    plan.dropsPrevious = rotation.request.dropsPrevious
    plan.waitsForRetirement = terms.waitsForRetirement
    return plan
  }

  /// One look at document and roster, and at most one change.
  ///
  /// - Returns: the end, or nil to look again.
  private func turn(
    _ run: inout Run, _ store: any MemberStore, _ begun: ContinuousClock.Instant, _ tell: (Progress) -> Void
  ) async throws -> [RotationChange]? {
    let now = RotationTime.now
    // The document first: whoever joins later than the roster is read has read this document, or a newer one.
    let (document, version) = try await rotation.load()
    let roster = try await store.members()
    guard roster.documentRevision == version.revision else { return nil }
    // What the environment of this host holds says nothing of the others.
    let reading = rotation.reading(of: document, environment: EnvironmentBlock.made([:]))
    let files = try keys.map { try rotation.ring(of: $0, in: document, reading, now: now) }
    try expectNewest(roster)
    try expectNoOther(files, &run)
    try await forgetTheSilent(roster, files, &run, store, tell)
    var turns: [Turn] = []
    for (file, plan) in zip(files, run.plans) {
      let members = members(of: file, roster)
      let move = plan.move(
        file.ring, hasDrifted: file.hasDrifted || file.repeatsCurrent, members: members,
        policy: file.terms.policy, now: now)
      turns.append(Turn(file: file, members: members, move: move))
    }
    if let (file, missing) = turns.lazy.compactMap(\.missing).first {
      let missing = missing.map { MemberStanding($0, beside: file.ring, now: now) }
      tell(.waiting(missing, of: roster.members.count))
      run.refusal = .acknowledgementsMissing(file.ring, missing, again: rotation.step.flag)
      try await Task.sleep(for: terms.interval)
      return nil
    }
    run.refusal = nil
    if turns.contains(where: { $0.kind != nil }) {
      return try await change(document, version, turns, &run, store, tell)
    }
    if let until = rest(turns, begun, now) {
      tell(.resting(until))
      try await Task.sleep(for: terms.interval)
      return nil
    }
    return files.map { run.changes[$0.terms.name] ?? rotation.unchanged($0, in: document) }
  }

  /// What is next for one ring.
  private struct Turn {
    let file: RingFile
    let members: [RotationMember]?
    let move: FleetPlan.Move

    /// The event, if it is one.
    var kind: RotationEvent.Kind? {
      if case .change(let kind) = move { kind } else { nil }
    }

    /// Who is waited for, if somebody is.
    var missing: (RingFile, [RotationMember])? {
      if case .wait(let members) = move { (file, members) } else { nil }
    }

    /// Until when a previous key is waited for, if one is.
    var until: RotationTime? {
      if case .rest(let until) = move { until } else { nil }
    }
  }

  /// Until when previous keys are waited for; nil if that is longer than anybody waits.
  private func rest(_ turns: [Turn], _ begun: ContinuousClock.Instant, _ now: RotationTime)
    -> RotationTime?
  {
    guard let first = turns.compactMap(\.until).min(), let patience = terms.patience else { return nil }
    return begun.duration(to: .now) + (first - now) <= patience ? first : nil
  }

  /// A new key is asked for once: where somebody else has begun one meanwhile, that is gone on with.
  private func expectNoOther(_ files: [RingFile], _ run: inout Run) throws(RotationRefusal) {
    guard rotation.step == .rotate else { return }
    for file in files {
      let seen = run.generations[file.terms.name, default: file.ring.generation]
      run.generations[file.terms.name] = seen
      if seen != file.ring.generation, run.changes[file.terms.name] == nil {
        throw .lostRace(file.terms.name)
      }
    }
  }

  // MARK: Members

  private func expectNewest(_ roster: Roster) throws(RotationRefusal) {
    if let newest = roster.members.compactMap(\.acknowledgement?.revision).max(),
      let revision = roster.documentRevision, newest > revision,
      let member = roster.members.first(where: { $0.acknowledgement?.revision == newest })
    {
      throw .documentOutdated(keys.first ?? "", member.name.description)
    }
  }

  /// The members that count; nil where a person says that there is nobody.
  private func members(of file: RingFile, _ roster: Roster) -> [RotationMember]? {
    if roster.members.isEmpty, terms.allowsNoMembers { return nil }
    return roster.members.map { RotationMember($0, of: file.terms.name) }
  }

  /// Takes those off the roster who have stopped by themselves by now. Only a silence that this run has seen itself counts.
  private func forgetTheSilent(
    _ roster: Roster, _ files: [RingFile], _ run: inout Run, _ store: any MemberStore,
    _ tell: (Progress) -> Void
  ) async throws(StoreError) {
    let silent = roster.members.filter { $0.acknowledgement == nil }
    run.silentSince = run.silentSince.filter { name, _ in silent.contains { $0.name == name } }
    // A key that never goes on without a member keeps the others of this run from it too.
    let policies = files.map(\.terms.policy.forgetAfter)
    let longest = policies.contains(nil) ? nil : policies.compactMap(\.self).max()
    for member in silent {
      let since = run.silentSince[member.name, default: .now]
      run.silentSince[member.name] = since
      guard let fence = member.fence, let longest, !terms.isPlan else { continue }
      guard since.duration(to: .now) >= max(fence, longest) else { continue }
      if try await store.forget(member.name) { tell(.forgot(member.name)) }
    }
  }

  // MARK: Changes

  /// Takes all rings a step further in one change of the document.
  private func change(
    _ document: Document, _ version: DocumentVersion, _ turns: [Turn], _ run: inout Run,
    _ store: any MemberStore, _ tell: (Progress) -> Void
  ) async throws -> [RotationChange]? {
    let operation = try OperationID()
    var changed = document
    var changes: [RotationChange] = []
    for turn in turns {
      guard let kind = turn.kind else { continue }
      // What nobody could follow is not begun.
      if kind == .rotate, turn.members?.isEmpty == true {
        throw RotationRefusal.noMembers(turn.file.terms.name)
      }
      changes.append(
        try rotation.take(kind, to: turn.file, members: turn.members, as: operation, in: &changed))
    }
    if terms.isPlan { return changes }
    for key in changes.map(\.key) {
      if let index = keys.firstIndex(of: key) { run.plans[index].hasBegun = true }
    }
    guard changes.contains(where: \.isChanged) else {
      // Said before, and in place.
      for change in changes { run.changes[change.key] = change }
      return nil
    }
    tell(.changing(changes))
    guard try await replace(changed, version, operation, &run, store) else { return nil }
    for change in changes { run.changes[change.key] = change }
    tell(.changed(changes))
    return nil
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
      for (index, key) in keys.enumerated() where run.changes[key]?.isChanged != true {
        run.plans[index].hasBegun = false
      }
      if run.conflicts >= 5 { throw StoreError.busy(store.name) }
      return false
    case .unknown: throw StoreError.unresolved(store.name)
    }
  }
}
