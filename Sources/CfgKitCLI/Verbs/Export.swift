import ArgumentParser
import CfgKit

/// `cfgkit export`: the resolved values, for other programs.
struct Export: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the resolved values: env, shell, json, yaml, docker or k8s.")

  static let formats = ExportFormat.allCases.map(\.rawValue)

  @Flag(help: "Without the process environment, inside ${…} too.")
  var noEnvironment = false

  @Flag(help: "Without the schema and its defaults: only what the files say.")
  var noSchema = false

  @Option(
    help: ArgumentHelp("Only keys that match, as shells match file names; repeatable.", valueName: "glob"))
  var only: [String] = []

  @Flag(help: "Print secrets to the screen.")
  var reveal = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    var options = reading
    if noEnvironment { options.environment = .made([:]) }
    let project = try options.project(schema: noSchema ? Schema() : nil)
    try project.requireReadable(console)
    let values = project.exportedValues(matching: KeyPattern(only))
    if console.answersToTerminal, !reveal, let secret = values.first(where: \.isSensitive) {
      throw Failure.usage("\(secret.key) is a secret; to print it on the screen: --reveal")
    }
    let format = ExportFormat(rawValue: global.format ?? "env") ?? .env
    try console.answer(format.answer(values, name: project.objectName))
    return .ok
  }
}
