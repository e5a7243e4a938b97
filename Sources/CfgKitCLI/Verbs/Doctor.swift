import ArgumentParser
import CfgKit
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `cfgkit doctor`: all that `validate` checks, and what lies around: packages, source, git's history, session stores.
struct Doctor: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check the project and the machine: packages, source, git, session stores. Changes nothing unless --fix is given."
  )

  static let formats = Validate.formats

  /// What `--fix` can do here; all else has a command of its own.
  enum Repair: String, ExpressibleByArgument, CaseIterable {
    case staleSessions = "stale-sessions"
  }

  @Flag(help: "Ask the services of URLs whether they are there; sends no credentials.")
  var online = false

  @Flag(help: "With --online: also log in to Redis and PostgreSQL, on this machine only.")
  var auth = false

  @Option(help: ArgumentHelp("error, warning or info: exit 1 from here on.", valueName: "level"))
  var failOn = Severity.error

  @Option(help: ArgumentHelp("Rule packs beside the schema's and those found.", valueName: "pack,…"))
  var rules: String?

  @Option(
    name: .customLong("rule"), help: ArgumentHelp("Turn a rule off, or weigh it.", valueName: "id=off|level"))
  var ruleSettings: [RuleArgument] = []

  @Option(help: ArgumentHelp("stale-sessions: remove session files older than the key.", valueName: "what"))
  var fix: Repair?

  @Flag(help: "With --fix: ask nothing, and go ahead.")
  var yes = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let options = ValidationOptions(
      rulePacks: try RuleArgument.packs(rules), ruleSettings: try RuleArgument.settings(ruleSettings))
    // A project without any file yet has versions and source all the same.
    let project = try Project.load(reading)
    if fix == .staleSessions { return try removeStaleSessions(project, console) }
    if yes { throw Failure.usage("--yes goes with --fix") }
    if auth, !online { throw Failure.usage("--auth goes with --online") }
    let diagnosis = project.examine(
      options, surroundings: Surroundings(of: project, contactsServices: online, logsIn: auth))
    if let format = global.format, format != "text" {
      let fields = DoctorReport(diagnosis, of: project, console).fields
      try ReportPrinter(console, format).print(diagnosis.report, of: project, failOn: failOn, extra: fields)
    } else {
      console.noteMissingSchema(of: diagnosis.report)
      try console.answer(DoctorReport(diagnosis, of: project, console).text)
    }
    if diagnosis.failsOnlyInServices(from: failOn) { return .unavailable }
    return ExitStatus(diagnosis.report, failOn: failOn)
  }

  private func removeStaleSessions(_ project: Project, _ console: Console) throws -> ExitStatus {
    guard let folder = SessionFolder(of: project), let stale = folder.stale, !stale.isEmpty else {
      console.note("nothing to fix: no session file is older than SECRET_KEY")
      return .ok
    }
    let what = "\(counted(stale.count, "session")) in \(Printable.text(folder.shownPath))"
    if !yes {
      guard console.mayAsk, let prompt = Prompt() else {
        throw Failure.usage("removing \(what) needs --yes where nobody can be asked")
      }
      guard try prompt.confirms("Remove \(what)? Who still uses one signs in again. [y/N] ") else {
        throw Failure.declined
      }
    }
    for file in stale {
      guard unsafe file.path.withPlatformString({ unsafe unlink($0) }) == 0 || errno == ENOENT else {
        let problem = Errno(rawValue: errno)
        throw Failure(
          .inputOutput, "io",
          "\(Printable.text(ShownPath.of(file.path))) cannot be removed (\(problem)); run as its owner")
      }
    }
    console.note("removed \(what)")
    return .ok
  }
}
