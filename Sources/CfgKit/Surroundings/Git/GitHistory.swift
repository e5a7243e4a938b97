package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What git's history knows of some files. This is the one program that cfgkit starts to look at a project.
package struct GitHistory: Sendable {
  /// The commits in which a file changed.
  package struct Entry: Sendable, Hashable {
    /// How many there are, on all branches.
    package let commitCount: Int
    /// When the last was made, in seconds since 1970.
    package let last: Int
  }

  /// What is known of each file, by its name in `folder`; files without history are not there.
  package let entries: [String: Entry]

  /// Asks `git log --all` in `folder` about files by their names; nil if git cannot be started or knows no repository there.
  package init?(of names: [String], in folder: FilePath) {
    let arguments = [
      "git", "-C", folder.string, "log", "--all", "--no-renames", "--relative", "--name-only",
      "--format=@%ct", "--",
    ]
    guard let output = Self.output(of: arguments + names.map { ":(literal)\($0)" }) else { return nil }
    var counts: [String: (count: Int, last: Int)] = [:]
    var moment = 0
    for line in ProjectFile.lines(of: output) where !line.isEmpty {
      if line.first == "@" {
        moment = Int(line.dropFirst()) ?? 0
      } else {
        let known = counts[String(line)] ?? (0, 0)
        counts[String(line)] = (known.count + 1, max(known.last, moment))
      }
    }
    entries = counts.mapValues { Entry(commitCount: $0.count, last: $0.last) }
  }

  /// What a program writes to its standard output; nil if it cannot be started or fails.
  private static func output(of arguments: [String]) -> String? {
    guard let pipe = try? FileDescriptor.pipe() else { return nil }
    defer { try? pipe.readEnd.close() }
    var child: pid_t = 0
    let result = Self.spawn(arguments, writingTo: pipe.writeEnd, &child)
    try? pipe.writeEnd.close()
    guard result == 0 else { return nil }
    let bytes = Self.bytes(of: pipe.readEnd)
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func spawn(_ arguments: [String], writingTo end: FileDescriptor, _ child: inout pid_t)
    -> Int32
  {
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
