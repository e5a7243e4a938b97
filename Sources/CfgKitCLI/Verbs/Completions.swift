import ArgumentParser

/// `cfgkit completions`: a script for the shell's completion, generated from the verbs themselves.
struct Completions: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script of bash, zsh or fish.")

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw Failure.usage("completions are there for bash, zsh and fish")
    }
    try console.answer(CfgKitCommand.completionScript(for: shell) + "\n")
    return .ok
  }
}
