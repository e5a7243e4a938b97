/// What a coordinator does next, as a pure function of what the store says. It remembers nothing that matters, so anybody can go on
/// with what another one began.
package struct FleetPlan: Sendable, Hashable {
  /// What to do.
  package enum Move: Sendable, Hashable {
    /// Take an event to the ring.
    case change(RotationEvent.Kind)
    /// Wait until these have the last change.
    case wait([RotationMember])
    /// Wait until then: a previous key is accepted so long.
    case rest(RotationTime)
    /// It is as it should be.
    case done
  }

  /// What it is asked to bring about.
  package let goal: Rotation.Step
  /// Whether it waits for acknowledgements and goes on, instead of refusing.
  package let waits: Bool
  /// Whether a rotation keeps no previous key.
  package var dropsPrevious = false
  /// Whether a rotation is over only when the old key is gone.
  package var waitsForRetirement = false
  /// Whether this run has changed the ring; a rotation that it has begun is followed and not begun again.
  package var hasBegun = false

  package init(_ goal: Rotation.Step, waits: Bool) {
    self.goal = goal
    self.waits = waits
  }

  /// Looks at a ring and its members.
  ///
  /// - Parameters:
  ///   - members: who is on the roster; nil where a person says that there is nobody.
  package func move(
    _ ring: KeyRing, hasDrifted: Bool, members: [RotationMember]?, policy: RotationPolicy, now: RotationTime
  ) -> Move {
    /// A change that needs everybody. Without waiting, or where waiting does not help, the ring itself refuses and says who is missing.
    func whenAcknowledged(_ kind: RotationEvent.Kind) -> Move {
      guard waits, let members else { return .change(kind) }
      var missing: [RotationMember] = []
      for member in members {
        switch member.standing(beside: ring, now: now) {
        case .current: continue
        case .silent, .starting, .withoutKey, .behind: missing.append(member)
        case .ahead, .otherKeys, .clockApart: return .change(kind)
        }
      }
      return missing.isEmpty ? .change(kind) : .wait(missing)
    }
    if hasDrifted, goal == .resume || goal == .retire { return .change(.reconcile) }
    // Whoever looks first starts the clock of the overlap.
    if ring.phase == .promoted, goal == .retire { return whenAcknowledged(.acknowledge) }
    switch goal {
    case .prepare: return hasBegun ? .done : .change(.prepare)
    case .promote:
      if ring.phase == .staged { return whenAcknowledged(.promote) }
      if ring.phase == .promoted { return waits ? whenAcknowledged(.acknowledge) : .done }
      return hasBegun ? .done : .change(.promote)
    case .retire: return hasBegun && !hasDue(ring, now) ? .done : whenAcknowledged(.retire)
    case .abort: return hasBegun ? .done : .change(.abort)
    case .compromised: return hasBegun ? .done : .change(.compromise)
    case .rotate where dropsPrevious: return hasBegun ? .done : .change(.replace)
    case .rotate where !hasBegun: return begin(ring, policy, whenAcknowledged)
    case .rotate, .resume: break
    }
    switch ring.phase {
    case .staged: return whenAcknowledged(policy.keepsStandingNext ? .rotate : .promote)
    case .promoted: return whenAcknowledged(.acknowledge)
    case .steady: return .done
    case .grace:
      if hasDue(ring, now), goal == .resume || waitsForRetirement { return whenAcknowledged(.retire) }
      let next = ring.previous.compactMap(\.until).min()
      return waitsForRetirement ? next.map { .rest($0) } ?? .done : .done
    }
  }

  private func begin(
    _ ring: KeyRing, _ policy: RotationPolicy, _ whenAcknowledged: (RotationEvent.Kind) -> Move
  ) -> Move {
    if ring.current.secret.isEmpty { return .change(.fill) }
    // With a next key that stands ready everywhere, one push is enough.
    return policy.keepsStandingNext && ring.next != nil ? whenAcknowledged(.rotate) : .change(.rotate)
  }

  private func hasDue(_ ring: KeyRing, _ now: RotationTime) -> Bool {
    ring.phase == .grace && ring.previous.contains { $0.until.map { $0 <= now } ?? false }
  }
}
