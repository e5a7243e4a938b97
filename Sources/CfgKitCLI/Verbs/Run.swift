import ArgumentParser
import CfgKit

/// `cfgkit run`: validates, then becomes the command. Same process, signals and terminal; no parent stays, but with `--watch`.
struct Run: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Validate, then run a command with the resolved environment.",
    usage: "cfgkit run [<options>] [--] <command> ...")

  @Option(
    help: ArgumentHelp("Only keys that match, as shells match file names; repeatable.", valueName: "glob"))
  var only: [String] = []

  @Flag(help: "Start from PATH, HOME, TERM, LANG and TZ instead of the whole environment.")
  var clean = false

  @Flag(help: "Start though there are errors; for emergencies.")
  var noValidate = false

  @Flag(help: "Wipe the secrets in cfgkit's own environment block once the command's is made.")
  var scrubEnvironment = false

  @OptionGroup(title: "Following a store")
  var watching: WatchOptions

  @Argument(parsing: .postTerminator, help: "The command and its arguments.")
  var command: [String] = []

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var followsStore: Bool { watching.watch }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    guard let program = command.first else {
      throw Failure.usage("there is no command to run; write: cfgkit run -- COMMAND")
    }
    if command.contains("") {
      console.note(
        "hint: one argument is empty. If you wrote $KEY, your shell expanded it before cfgkit ran;\n"
          + "      try: cfgkit run -- sh -c 'echo \"$KEY\"'")
    }
    if watching.watch { return try await follow(reading, console) }
    let project: Project
    do {
      project = try noValidate ? Project.load(reading) : reading.project()
    } catch {
      throw refusal(Failure(error, verb: "run"))
    }
    let errors = project.validate(ValidationOptions(facts: .layers)).findings.filter { $0.severity == .error }
    if !errors.isEmpty {
      console.say(FindingText(style: console.errorStyle, files: project.files).text(errors))
      guard noValidate else {
        throw Failure(.refusedToRun, "invalid", "not started: \(counted(errors.count, "error"))")
      }
    }
    let environment = try ProcessEnvironment(
      of: project, startingClean: clean, matching: KeyPattern(only).matches)
    if scrubEnvironment { project.scrubEnvironment() }
    // The process becomes the command, so nobody else gets to say it.
    console.noteUnlockedMemory()
    throw environment.execute(program, argumentCount: command.count)
  }

  /// Nothing is started.
  func refusal(_ failure: Failure) -> Failure {
    failure.status == .usage
      ? failure : Failure(.refusedToRun, failure.code, "not started: \(failure.message)")
  }
}
