import SystemPackage

/// What git's history knows of some files.
struct GitHistory: Sendable {
  /// The commits in which a file changed.
  struct Entry: Sendable, Hashable {
    /// How many there are, on all branches.
    let commitCount: Int
    /// When the last was made, in seconds since 1970.
    let last: Int
  }

  /// What is known of each file, by its name in `folder`; files without history are not there.
  let entries: [String: Entry]

  /// Asks `git log --all` in `folder` about files by their names; nil if git cannot be started or knows no repository there.
  init?(of names: [String], in folder: FilePath) {
    let arguments = [
      "log", "--all", "--no-renames", "--relative", "--name-only", "--format=@%ct", "--",
    ]
    guard
      let output = GitCommand(in: folder, arguments + names.map { ":(literal)\($0)" }).output()
    else { return nil }
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
}
