#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file descriptors that were open before a store was, so that none of the store's goes on to the command of `run`. Not all that
/// an HTTP client opens is closed by `execve(2)`.
struct InheritedDescriptors {
  private static var range: Range<Int32> { 3..<Int32(max(3, min(sysconf(Int32(_SC_OPEN_MAX)), 4_096))) }

  private let open: Set<Int32>

  /// Those that are open now.
  init() {
    open = Set(Self.range.filter { fcntl($0, F_GETFD) >= 0 })
  }

  /// Has the system close all others when this process becomes another program.
  func closeOthersOnExecution() {
    for descriptor in Self.range where !open.contains(descriptor) {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }
}
