import ArgumentParser
import CfgKit
import CfgKitDotEnv

/// `cfgkit fmt`: the portable subset, with every value unchanged.
struct Format: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Rewrite .env so that other readers read it alike. No value changes.")

  @Flag(help: "Change nothing; exit 1 if something would.")
  var check = false

  @Option(help: DialectArgument.help)
  var dialect: DialectArgument?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try reading.held(against: dialect).project()
    guard !project.files.isEmpty else {
      throw Failure(
        .notFound, "not-found", "there is no .env; tried \(project.triedPaths.joined(separator: ", "))")
    }
    try project.requireFormattable(console)
    let plans = try project.files.map { try FormatPlan($0, in: project) }
    if let piped = plans.first(where: \.isPiped) {
      return try answer(piped, console)
    }
    if !check { for plan in plans { try await plan.apply() } }
    let summary = FormatSummary(plans, done: !check)
    if answersJSON { try console.answer(summary.json.text) } else { console.note(summary.text) }
    return check && plans.contains(where: \.isChanged) ? .findings : .ok
  }

  /// Standard input is answered on standard output, but its secrets never on a screen.
  private func answer(_ plan: FormatPlan, _ console: Console) throws -> ExitStatus {
    if check { return plan.isChanged ? .findings : .ok }
    guard !console.answersToTerminal else {
      throw Failure.usage("what came from standard input has values; send the answer to a file or a pipe")
    }
    var answer = Answer()
    answer.append(plan.document)
    try console.answer(answer)
    return .ok
  }
}
