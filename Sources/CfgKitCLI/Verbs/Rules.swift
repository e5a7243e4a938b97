import ArgumentParser
import CfgKit

/// `cfgkit rules`: what each rule finds, why, and what to do.
struct Rules: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Say what a rule finds, why that is a problem and how to fix it.")

  @Argument(help: "A rule's name or code; all of them without one.", completion: .list(Rule.all.map(\.id)))
  var rule: String?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    guard let name = rule else {
      try console.answer(RulePage.list(asJSON: answersJSON))
      return .ok
    }
    guard let rule = Rule.named(name) else {
      let meant = NearMiss.candidate(for: name, among: Rule.all.map(\.id))
      throw Failure.usage(
        "there is no such rule\(meant.map { "; did you mean \($0)?" } ?? ""); all of them: cfgkit rules")
    }
    try console.answer(RulePage(rule, console.style).answer(asJSON: answersJSON))
    return .ok
  }
}
