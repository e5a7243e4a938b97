import CfgKitCLI

/// The program `cfgkit`: every verb, on files, and no code that speaks to a network store.
@main
struct Tool {
  static func main() { Program.runAndExit() }
}
