import CfgKit
import CfgKitCLI
import CfgKitEtcd

/// The program `cfgkit-fleet`: the same verbs, on stores too.
@main
struct FleetTool {
  static func main() {
    Program.runAndExit { address, security, body in
      #if Etcd
        try await EtcdStore.with(EtcdAddress(parsing: address), security) { store in try await body(store) }
      #else
        _ = try EtcdAddress(parsing: address)
        throw StoreError(
          .unreachable, place: "cfgkit-fleet",
          "this cfgkit-fleet was built without what speaks to stores; from cfgkit's source: make install-fleet"
        )
      #endif
    }
  }
}
