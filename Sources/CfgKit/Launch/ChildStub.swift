import CPrctl
import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The few moments between a supervisor and its command: this program again, which makes sure that the command does not outlive the
/// supervisor, and then becomes the command.
package enum ChildStub {
  /// The word that asks for it.
  static let word = "--become-child"

  /// Becomes the command if this process was started for that; else returns at once. To be called first in `main`.
  ///
  /// What is asked for is `PROGRAM --become-child PARENT CORE-LIMIT COMMAND…`, as `ChildProcess` starts it.
  package static func becomeIfAsked() {
    let words = CommandLine.arguments
    guard words.count > 4, words[1] == word, let parent = Int32(words[2]) else { return }
    #if os(Linux)
      // The signal comes when the thread ends that started this process, which waits for nothing else.
      _ = cprctl_set_parent_death_signal(SIGKILL)
    #endif
    // The supervisor may have died before the signal was asked for.
    guard getppid() == parent else { exit(128 + SIGKILL) }
    if let limit = UInt64(words[3]) { CoreDumps.allow(limit) }
    exit(becomeCommand(of: Int(CommandLine.argc) - 4))
  }

  /// Returns only to say why not, as a shell does: 127 for not found, 126 for not executable.
  private static func becomeCommand(of count: Int) -> Int32 {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) }
    let words = unsafe CommandLine.unsafeArgv + Int(CommandLine.argc) - count
    var problem = ENOENT
    for candidate in Command(lastArguments: count).candidates(in: path) {
      _ = unsafe execve(candidate, words, environ)
      if errno != ENOENT, errno != ENOTDIR { problem = errno }
    }
    return problem == ENOENT ? 127 : 126
  }
}
