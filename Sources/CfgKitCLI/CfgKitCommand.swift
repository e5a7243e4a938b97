import ArgumentParser

@main
struct CfgKitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cfgkit", version: "0.1.0")
}
