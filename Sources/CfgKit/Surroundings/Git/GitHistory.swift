import CfgKitDotEnv
import SystemPackage

/// What git's history knows of the files beside a project that hold its values.
struct GitHistory: Sendable {
  /// What is known of one file.
  struct Entry: Sendable, Hashable {
    /// In how many commits it changed, on all branches.
    var commitCount = 0
    /// The keys with a secret in some version, each with the moment, in seconds since 1970, from which on history holds the last of
    /// those secrets.
    var committed: [String: Int] = [:]
    /// The keys of the project that accept a secret of some version to this day.
    var accepted: Set<String> = []
    /// The keys of `committed` whose secret is one of those.
    var live: Set<String> = []
    /// Whether some version may have held more, since it cannot be read.
    var isPartial = false

    /// Whether no version held a secret.
    var isHarmless: Bool { committed.isEmpty && !isPartial }
  }

  /// How many versions of a file are read; more of them count as one that cannot be.
  private static let mostVersions = 200

  /// What is known of each file, by its name in the project's folder; files without history are not there.
  let entries: [String: Entry]

  /// Asks git about all value files that ever lay in the project's folder; nil if git cannot be started or knows no repository there.
  init?(of project: Project) {
    let folder = ShownPath.absolute(project.root)
    // A branch whose merge brought nothing is part of a clone too, and so is what only a merge wrote.
    let arguments = [
      "log", "--all", "--full-history", "-m", "--no-renames", "--no-ext-diff", "--relative", "--raw",
      "--no-abbrev", "-z", "--format=@%H %ct", "--", ":(glob).env*", ":(literal)..env.swp",
    ]
    guard let output = GitCommand(in: folder, arguments).output() else { return nil }
    let accepted = HeldSecrets(acceptedBy: project)
    entries = Self.files(in: output).reduce(into: [:]) { entries, file in
      var entry = Entry(commitCount: file.value.commits.count)
      entry.isPartial = file.value.versions.count > Self.mostVersions
      let path = folder.appending(file.key)
      let newestFirst = file.value.versions.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
      for (object, moment) in newestFirst.prefix(Self.mostVersions) {
        guard let document = try? GitCommand(in: folder, ["cat-file", "blob", object]).document(at: path)
        else {
          entry.isPartial = true
          continue
        }
        let held = HeldSecrets(in: document, of: project)
        if held.isPartial { entry.isPartial = true }
        for key in held.keys { entry.committed[key] = max(entry.committed[key] ?? 0, moment) }
        for (own, other) in held.keys(sharedWith: accepted) {
          entry.live.insert(own)
          entry.accepted.insert(other)
        }
      }
      entries[file.key] = entry
    }
  }

  /// A file's commits, and its versions, each with the moment of the first commit that has it.
  private struct File {
    var commits: Set<Substring> = []
    var versions: [String: Int] = [:]
  }

  /// `@<commit> <moment>`, then `:<mode> <mode> <object> <object> <letter>` and a name for each file.
  private static func files(in output: String) -> [String: File] {
    var files: [String: File] = [:]
    var commit: (name: Substring, moment: Int) = ("", 0)
    var object: Substring?
    for part in output.split(separator: "\0") {
      let part = part.drop { $0 == "\n" }
      if let version = object {
        object = nil
        let name = String(part)
        guard SecretFileName.isValueFile(name) else { continue }
        files[name, default: File()].commits.insert(commit.name)
        // A commit that removes the file has none of it.
        guard version.contains(where: { $0 != "0" }) else { continue }
        let first = files[name]?.versions[String(version)] ?? .max
        files[name]?.versions[String(version)] = min(first, commit.moment)
      } else if part.first == "@" {
        let words = part.dropFirst().split(separator: " ")
        commit = (words.first ?? "", words.last.flatMap { Int($0) } ?? .max)
      } else if part.first == ":" {
        object = part.split(separator: " ").dropFirst(3).first
      }
    }
    return files
  }
}
