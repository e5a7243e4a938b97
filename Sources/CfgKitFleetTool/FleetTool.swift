import CfgKit
import CfgKitCLI
import CfgKitEtcd

/// The program `cfgkit-fleet`: the same verbs, on stores too.
@main
struct FleetTool {
  static func main() {
    ChildStub.becomeIfAsked()
    Program.runAndExit { address, security, body in try await NetworkStore.with(address, security, body) }
  }
}
