import ArgumentParser
import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// `cfgkit set`: writes one value, checked first.
struct SetKey: ProjectVerb {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Set a key in .env. A secret comes from a hidden prompt, --stdin or --value-file.")

  @Argument(help: "The key.", completion: KeyNames.completion)
  var key: String

  @Argument(help: "The value; never a secret's.")
  var value: String?

  @Flag(help: "Take the value from standard input; one line end at its end is dropped.")
  var stdin = false

  @Option(
    help: ArgumentHelp("Take the value from a file, as --stdin does.", valueName: "file"), completion: .file()
  )
  var valueFile: String?

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  var namedKeys: [String] { [key] }

  func perform(_ reading: Project.Options, _ console: Console) async throws -> ExitStatus {
    let project = try Project.load(reading)
    let declaration = project.schema[key]
    let isSensitive = project.isSensitive(key)
    if declaration?.isManaged == true {
      throw Failure.usage(
        "\(key) is written by cfgkit itself; use: cfgkit rotate-secret \(project.ringOwner(of: key) ?? "KEY")"
      )
    }
    if value != nil, isSensitive {
      throw Failure.usage(
        "\(KeyName.isShowable(key) ? key : "that") is a secret, and no argument takes one; "
          + "leave the value out for a hidden prompt, or use --stdin or --value-file")
    }
    let secret = try ValueSource(argument: value, stdin: stdin, file: valueFile)
      .read(for: key, console)
    let edit = try KeyEdit(of: key, in: project)
    let written: KeyEdit.Written
    do {
      written = try await edit.set(secret)
    } catch let refusal as KeyEdit.Refusal {
      console.say(FindingText(style: console.errorStyle, files: refusal.files).text(refusal.findings))
      throw Failure(
        .findings, "invalid",
        "that is not a valid value of \(KeyNames.shown(key)); nothing changed; what it may be: cfgkit explain \(KeyNames.shown(key))"
      )
    }
    let result = written.entry
    if written.dropsKey {
      console.note(
        "note: what the old \(key) signed is accepted no more; to change it so that it is: "
          + "\(Fix.call(project.options.commandFlags)) rotate-secret \(key) --stdin")
    }
    if result.duplicates > 0 {
      console.note(
        "note: \(key) stands \(result.duplicates + 1) times in \(edit.shownPath); the last one was changed")
    }
    if let warning = edit.warning(about: result) {
      console.say(FindingText(style: console.errorStyle, files: []).text([warning]))
    }
    console.noteHiding(of: key, writtenTo: edit.shownPath, in: project)
    return .ok
  }
}
