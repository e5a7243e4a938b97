import CfgKit
import CfgKitSecrets

/// The coordinator, each of whose looks takes time.
extension FleetSimulation {
  mutating func coordinate(_ step: CoordinatorStep) throws {
    func again(_ step: CoordinatorStep, in time: Int) { queue.put(.coordinate(step), at: now + time) }
    switch step {
    case .look:
      again(.readRoster(store.ring, store.revision), in: random.within(options.latency))
    case .readRoster(let ring, let revision):
      let roster = store.roster()
      guard roster.documentRevision == revision else { return again(.look, in: options.interval) }
      forgetTheSilent(roster)
      if plan == nil {
        if ring.phase == .steady, figures.rotations >= options.rotations {
          isOver = roster.members.allSatisfy {
            RotationMember($0, of: ring.name).standing(beside: ring, now: moment) == .current
          }
        }
        if ring.phase == .steady {
          guard now < options.duration, figures.rotations < options.rotations else {
            return again(.look, in: options.interval)
          }
          plan = FleetPlan(.rotate, waits: true)
        } else {
          plan = FleetPlan(
            random.unit() < options.aborts && ring.phase != .grace ? .abort : .resume, waits: true)
        }
      }
      let known = roster.members.map { RotationMember($0, of: ring.name) }
      let move =
        plan?.move(
          ring, hasDrifted: false, members: options.isNaive ? nil : known, policy: policy, now: moment)
        ?? .done
      switch move {
      case .done, .rest:
        plan = nil
        again(.look, in: options.interval)
      case .wait: again(.look, in: options.interval)
      case .change(let kind):
        again(
          .write(kind, ring, revision, options.isNaive ? nil : roster), in: random.within(options.latency))
      }
    case .write(let kind, let ring, let revision, let roster):
      try change(ring, kind, revision, roster)
      again(.look, in: options.interval)
    }
  }

  mutating func change(
    _ ring: KeyRing, _ kind: RotationEvent.Kind, _ revision: Int64, _ roster: Roster?
  ) throws {
    let event = RotationEvent(
      kind, try OperationID(), fresh: RotationEvent.needsFresh(kind) ? freshKey() : nil,
      standing: kind == .rotate && options.keepsStandingNext ? freshKey() : nil)
    do throws(RotationRefusal) {
      let (changed, effects) = try RotationEngine.step(
        ring, event, members: roster?.members.map { RotationMember($0, of: ring.name) }, policy: policy,
        now: moment)
      plan?.hasBegun = true
      guard !effects.isEmpty, store.replace(changed, ifRevision: revision) else { return }
      figures.changes += 1
      if kind == .promote || kind == .rotate && changed.phase == .promoted { figures.rotations += 1 }
      for index in members.indices where members[index].isUp && members[index].follows == members[index].life
      {
        push(to: index)
      }
    } catch {
      plan = nil
    }
  }

  mutating func freshKey() -> RingKey {
    defer { usedKeys += 1 }
    return keys[usedKeys % keys.count]
  }

  mutating func forgetTheSilent(_ roster: Roster) {
    let silent = roster.members.filter { $0.acknowledgement == nil }.map(\.name)
    silentSince = silentSince.filter { silent.contains($0.key) }
    guard let fence = options.fence else { return }
    for name in silent {
      let since = silentSince[name, default: now]
      silentSince[name] = since
      if .milliseconds(now - since) >= fence, store.forget(name) { figures.forgotten += 1 }
    }
  }
}
