import ArgumentParser
import CfgKit

/// `cfgkit explain`: where a key's value comes from, and why every other layer lost.
struct ExplainKey: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show every layer of a key, and why each loser lost. No values.")

  @Argument(help: "The key.", completion: KeyNames.completion)
  var key: String

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { [key] }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try reading.project()
    guard let resolved = project.resolution[key] else {
      try project.requireReadable(console)
      throw KeyNames.unknown(key, in: project, status: .notFound)
    }
    try project.requireListable(project.validate(), console)
    let explanation = KeyExplanation(resolved, in: project, project.validate(ValidationOptions(keys: [key])))
    try console.answer(answersJSON ? explanation.json.text : explanation.text)
    return .ok
  }
}
