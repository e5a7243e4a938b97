import CfgKit

/// What a rotation across a fleet says: each change as an answer, whom it waits for beside it. With `--format json`, an event a line.
struct FleetAnswers {
  private let console: Console
  private let asJSON: Bool
  private var notes: RotationAnswers
  private let progress: ProgressLine
  /// What goes to the file of `--output`, which is written once.
  private var kept = ""
  private var lastWait = ""
  private var goesOn = false

  init(_ console: Console, asJSON: Bool) {
    self.console = console
    self.asJSON = asJSON
    notes = RotationAnswers(console, asJSON: asJSON)
    progress = ProgressLine(console)
  }

  /// Runs it, and says what happens.
  mutating func follow(_ rotation: FleetRotation, isPlan: Bool) async throws {
    var answer: Result<Void, any Error> = .success(())
    var hasChanged = false
    goesOn = rotation.goesOn && !isPlan
    let outcome: Result<[RotationChange], any Error>
    do {
      outcome = .success(
        try await rotation.run { event in
          answer = answer.flatMap { Result { try say(event) } }
          if case .changed = event { hasChanged = true }
        })
    } catch {
      outcome = .failure(error)
    }
    progress.clear()
    if case .success(let end) = outcome {
      if isPlan { notes.note(end) }
      if isPlan || !hasChanged { try say(end, isPlan: isPlan) }
      if asJSON { try self.answer(event("done", [])) }
    }
    // What was done before it was refused is said, too.
    if !kept.isEmpty { try console.answer(kept) }
    try answer.get()
    _ = try outcome.get()
  }

  private mutating func answer(_ text: String) throws {
    if console.answersToFile { kept += text } else { try console.answer(text) }
  }

  private mutating func say(_ event: FleetRotation.Progress) throws {
    switch event {
    case .forgot(let name):
      progress.clear()
      if asJSON { return try answer(self.event("forgot", [("member", .string(name.description))])) }
      console.note("note: took \(name) off the roster")
    case .changing(let changes):
      progress.clear()
      notes.note(changes)
    case .changed(let changes):
      lastWait = ""
      try say(changes, isPlan: false)
    case .waiting(let missing, let count):
      let names = missing.prefix(3).map { "\($0.name) \($0.text)" }.joined(separator: ", ")
      let more = missing.count > 3 ? " and \(missing.count - 3) more" : ""
      let members = missing.map { member in
        JSON.object([("name", .string(member.name)), ("state", .string(member.text))])
      }
      try wait(
        "waiting for \(missing.count) of \(counted(count, "member")): \(names)\(more)", "waiting",
        [("members", .array(members)), ("of", .integer(count))])
    case .storeAway(let why):
      try wait("trying again: \(why)", "store-away", [("message", .string(why))])
    case .resting(let until):
      try wait(
        "waiting until \(until), so long the old key is accepted", "resting",
        [("until", .string(until.description))])
    }
  }

  /// Says what is waited for, once, or as long as somebody looks.
  private mutating func wait(_ text: String, _ name: String, _ fields: [(String, JSON)]) throws {
    defer { lastWait = text }
    if asJSON {
      if text != lastWait { try answer(event(name, fields)) }
    } else if progress.isShown {
      progress.show(text)
    } else if text != lastWait {
      console.note(Printable.text(text))
    }
  }

  private mutating func say(_ changes: [RotationChange], isPlan: Bool) throws {
    guard asJSON else {
      return try answer(RotationAnswers.text(of: changes, isPlan: isPlan, goesOn: goesOn))
    }
    for change in changes {
      try answer(event(isPlan ? "plan" : "change", RotationAnswers.fields(of: change)))
    }
  }

  private func event(_ name: String, _ fields: [(String, JSON)]) -> String {
    JSON.object(
      [
        ("schemaVersion", .integer(1)), ("time", .string(RotationTime.now.description)),
        ("event", .string(name)),
      ] + fields
    ).line + "\n"
  }
}
