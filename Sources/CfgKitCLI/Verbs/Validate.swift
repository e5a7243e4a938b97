import ArgumentParser
import CfgKit

/// `cfgkit validate`: every finding in one pass.
struct Validate: Verb {
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

  @Flag(help: "Mend what can be mended without changing a meaning.")
  var fix = false

  @Flag(help: "With --fix: only say what would be mended.")
  var dryRun = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let options = ValidationOptions(
      keys: Set(keys), phase: phase,
      rulePacks: try RuleArgument.packs(rules), ruleSettings: try RuleArgument.settings(ruleSettings))
    if dryRun, !fix { throw Failure.usage("--dry-run goes with --fix") }
    let reading = global.projectOptions(for: dialect)
    var project = try global.project(reading)
    try KeyNames.check(keys, in: project)
    var report = project.validate(options)
    if fix {
      let fixes = SafeFixes(of: report, in: project)
      if !dryRun { try fixes.apply() }
      console.noteFixes(fixes.findings, done: !dryRun)
      if !dryRun, !fixes.findings.isEmpty {
        project = try global.project(reading)
        report = project.validate(options)
      }
    }
    try ReportPrinter(console, global.format).print(report, of: project, failOn: failOn)
    return ExitStatus(report, failOn: failOn)
  }
}
