import CfgKitSecrets
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Questions to the person at the terminal, asked on `/dev/tty` so that pipes on stdin and stdout do not matter.
///
/// The terminal is set back when the answer is there, on Ctrl-C and on the signals that end a process.
struct Prompt: ~Copyable {
  private let terminal: Int32
  private let wakeUp: (read: Int32, write: Int32)

  /// Opens the terminal; nil where there is none, as in CI.
  init?() {
    let descriptor = unsafe open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      _ = close(descriptor)
      return nil
    }
    terminal = descriptor
    wakeUp = (ends[0], ends[1])
  }

  deinit {
    _ = close(terminal)
    _ = close(wakeUp.read)
    _ = close(wakeUp.write)
  }

  /// Asks a question; true for `y` or `yes`. Throws 2 on Ctrl-C.
  func confirms(_ question: String) throws -> Bool {
    let answer = try ask("\(question) [y/N] ", hidden: false).exposedText()
    return ["y", "Y", "yes", "Yes", "YES"].contains(answer)
  }

  /// Asks for one of several words; nil for an empty answer. Throws 2 on Ctrl-C.
  func choice(_ question: String) throws -> String? {
    let answer = try ask(question, hidden: false).exposedText()
    return answer.isEmpty ? nil : answer
  }

  /// Asks for a secret; what is typed is not shown. Throws 2 on Ctrl-C.
  func secret(_ question: String) throws -> Secret {
    try ask(question, hidden: true)
  }

  private func ask(_ question: String, hidden: Bool) throws -> Secret {
    try StandardStream(descriptor: terminal).write(question)
    var saved = termios()
    guard unsafe tcgetattr(terminal, &saved) == 0 else { throw Failure.declined }
    let handlers = SignalRelay(to: wakeUp.write)
    if hidden {
      var quiet = saved
      quiet.c_lflag &= ~tcflag_t(ECHO)
      _ = unsafe tcsetattr(terminal, TCSAFLUSH, &quiet)
    }
    defer {
      _ = unsafe tcsetattr(terminal, TCSAFLUSH, &saved)
      if hidden { try? StandardStream(descriptor: terminal).write("\n") }
    }
    let (answer, end) = try line()
    handlers.restore()
    switch end {
    case .answered: return answer
    case .tooLong: throw Failure.usage("the answer is longer than a line of a terminal; use --stdin")
    case .closed: throw Failure.declined
    case .signal(let number):
      _ = unsafe tcsetattr(terminal, TCSAFLUSH, &saved)
      // Ctrl-C is a "no"; the others end the process as they always do.
      if number != SIGINT { raise(number) }
      throw Failure.declined
    }
  }

  /// How a line came to its end.
  private enum End {
    case answered, tooLong, closed
    case signal(Int32)
  }

  /// Waits for a line, without its end. 4,095 bytes are the most that a terminal in line mode gives.
  private func line() throws -> (Secret, End) {
    var end = End.closed
    let answer = try Secret(capacity: 4_096) { span in
      var count = 0
      while true {
        let next = nextByte()
        guard case .byte(let byte) = next else {
          if case .end(let reason) = next { end = reason }
          return count
        }
        if byte == UInt8(ascii: "\n") {
          end = .answered
          return count
        }
        guard count < span.byteCount else {
          end = .tooLong
          return 0
        }
        span.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
      }
    }
    return (answer, end)
  }

  private enum Next {
    case byte(UInt8)
    case end(End)
  }

  /// The next byte that is typed, or the signal that came first.
  private func nextByte() -> Next {
    while true {
      var watched = [
        pollfd(fd: terminal, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeUp.read, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&watched, 2, -1) >= 0 || errno == EINTR else { return .end(.closed) }
      var byte: UInt8 = 0
      if watched[1].revents != 0 {
        _ = unsafe read(wakeUp.read, &byte, 1)
        return .end(.signal(Int32(byte)))
      }
      guard watched[0].revents != 0 else { continue }
      return unsafe read(terminal, &byte, 1) == 1 ? .byte(byte) : .end(.closed)
    }
  }
}

/// While it is in force, signals that would end the process become a byte in a pipe, so that the terminal is set back first.
private struct SignalRelay {
  /// The pipe's writing end, for the handler, which may only touch atomics and call `write(2)`.
  private static let pipe = Atomic<Int32>(-1)
  private static let relayed = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  init(to descriptor: Int32) {
    Self.pipe.store(descriptor, ordering: .sequentiallyConsistent)
    for number in Self.relayed {
      _ = signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = unsafe write(SignalRelay.pipe.load(ordering: .sequentiallyConsistent), &byte, 1)
      }
    }
  }

  func restore() {
    for number in Self.relayed { _ = signal(number, SIG_DFL) }
    Self.pipe.store(-1, ordering: .sequentiallyConsistent)
  }
}
