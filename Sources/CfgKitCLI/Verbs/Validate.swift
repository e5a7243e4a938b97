import ArgumentParser
import CfgKit

/// `cfgkit validate`: every finding in one pass.
struct Validate: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check schema, .env and environment; list everything that is wrong.")

  static let formats = ["text", "json", "sarif", "github", "junit"]

  @Argument(help: "Speak of these keys only.", completion: KeyNames.completion)
  var keys: [String] = []

  @Option(help: ArgumentHelp("build: structure and non-secrets only; run: everything.", valueName: "phase"))
  var phase = KeyDeclaration.Phase.run

  @Option(help: ArgumentHelp("error, warning or info: exit 1 from here on.", valueName: "level"))
  var failOn = Severity.error

  @Option(help: ArgumentHelp("Rule packs beside the schema's, separated by commas.", valueName: "pack,…"))
  var rules: String?

  @Option(help: DialectArgument.help)
  var dialect: DialectArgument?

  @Option(
    name: .customLong("rule"), help: ArgumentHelp("Turn a rule off, or weigh it.", valueName: "id=off|level"))
  var ruleSettings: [RuleArgument] = []

  @Flag(
    help: "Every project below this folder: wherever a .env.schema or .env lies that git does not ignore.")
  var recursive = false

  @Flag(help: "What the next commit would hold, from git's index; for a pre-commit hook.")
  var staged = false

  @Flag(help: "Mend what can be mended without changing a meaning.")
  var fix = false

  @Flag(help: "With --fix: only say what would be mended.")
  var dryRun = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { keys }

  var needsFiles: Bool { staged || recursive }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let options = ValidationOptions(
      keys: Set(keys), phase: phase,
      rulePacks: try RuleArgument.packs(rules), ruleSettings: try RuleArgument.settings(ruleSettings),
      facts: staged ? .index : .files)
    if dryRun, !fix { throw Failure.usage("--dry-run goes with --fix") }
    let check = ProjectCheck(options: options, fixes: !fix ? .none : dryRun ? .shown : .made)
    let reading = reading.held(against: dialect)
    if staged || recursive { return try sweep(console, check, reading) }
    let checked = try await check.result(noteFixed: { console.noteFixes($0, done: !dryRun) }) {
      let project = try await fix ? reading.refreshed().project() : reading.project()
      try KeyNames.check(keys, in: project)
      return project
    }
    try ReportPrinter(console, global.format).print(checked.report, of: checked.project, failOn: failOn)
    return ExitStatus(checked.report, failOn: failOn)
  }

  private func sweep(
    _ console: Console, _ check: ProjectCheck, _ reading: Project.Options
  ) throws -> ExitStatus {
    let flag = staged ? "--staged" : "--recursive"
    if staged, recursive { throw Failure.usage("--staged and --recursive do not go together") }
    if staged, fix { throw Failure.usage("--fix mends files, not what is staged; leave out --staged") }
    if !keys.isEmpty { throw Failure.usage("\(flag) speaks of all keys; leave out the names") }
    if !global.files.isEmpty || global.schema != nil {
      throw Failure.usage("\(flag) finds the files and their schemas itself; leave out --file and --schema")
    }
    let sweep =
      try staged
      ? ProjectSweep(staged: reading)
      : ProjectSweep(below: reading.directory, reading, check.options.workTrees)
    let progress = ProgressLine(console)
    let format = global.format ?? "text"
    let outcomes = WorkerThreads.map(
      sweep.parts.count, progress: { progress.show($0, of: sweep.parts.count) }
    ) { index in
      CallingThread.run {
        await SweepReport.Outcome(of: sweep.parts[index], check, console, format: format)
      }
    }
    progress.clear()
    let report = SweepReport(
      outcomes, unreadable: sweep.unreadable, noun: staged ? SweepReport.stagedFile : "project",
      environmentName: reading.environmentName ?? "development", phase: phase)
    if !staged, outcomes.isEmpty {
      throw Failure(
        .notFound, "not-found", "there is no .env.schema or .env in this folder or below; run: cfgkit init")
    }
    if fix { console.noteFixes(outcomes.flatMap(\.fixed), done: !dryRun) }
    try ReportPrinter(console, format).print(report, failOn: failOn)
    return report.status(failOn: failOn)
  }
}
