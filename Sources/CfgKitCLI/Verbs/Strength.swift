import ArgumentParser
import CfgKit
import CfgKitSecrets

/// `cfgkit strength`: scores what is typed, or every line of standard input.
struct Strength: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "strength",
    abstract: "Score secrets from a hidden prompt, or from standard input line by line.")

  @Flag(help: "Score standard input, line by line.")
  var stdin = false

  @Option(help: ArgumentHelp("The bits that are asked for; 128 if nothing is said.", valueName: "n"))
  var minBits: Int?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let estimator = StrengthEstimator(policy: try StrengthArgument.policy(minBits))
    let scores =
      try stdin ? StrengthArgument.lines(estimator) : [StrengthArgument.prompt(estimator, console)]
    try console.answer(StrengthLines.text(scores, asJSON: answersJSON))
    guard let fix = StrengthLines.fix(scores) else { return .ok }
    console.note("fix: \(fix)")
    return .findings
  }
}
