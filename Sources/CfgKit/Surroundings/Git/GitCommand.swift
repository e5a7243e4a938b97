import CfgKitDotEnv
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A run of git that only reads. This is the one program that cfgkit starts to look at a project.
///
/// It inherits the environment, since git tells a hook there which index the commit is made of.
struct GitCommand {
  private let arguments: [String]

  /// `git -C folder …`.
  init(in folder: FilePath, _ arguments: [String]) {
    self.arguments = ["git", "-C", folder.string] + arguments
  }

  /// What it writes to its standard output, as text; nil if it cannot be started or fails.
  func output() -> String? {
    run { end -> String? in String(decoding: Self.bytes(of: end), as: UTF8.self) } ?? nil
  }

  /// What it writes to its standard output, as a document in guarded memory; nil if it cannot be started or fails.
  ///
  /// - Parameter path: for messages.
  /// - Throws: `StoreError` if there is more than a document may hold, or no guarded memory.
  func document(at path: FilePath, limits: Limits = .standard) throws(StoreError) -> Document? {
    let result = run { end -> Result<DocumentStorage, StoreError> in
      do throws(StoreError) {
        return .success(try FileBytes.read(end, path, expecting: 0, limit: limits.fileBytes))
      } catch {
        return .failure(error)
      }
    }
    guard let storage = try result?.get() else { return nil }
    return Document(storage, limits: limits)
  }

  /// Starts it, lends the end of the pipe that it writes to, and waits; nil if it cannot be started or fails.
  private func run<R>(_ read: (FileDescriptor) -> R) -> R? {
    guard let pipe = try? FileDescriptor.pipe() else { return nil }
    var child: pid_t = 0
    // The other end must not stay open in a child of another thread, which would keep this one waiting.
    _ = fcntl(pipe.readEnd.rawValue, F_SETFD, FD_CLOEXEC)
    _ = fcntl(pipe.writeEnd.rawValue, F_SETFD, FD_CLOEXEC)
    let result = spawn(writingTo: pipe.writeEnd, &child)
    try? pipe.writeEnd.close()
    guard result == 0 else {
      try? pipe.readEnd.close()
      return nil
    }
    let answer = read(pipe.readEnd)
    try? pipe.readEnd.close()
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? answer : nil
  }

  private func spawn(writingTo end: FileDescriptor, _ child: inout pid_t) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, end.rawValue, 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // argv lives until the call returns; the child has its own copy.
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    return unsafe posix_spawnp(&child, "git", &actions, nil, &words, environ)
  }

  private static func bytes(of end: FileDescriptor) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe room.withUnsafeMutableBytes { unsafe (try? end.read(into: $0)) ?? 0 }
      guard count > 0 else { return bytes }
      bytes += room[..<count]
    }
  }
}
