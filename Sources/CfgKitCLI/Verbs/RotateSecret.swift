import ArgumentParser
import CfgKit

/// `cfgkit rotate-secret`: changes secrets without hurting the people who are signed in.
struct RotateSecret: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "rotate-secret",
    abstract: "Replace secrets, in one step or three; the old key stays accepted for a while.")

  @Argument(help: "The keys.", completion: KeyNames.completion)
  var keys: [String] = []

  @Flag(help: "Every key that is older than its rotate= says.")
  var due = false

  @Flag(help: "Every key that rotates and has a value.")
  var all = false

  @Flag(help: "A next key is accepted; the current one still signs.")
  var prepare = false

  @Flag(help: "The prepared key signs; the current one becomes a previous one.")
  var promote = false

  @Flag(help: "Previous keys past their date go.")
  var retire = false

  @Flag(help: "Drop the prepared key, or let the previous one sign again.")
  var abort = false

  @Flag(help: "Finish what was begun.")
  var resume = false

  @Flag(help: "A new key now, and no older one is accepted; everybody signs in again.")
  var compromised = false

  @Flag(help: "Show roles and dates.")
  var status = false

  @Flag(help: "Exit 1 if a key is too old, or a step was forgotten.")
  var check = false

  @Flag(help: "Do not keep the old key; everybody signs in again.")
  var dropPrevious = false

  @Flag(help: "Keep the old key accepted, which is what happens anyway where the schema names a fallback.")
  var keepPrevious = false

  @Option(
    help: ArgumentHelp(
      "How long previous keys stay accepted, instead of the schema's grace=.", valueName: "30d"))
  var grace: DurationArgument?

  @Flag(help: "Take the new value from standard input, for a key that somebody else issues.")
  var stdin = false

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Flag(help: "Ask nothing, and go ahead.")
  var yes = false

  @Flag(
    help: "The store is the secret of KEY itself; its next, current and previous values are labels of AWS.")
  var stages = false

  @OptionGroup(title: "On a store whose members are known")
  var fleet: FleetOptions

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { keys }

  /// What `--stages` names is no document.
  var followsStore: Bool { stages }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let step = try RotationFlags(self).step
    if stages { return try await rotateStages(step, reading, console) }
    let project = try reading.project()
    try project.requireValidSchema(console)
    for key in keys where project.resolution[key] == nil {
      try project.requireReadable(console)
      throw KeyNames.unknown(key, in: project, status: .notFound)
    }
    switch step {
    case .check:
      try project.requireReadable(console)
      let report = Report(
        project: project, phase: .run, findings: try RotationOverview(of: keys, in: project).findings)
      try ReportPrinter(console, global.format).print(report, of: project, failOn: .warning)
      return report.findings.isEmpty ? .ok : .findings
    case .status:
      try project.requireReadable(console)
      let overview = try RotationOverview(of: keys, in: project)
      let table = RotationTable(overview, try await reading.members?.members())
      try console.answer(answersJSON ? table.json.text : table.text)
      return .ok
    case .change(let step):
      let request = try RotationFlags(self).request(step, project, console)
      guard !request.keys.isEmpty else {
        try console.answer(all ? "no key rotates\n" : "no key is due\n")
        return .ok
      }
      let rotation = try Rotation(request, in: project)
      if let terms = try fleet.terms(of: rotation, isPlan: dryRun) {
        var answers = FleetAnswers(console, asJSON: answersJSON)
        try await answers.follow(FleetRotation(rotation, terms), isPlan: dryRun)
        return .ok
      }
      var answers = RotationAnswers(console, asJSON: answersJSON)
      if dryRun {
        let changes = try await rotation.plan()
        answers.note(changes)
        try answers.answer(changes, isPlan: true)
      } else {
        let changes = try await rotation.apply { changes in answers.note(changes) }
        try answers.answer(changes, isPlan: false)
      }
      return .ok
    }
  }
}
