import CfgKit

/// What `rotate-secret` says: keys, places, dates and counts.
struct RotationAnswers {
  private let console: Console
  private let asJSON: Bool
  private var said: Set<String> = []

  init(_ console: Console, asJSON: Bool) {
    self.console = console
    self.asJSON = asJSON
  }

  /// Says what rotation does not protect, on stderr: before the change is written, and before the application is restarted. What was
  /// said of a change that somebody else came before is not said again.
  mutating func note(_ changes: [RotationChange]) {
    guard !asJSON else { return }
    let isFirst = said.isEmpty
    for note in changes.flatMap(\.notes) where said.insert(note).inserted {
      console.note("note: \(Printable.text(note))")
    }
    for change in changes where isFirst && !change.snippet.isEmpty {
      console.note("note: the application reads the list only with these lines:")
      for line in change.snippet { console.note("  " + Printable.text(line)) }
    }
  }

  /// What was done, or would be.
  func answer(_ changes: [RotationChange], isPlan: Bool) throws {
    let text =
      asJSON
      ? JSON.object([
        ("schemaVersion", .integer(1)), ("dryRun", .bool(isPlan)),
        ("changes", .array(changes.map { .object(Self.fields(of: $0)) })),
      ]).text : Self.text(of: changes, isPlan: isPlan)
    if isPlan { try console.answer(text) } else { console.answer(done: text) }
  }

  /// Changes for people.
  ///
  /// - Parameter goesOn: whether the next step is taken without being asked for.
  static func text(of changes: [RotationChange], isPlan: Bool, goesOn: Bool = false) -> String {
    let lines = changes.map { change in
      let isOver = change.phase == .grace || change.phase == .steady
      let shown = change.details.filter { !goesOn || isOver || $0.label != "then" }
      let details = shown.map { ["  \($0.label)", Printable.text($0.text)] }
      return (isPlan ? "would be: " : "") + Printable.text(change.title) + "\n" + Table.text(details)
    }
    return lines.joined()
  }

  /// A change for programs.
  static func fields(of change: RotationChange) -> [(String, JSON)] {
    [
      ("key", .string(change.key)), ("change", change.kind.map { .string($0.rawValue) } ?? .null),
      ("changed", .bool(change.isChanged)), ("phase", .string(change.phase.rawValue)),
      ("until", change.until.map { .string($0.description) } ?? .null), ("message", .string(change.title)),
      ("notes", .array(change.notes.map { .string($0) })),
      ("snippet", .array(change.snippet.map { .string($0) })),
    ]
  }
}
