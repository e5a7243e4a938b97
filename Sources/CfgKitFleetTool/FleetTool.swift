import CfgKit
import CfgKitCLI
import CfgKitEtcd

/// The program `cfgkit-fleet`: the same verbs, on stores too.
@main
struct FleetTool {
  static func main() {
    ChildStub.becomeIfAsked()
    Program.runAndExit { address, security, body in
      #if Etcd
        try await NetworkStore.with(address, security) { store in try await body(store.documents) }
      #else
        throw StoreError(
          .unreachable, place: "cfgkit-fleet",
          "this cfgkit-fleet was built without what speaks to stores; from cfgkit's source: make install-fleet"
        )
      #endif
    }
  }
}
