import ArgumentParser
import CfgKit

/// The command `cfgkit`: its verbs, its name and its version.
struct CfgKitCommand: ParsableCommand {
  static let version = Release.version

  static let configuration = CommandConfiguration(
    commandName: "cfgkit",
    abstract: "Configuration that is complete, strong and in one order, or does not start.",
    version: version,
    groupedSubcommands: [
      CommandGroup(name: "Set up", subcommands: [Init.self, Templates.self, Completions.self]),
      CommandGroup(
        name: "Check",
        subcommands: [
          Validate.self, Doctor.self, Format.self, ListKeys.self, ExplainKey.self, Diff.self, Rules.self,
        ]),
      CommandGroup(
        name: "Values", subcommands: [GetKey.self, SetKey.self, UnsetKey.self, Export.self, Run.self]),
      CommandGroup(name: "Stores", subcommands: [Push.self, Pull.self, History.self]),
      CommandGroup(name: "Secrets", subcommands: [RotateSecret.self, Generate.self, Strength.self]),
    ])

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  @Flag(help: "Show what the exit codes mean.")
  var exitCodes = false

  func validate() throws {
    if exitCodes { throw CleanExit.message(ExitStatus.table) }
  }
}
