import ArgumentParser
import CfgKit
import CfgKitDotEnv
import SystemPackage

/// `cfgkit push`: puts a file into the store, checked first.
struct Push: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Put .env into a store, checked first. Another document there stays.")

  @Argument(help: "The file; .env if there is none.", completion: .file())
  var file: String = ".env"

  @Flag(help: "Push though there are errors; for emergencies.")
  var noValidate = false

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    guard let target = reading.stored?.store else { throw Failure.noStore(besides: global.files) }
    var options = reading
    options.stored = nil
    options.files = [FilePath(file)]
    let project = try Project.load(options)
    try project.requireReadable(console)
    // What is not here may be in the environment of each host.
    let errors = project.validate(ValidationOptions(facts: .layers)).findings.filter {
      $0.severity == .error && $0.rule.id != "missing-required"
    }
    if !errors.isEmpty, !noValidate {
      console.say(FindingText(style: console.errorStyle, files: project.files).text(errors))
      throw Failure(
        .findings, "invalid",
        "\(file) has \(counted(errors.count, "error")); nothing was pushed; correct it, or push it as it is with --no-validate"
      )
    }
    guard let source = project.files.first else { throw Failure.usage("name a file to push") }
    guard source.document.byteCount > 0 else {
      throw Failure(
        .findings, "empty",
        "\(source.shownPath) is empty; nothing was pushed; name the file that has the values")
    }
    let copy = DocumentCopy(
      source.document, to: target, replaces: global.force, keepingRingsOf: project)
    try await CopyAnswer(copy, of: file, from: source.shownPath, isPlan: dryRun, asJSON: answersJSON).give(
      console)
    return .ok
  }
}
