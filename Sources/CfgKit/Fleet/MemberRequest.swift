import CfgKitSecrets

/// One request of a member to its store.
enum MemberRequest: Sendable {
  case join(MemberClaim)
  case rejoin(MemberPlace, Acknowledgement)
  case renew(MemberPlace)
  case acknowledge(MemberPlace, Acknowledgement)
  case takeSlot(MemberPlace, of: Int)
  case freeSlot(MemberPlace)
  case leave(MemberPlace, MemberState?)

  /// Sends it, and gives what came of it.
  func send(to store: any MemberStore) async -> MemberRun.Input {
    do throws(StoreError) {
      return .event(try await answer(of: store))
    } catch {
      if case .leave = self { return .event(.left) }
      return .failed(error)
    }
  }

  private func answer(of store: any MemberStore) async throws(StoreError) -> SupervisorEvent {
    switch self {
    case .join(let claim):
      switch try await store.join(claim) {
      case .joined(let place, let sent): return .joined(place, sent: sent)
      case .held: return .nameHeld
      }
    case .rejoin(let place, let said):
      return Self.event(try await store.rejoin(place, said)) { .joined($0, sent: $1) }
    case .renew(let place): return Self.event(try await store.renew(place)) { .renewed(sent: $1) }
    case .acknowledge(let place, let said):
      return Self.event(try await store.acknowledge(said, as: place)) { _, _ in
        .acknowledged(revision: said.revision)
      }
    case .takeSlot(let place, let count):
      return .slot(isTaken: try await store.takeSlot(of: count, as: place))
    case .freeSlot(let place):
      try await store.freeSlots(as: place)
      return .slotFreed
    case .leave(let place, let state):
      try await store.leave(place)
      // Whoever comes next asks for a place of its own.
      if var kept = try? state?.load() {
        kept.isOnRoster = false
        try? state?.save(kept)
      }
      return .left
    }
  }

  private static func event(
    _ outcome: MemberOutcome, _ done: (MemberPlace, ContinuousClock.Instant) -> SupervisorEvent
  ) -> SupervisorEvent {
    switch outcome {
    case .done(let place, let sent): done(place, sent)
    case .lapsed: .lapsed
    case .held: .nameHeld
    case .offRoster: .offRoster
    }
  }
}
