#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How a command shows that it serves.
package enum Readiness: Sendable, Hashable {
  /// It accepts connections on this port of the machine itself.
  case port(UInt16)
  /// A command of the shell exits with 0; it gets the same environment.
  case command(String)
  /// It is alive for this long.
  case alive(Duration)

  /// Waits until a command serves, and gives false if it does not in time. A task that is cancelled gives false.
  func wait(upTo patience: Duration, _ environment: ProcessEnvironment) async -> Bool {
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end, !Task.isCancelled {
      switch self {
      case .alive(let time): return (try? await Task.sleep(for: time)) != nil
      case .port(let port): if Self.accepts(port) { return true }
      case .command(let text): if await Self.succeeds(text, environment, by: end) { return true }
      }
      try? await Task.sleep(for: .milliseconds(100))
    }
    return false
  }

  /// A command that hangs is ended when its time is over, or when nobody asks any more.
  private static func succeeds(
    _ text: String, _ environment: ProcessEnvironment, by end: ContinuousClock.Instant
  ) async -> Bool {
    let (codes, ended) = AsyncStream.makeStream(of: Int32.self)
    let child = ChildProcess.start(Command(["/bin/sh", "-c", text]), environment) { code in
      ended.yield(code)
      ended.finish()
    }
    let watch = Task {
      guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return }
      child.signal(9)
    }
    defer { watch.cancel() }
    return await withTaskCancellationHandler {
      for await code in codes { return code == 0 }
      return false
    } onCancel: {
      child.signal(9)
    }
  }

  /// Whether somebody accepts on a port, over IPv4 or IPv6; the answer comes at once on the machine itself.
  private static func accepts(_ port: UInt16) -> Bool {
    var version4 = sockaddr_in()
    version4.sin_family = sa_family_t(AF_INET)
    version4.sin_port = port.bigEndian
    version4.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var version6 = sockaddr_in6()
    version6.sin6_family = sa_family_t(AF_INET6)
    version6.sin6_port = port.bigEndian
    version6.sin6_addr = in6addr_loopback
    return connects(&version4, AF_INET) || connects(&version6, AF_INET6)
  }

  private static func connects<Address>(_ address: inout Address, _ family: Int32) -> Bool {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let file = socket(family, kind, 0)
    guard file >= 0 else { return false }
    defer { close(file) }
    return unsafe withUnsafePointer(to: &address) { pointer in
      // The system reads as many bytes as the family has.
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe connect(file, address, socklen_t(MemoryLayout<Address>.size)) == 0
      }
    }
  }
}
