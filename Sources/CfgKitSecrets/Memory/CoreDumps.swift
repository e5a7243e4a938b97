import CPrctl
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether a crash of this process may leave its memory on the disk or in a log, and whether other processes of the same user
/// may look into it.
///
/// Guarded memory is kept out of core dumps whatever is set here. This is for the copies that are out of the library's reach:
/// the environment block, what the kernel still has to hand over, and those that an application makes itself.
public enum CoreDumps {
  /// The soft limit of RLIMIT_CORE when the process began.
  private static let inherited = Mutex<rlim_t?>(nil)

  /// No core file from here on (RLIMIT_CORE 0), no backtrace by Swift's runtime, which shows the memory that registers point
  /// to, and on Linux no debugger of the same user (PR_SET_DUMPABLE 0).
  ///
  /// To be called first in `main`: it takes away the handlers of the signals that crashes raise, whoever installed them.
  /// `execve(2)` gives back all but RLIMIT_CORE, which is inherited unless `allow` is called.
  public static func forbid() {
    for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      let handler = signal(number, SIG_DFL)
      // A signal that the parent had ignored stays ignored, in the program that this process becomes too.
      if unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        _ = signal(number, SIG_IGN)
      }
    }
    var limit = rlimit()
    if unsafe getrlimit(coreLimit, &limit) == 0 {
      inherited.withLock { $0 = $0 ?? limit.rlim_cur }
      limit.rlim_cur = 0
      _ = unsafe setrlimit(coreLimit, &limit)
    }
    #if os(Linux)
      _ = cprctl_set_dumpable(0)
    #endif
  }

  /// RLIMIT_CORE as it was when `forbid` was first called: for a process that is about to become another program.
  public static func allow() {
    if let old = inheritedLimit { allow(old) }
  }

  /// The soft limit of RLIMIT_CORE as it was when `forbid` was first called, for a child that is to have it; nil if it was not called.
  package static var inheritedLimit: UInt64? { inherited.withLock { $0.map { UInt64($0) } } }

  /// Sets the soft limit of RLIMIT_CORE, in a process that is about to become another program.
  package static func allow(_ soft: UInt64) {
    var limit = rlimit()
    guard unsafe getrlimit(coreLimit, &limit) == 0 else { return }
    limit.rlim_cur = rlim_t(soft)
    _ = unsafe setrlimit(coreLimit, &limit)
  }

  #if canImport(Glibc)
    private static var coreLimit: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_CORE.rawValue) }
  #else
    private static var coreLimit: Int32 { RLIMIT_CORE }
  #endif
}
