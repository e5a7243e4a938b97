/// How a supervisor treats its command.
package struct SupervisorTerms: Sendable, Hashable {
  /// What a change of the document means to a running command.
  package enum OnChange: Sendable, Hashable {
    /// It is stopped and started anew.
    case restart
    /// A second one is started, and when that serves, the first is stopped.
    case overlap
    /// It reads the file that was written, and is told so by a signal if there is one.
    case reload(signal: Int32?)
    /// It is stopped, and the supervisor ends: something else starts both again.
    case exit
    /// It is the application in this process, which takes the new document without a pause. It ends only when it is told to.
    case swap
  }

  /// What a change means.
  package var onChange = OnChange.restart
  /// How long a command may take to end after TERM.
  package var drain = Duration.seconds(30)
  /// How many members of the fleet may restart at once.
  package var maximumUnavailable = 1
  /// After what silence it stops its command, because the others may go on without it then; nil for never.
  package var fence: Duration?
  /// For how long a lease holds.
  package var leaseLife = Duration.seconds(15)
  /// Whether a saved snapshot may be started with although the others may have gone on since.
  package var startsStale = false

  package init() {}

  /// How often it says that it is alive.
  var renewal: Duration { leaseLife / 3 }
  /// How much earlier than the others count on it a silent member has stopped its command.
  static let fenceMargin = Duration.seconds(5)
  /// How long a command may take to end that must not serve any more.
  static let urgentDrain = Duration.seconds(3)
  static let shortestPause = Duration.milliseconds(200)
  static let longestPause = Duration.seconds(10)
  /// How often somebody who waits for a slot asks.
  static let longestSlotPause = Duration.seconds(2)
  /// What a supervisor ends with that waits for something to start it again.
  static let tryAgain: Int32 = 75
  /// What a supervisor ends with that could not start its command.
  static let refused: Int32 = 125
}
