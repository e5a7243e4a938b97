import ArgumentParser
import CfgKit

/// `cfgkit get`: one value and a line end.
struct GetKey: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print one value. A secret only with --reveal.")

  @Argument(help: "The key.", completion: KeyNames.completion)
  var key: String

  @Flag(help: "Print it though it is a secret.")
  var reveal = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { [key] }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try reading.project()
    try project.requireValidSchema(console)
    guard let resolved = project.resolution[key] else {
      try project.requireReadable(console)
      throw KeyNames.unknown(key, in: project, status: .notFound)
    }
    if resolved.isSensitive, !reveal {
      throw Failure.usage("\(key) is a secret; to print it all the same: cfgkit get \(key) --reveal")
    }
    let report = project.validate(ValidationOptions(keys: [key]))
    let errors = report.findings.filter { $0.severity == .error && $0.rule.id != "missing-required" }
    if !errors.isEmpty {
      console.say(FindingText(style: console.errorStyle, files: project.files).text(errors))
      throw Failure(
        .findings, "invalid", "\(key) is not valid, so there is no value; see: cfgkit validate \(key)")
    }
    try project.requireReadable(console)
    guard let winner = resolved.winner else {
      throw Failure(
        .notFound, "not-set",
        "\(key) is not set; looked in \(project.lookedIn); set it with: cfgkit set \(key)")
    }
    try console.answer(ValueAnswer.answer(winner.value, labelled: ("key", key), asJSON: answersJSON))
    return .ok
  }
}
