#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether a crash of this process may leave its memory on the disk (strength.md §3: not while it holds secrets).
enum CoreDumps {
  nonisolated(unsafe) private static var inherited: rlimit?

  /// No core file from here on.
  static func forbid() {
    var limit = rlimit()
    guard unsafe getrlimit(coreLimit, &limit) == 0 else { return }
    unsafe inherited = limit
    var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
    _ = unsafe setrlimit(coreLimit, &none)
  }

  /// As it was when the process began: for the command of `run`.
  static func allow() {
    guard var limit = unsafe inherited else { return }
    _ = unsafe setrlimit(coreLimit, &limit)
  }

  #if canImport(Glibc)
    private static var coreLimit: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_CORE.rawValue) }
  #else
    private static var coreLimit: Int32 { RLIMIT_CORE }
  #endif
}
