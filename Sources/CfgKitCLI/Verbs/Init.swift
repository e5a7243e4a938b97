import ArgumentParser
import CfgKit

/// `cfgkit init`: a schema, a `.env` with fresh secrets, and ignore rules; what stands there is kept.
struct Init: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Set up .env.schema, .env and .gitignore for a framework.")

  @Argument(
    help: "A template, see: cfgkit templates; without one, the project's files tell.",
    completion: .list(TemplateChoice.names))
  var template: String?

  @Flag(help: "Add the template's missing keys to a .env.schema that exists.")
  var merge = false

  @Option(
    help: ArgumentHelp("Take the schema from a .env.schema or .env.example.", valueName: "file"),
    completion: .file())
  var from: String?

  @Option(help: ArgumentHelp("A value for a key that is not sensitive; repeatable.", valueName: "key=value"))
  var set: [String] = []

  @Flag(help: "Leave secrets empty.")
  var noGenerate = false

  @Flag(help: "Leave .gitignore alone.")
  var noGitignore = false

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Flag(help: "Show the lines that are added; secrets behind a mask.")
  var diff = false

  @Flag(help: "Ask nothing, and go ahead.")
  var yes = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let request = try ScaffoldRequest.make(self, console)
    let scaffold: Scaffold
    do {
      scaffold = try Scaffold(planning: request)
    } catch let error as ScaffoldError {
      if !error.findings.isEmpty { console.say(FindingText(style: console.errorStyle).text(error.findings)) }
      throw error
    }
    if !dryRun { try scaffold.apply() }
    let isTracked =
      GitWorkTrees().around(ShownPath.absolute(request.directory))?
      .tracks(ShownPath.absolute(request.environmentPath)) ?? false
    let steps = ScaffoldSteps(
      scaffold, isTracked: isTracked, environmentPath: ShownPath.of(request.environmentPath)
    ).answer(showsLines: diff, asJSON: answersJSON)
    if dryRun { try console.answer(steps) } else { console.answer(done: steps) }
    for key in scaffold.untouched {
      console.note("note: \(key) is set already; change it with: cfgkit set \(key)")
    }
    if dryRun { return .ok }
    let status = try validate(console, request)
    return isTracked ? .findings : status
  }

  /// The last step: a fresh project is valid.
  private func validate(_ console: Console, _ request: Scaffold.Request) throws -> ExitStatus {
    var options = global.projectOptions
    options.schemaPath = request.schemaPath
    let project = try Project.load(options)
    let report = project.validate()
    let findings = report.findings.filter { $0.severity != .info }
    if !findings.isEmpty {
      console.say(FindingText(style: console.errorStyle, files: project.files).text(findings))
    }
    return ExitStatus(report, failOn: .error)
  }
}
