import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A run of the built binary on a terminal of its own: what a person would see and type.
final class PseudoTerminal {
  private let master: Int32
  private let slavePath: String
  private let child: pid_t
  /// Everything that was shown so far.
  private(set) var screen = ""

  /// Runs the binary, or another program by its path.
  init(
    _ arguments: [String], in folder: Scratch, environment: [String: String] = [:], program: String = binary
  ) {
    (master, slavePath) = Self.open()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, slavePath, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawn_file_actions_addclose(&actions, master)
    child = spawn(
      ["setsid", "--ctty", program] + arguments, in: folder.path, actions: &actions, environment: environment)
    posix_spawn_file_actions_destroy(&actions)
  }

  deinit { close(master) }

  private static func open() -> (Int32, String) {
    #if os(Linux)
      // Glibc's module has none of posix_openpt, unlockpt and ptsname; these are what they call.
      let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var number: CInt = 0
      _ = ioctl(master, 0x4004_5431, &number)  // TIOCSPTLCK
      _ = ioctl(master, 0x8004_5430, &number)  // TIOCGPTN
      return (master, "/dev/pts/\(number)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      grantpt(master)
      unlockpt(master)
      return (master, String(cString: ptsname(master)))
    #endif
  }

  /// Waits until the screen shows `text`; false after ten seconds.
  func shows(_ text: String) -> Bool {
    let deadline = Date().addingTimeInterval(10)
    while !screen.contains(text) {
      guard Date() < deadline, readSome() else { return screen.contains(text) }
    }
    return true
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Whether what is typed would be shown.
  var echoes: Bool {
    var settings = termios()
    return tcgetattr(master, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Waits until what is typed would not be shown; false after ten seconds.
  func hidesWhatIsTyped() -> Bool {
    let deadline = Date().addingTimeInterval(10)
    while echoes, Date() < deadline { usleep(1_000) }
    return !echoes
  }

  func send(_ signal: Int32) { kill(child, signal) }

  /// Reads on until the run ends, and gives its exit code.
  func finish() -> Int32 {
    let deadline = Date().addingTimeInterval(10)
    while Date() < deadline, readSome() {}
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return exitCode(status)
  }

  private func readSome() -> Bool {
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 200) > 0 else { return kill(child, 0) == 0 }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = read(master, &bytes, bytes.count)
    guard count > 0 else { return false }
    screen += String(decoding: bytes[..<count], as: UTF8.self)
    return true
  }
}
