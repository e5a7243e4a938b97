/// What a member serves with: a command that it starts, or the application that it is.
///
/// It is told what a `Supervisor` asks for by the number of a child, and answers with events of that number.
protocol MemberWork {
  /// Begins to serve with a document; `.ready`, `.notReady` or `.exited` follows.
  mutating func start(_ number: Int, _ served: MemberTurn.Served)
  /// Takes a new document in the place of the old one, in the same process; `.ready` or `.notReady` follows.
  mutating func reload(_ number: Int, _ served: MemberTurn.Served)
  /// Passes a signal on; `.exited` follows where it ends the work.
  mutating func signal(_ number: Int, _ signal: Int32)
  /// Passes a signal on that this process got.
  mutating func pass(_ signal: Int32)
  /// Hears until when it may serve, if nothing else comes from the store; told before all that depends on it.
  mutating func mayServe(until fence: ContinuousClock.Instant)
  /// Hears that a child has ended.
  mutating func ended(_ number: Int)
  /// Lets go of everything.
  mutating func end()
}
