/// One row of the table of a supervisor; the first that applies counts, and an event without a row changes nothing.
struct SupervisorRow: Sendable {
  /// In which phases.
  let phases: Set<Supervisor.Phase>
  /// On which event.
  let event: SupervisorEvent.Kind
  /// What else has to be so.
  let condition: @Sendable (Supervisor, SupervisorEvent) -> Bool
  /// Where it leads; nil for where it stands.
  let phase: Supervisor.Phase?
  /// What changes, and what is asked for.
  let change: @Sendable (inout Supervisor, inout SupervisorTurn) -> Void

  func applies(to state: Supervisor, _ happened: SupervisorEvent) -> Bool {
    event == happened.kind && phases.contains(state.phase) && condition(state, happened)
  }

  init(
    _ phases: Set<Supervisor.Phase>, _ event: SupervisorEvent.Kind, to phase: Supervisor.Phase? = nil,
    _ change: @escaping @Sendable (inout Supervisor, inout SupervisorTurn) -> Void
  ) {
    self.init(phases, event, if: { _, _ in true }, to: phase, change)
  }

  init(
    _ phases: Set<Supervisor.Phase>, _ event: SupervisorEvent.Kind,
    if condition: @escaping @Sendable (Supervisor, SupervisorEvent) -> Bool,
    to phase: Supervisor.Phase? = nil,
    _ change: @escaping @Sendable (inout Supervisor, inout SupervisorTurn) -> Void
  ) {
    self.phases = phases
    self.event = event
    self.condition = condition
    self.phase = phase
    self.change = change
  }
}
