import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One TCP connection with a deadline. It sends what it is given and nothing else.
struct ServiceConnection: ~Copyable {
  /// Why there is no connection.
  enum Failure: Error {
    /// Nobody knows the host's name.
    case unknownHost
    /// Nobody listens there.
    case refused
    case timeout
    /// The network says no.
    case unreachable
  }

  private let descriptor: Int32
  private let deadline: ContinuousClock.Instant

  /// Connects to the first address of the host that takes the connection.
  init(to host: String, _ port: UInt16, until deadline: ContinuousClock.Instant) throws(Failure) {
    self.deadline = deadline
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    #if canImport(Darwin)
      unsafe hints.ai_socktype = SOCK_STREAM
    #else
      unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #endif
    var list: UnsafeMutablePointer<addrinfo>?
    // The list belongs to the resolver and is given back below.
    guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { throw .unknownHost }
    defer { unsafe freeaddrinfo(list) }
    var failure = Failure.unreachable
    var next = unsafe list
    while let address = unsafe next {
      do throws(Failure) {
        descriptor = try unsafe Self.opened(address.pointee, deadline)
        return
      } catch {
        failure = error
      }
      unsafe next = address.pointee.ai_next
    }
    throw failure
  }

  deinit { close(descriptor) }

  private static func opened(_ address: addrinfo, _ deadline: ContinuousClock.Instant) throws(Failure)
    -> Int32
  {
    let descriptor = unsafe socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    guard descriptor >= 0 else { throw .unreachable }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    #if canImport(Darwin)
      var one: Int32 = 1
      unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
    #endif
    do throws(Failure) {
      let result = unsafe connect(descriptor, address.ai_addr, address.ai_addrlen)
      if result != 0 {
        guard errno == EINPROGRESS else { throw errno == ECONNREFUSED ? .refused : .unreachable }
        try wait(for: descriptor, POLLOUT, until: deadline)
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        guard error == 0 else {
          throw error == ECONNREFUSED ? .refused : error == ETIMEDOUT ? .timeout : .unreachable
        }
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func wait(
    for descriptor: Int32, _ event: some BinaryInteger, until deadline: ContinuousClock.Instant
  ) throws(Failure) {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 else { throw .timeout }
      var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
      let count = unsafe poll(&entry, 1, Int32(milliseconds))
      if count > 0 { return }
      if count < 0, errno != EINTR { throw .unreachable }
    }
  }

  /// Sends bytes; false if the other side does not take them.
  func say(_ bytes: [UInt8]) -> Bool { unsafe say(bytes.span.bytes) }

  /// Sends a secret out of guarded memory.
  func say(_ secret: Secret) -> Bool { secret.withBytes { say($0) } }

  private func say(_ bytes: borrowing RawSpan) -> Bool {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    // A few bytes always fit into the buffer of a fresh connection.
    return unsafe bytes.withUnsafeBytes { buffer in
      unsafe send(descriptor, buffer.baseAddress, buffer.count, flags) == buffer.count
    }
  }

  /// The first bytes of the answer, as many as are wanted if they come; fewer if the other side ends first.
  func receive(atLeast wanted: Int) throws(Failure) -> [UInt8] {
    var received: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 256)
    while received.count < wanted {
      try Self.wait(for: descriptor, POLLIN, until: deadline)
      let count = unsafe room.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return received }
      received += room[..<count]
    }
    return received
  }
}
