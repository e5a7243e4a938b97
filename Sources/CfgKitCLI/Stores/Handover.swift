import CfgKitSecrets
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hands the command line to `cfgkit-fleet`, which has the code that speaks to stores: same words, same environment, same process.
enum Handover {
  private static let program = "cfgkit-fleet"

  /// Becomes `cfgkit-fleet`; returns only to say why not.
  static func execute() -> Failure {
    CoreDumps.allow()
    for path in candidates { _ = unsafe execv(path, CommandLine.unsafeArgv) }
    return Failure(
      .unavailable, "no-stores",
      "a store needs cfgkit-fleet, which is neither beside cfgkit nor in PATH; from cfgkit's source: make install-fleet"
    )
  }

  /// Beside this program, then where commands are.
  private static var candidates: [String] {
    let folders = (Console.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return [ownFolder].compactMap(\.self).map { "\($0)/\(program)" } + folders.map { "\($0)/\(program)" }
  }

  private static var ownFolder: String? {
    #if os(Linux)
      let link: FilePath = "/proc/self/exe"
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      guard unsafe readlink(link.string, &buffer, buffer.count - 1) > 0 else { return nil }
    #else
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      var size = UInt32(buffer.count)
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
    #endif
    let path = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return FilePath(String(decoding: path, as: UTF8.self)).removingLastComponent().string
  }
}
