#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file descriptors that this process began with. All others are its own, and not all that an HTTP client opens is closed by
/// `execve(2)`.
package struct InheritedDescriptors: Sendable {
  private static var range: Range<Int32> { 3..<Int32(max(3, min(sysconf(Int32(_SC_OPEN_MAX)), 4_096))) }

  /// Those that were open when it was first asked for.
  package static let atStart = InheritedDescriptors()

  private let open: Set<Int32>

  private init() {
    open = Set(Self.range.filter { fcntl($0, F_GETFD) >= 0 })
  }

  /// Has the system close all others in a process that becomes a command.
  package func closeOthersOnExecution() {
    for descriptor in Self.range where !open.contains(descriptor) {
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }
}
