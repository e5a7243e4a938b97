import ArgumentParser
import CfgKit

/// `cfgkit list`: the keys, without their values.
struct ListKeys: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the keys: type, where each is set, whether it is good. No values.")

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try reading.project()
    let report = project.validate()
    try project.requireListable(report, console)
    let listing = KeyListing(project, report)
    try console.answer(answersJSON ? listing.json.text : listing.text(showsInferred: console.isVerbose))
    return .ok
  }
}
