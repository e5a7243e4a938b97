import CfgKitSecrets
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A running command in a process group of its own, which ends with this process.
final class ChildProcess: Sendable {
  private enum State {
    /// It has no number yet; these signals wait for it.
    case starting([Int32])
    case running(pid_t)
    case ended
  }

  private let state = Mutex(State.starting([]))

  private init() {}

  /// Starts it.
  ///
  /// - Parameters:
  ///   - environment: all that it gets.
  ///   - ended: called with what a shell would say: its exit code, or 128 and the signal that ended it; 126 if it could not be started.
  @discardableResult
  static func start(
    _ command: Command, _ environment: ProcessEnvironment, ended: @escaping @Sendable (Int32) -> Void
  ) -> ChildProcess {
    let child = ChildProcess()
    // One thread lives as long as the child does: the child's parent-death signal comes when its starter ends.
    let isStarted = DetachedThread.start {
      guard let pid = spawn(command, environment) else { return ended(126) }
      child.begin(as: pid)
      ended(child.wait(for: pid))
    }
    if !isStarted { ended(126) }
    return child
  }

  private func begin(as pid: pid_t) {
    state.withLock { state in
      if case .starting(let signals) = state { for number in signals { kill(-pid, number) } }
      state = .running(pid)
    }
  }

  /// Sends a signal to it and to all that it started in its group; nothing happens when it has ended.
  func signal(_ number: Int32) {
    state.withLock { state in
      // As long as nobody has waited for it, its number is not given to another process.
      switch state {
      case .starting(let signals): state = .starting(signals + [number])
      case .running(let pid): kill(-pid, number)
      case .ended: break
      }
    }
  }

  private func wait(for pid: pid_t) -> Int32 {
    // It is looked at without taking it away, so that no signal goes to a number that was given to another.
    var information = unsafe siginfo_t()
    while unsafe waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return state.withLock { state in
      // What it started may still be there, with old keys.
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
      state = .ended
      let signal = status & 0x7F
      return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
  }

  private static func spawn(_ command: Command, _ environment: ProcessEnvironment) -> pid_t? {
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // A group that is not the terminal's is stopped when it reads there, and would seem to serve.
    if isatty(0) == 1, unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) != 0 {
      return nil
    }
    InheritedDescriptors.atStart.closeOthersOnExecution()
    let limit = CoreDumps.inheritedLimit.map { "\($0)" } ?? "-"
    let words: [[UInt8]] =
      ["cfgkit", ChildStub.word, "\(getpid())", limit].map { Array($0.utf8) } + command.words
    // One copy of all words, each ended by NUL, that the list points into.
    var text: [UInt8] = []
    var offsets: [Int] = []
    for word in words {
      offsets.append(text.count)
      text += word + [0]
    }
    var pid: pid_t = 0
    let result = environment.withBlock { block in
      unsafe block.withUnsafeBytes { block in
        unsafe text.withUnsafeMutableBytes { text in
          // `posix_spawn(3)` takes both lists as mutable and only reads them.
          var arguments: [UnsafeMutablePointer<CChar>?] = unsafe offsets.map { offset in
            unsafe text.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
          }
          unsafe arguments.append(nil)
          var variables: [UnsafeMutablePointer<CChar>?] = unsafe environment.starts.map { start in
            unsafe UnsafeMutableRawPointer(mutating: block.baseAddress)?.advanced(by: start)
              .assumingMemoryBound(to: CChar.self)
          }
          unsafe variables.append(nil)
          return unsafe posix_spawn(&pid, ownProgram, &actions, &attributes, arguments, variables)
        }
      }
    }
    return result == 0 ? pid : nil
  }

  /// This very program, also where another has taken its name meanwhile.
  private static var ownProgram: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      CommandLine.arguments[0]
    #endif
  }
}
