import CfgKitCLI

/// The program `cfgkit-fleet`: the same verbs, on stores too.
@main
struct FleetTool {
  static func main() { Program.runAndExit() }
}
