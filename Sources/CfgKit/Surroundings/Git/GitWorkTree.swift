import Synchronization
package import SystemPackage

/// A folder that git looks after: what it tracks there, and what it leaves out.
package final class GitWorkTree: Sendable {
  /// The folder in which `.git` lies.
  package let root: FilePath
  private let index: GitIndex
  private let ignore: GitIgnore

  fileprivate init(_ root: FilePath, gitFolder: FilePath) {
    self.root = root
    index = GitIndex(of: root, in: gitFolder)
    ignore = GitIgnore(in: root)
  }

  /// Whether git tracks the file. `path` is absolute.
  package func tracks(_ path: FilePath) -> Bool { index.tracks(path) }

  /// Whether git leaves the file out, or the folder. `path` is absolute.
  package func ignores(_ path: FilePath, isFolder: Bool = false) -> Bool {
    ignore.ignores(path, isFolder: isFolder)
  }
}

/// The work trees that were met, so that git's files are read once, however many projects lie in one.
package final class GitWorkTrees: Sendable {
  private enum Known {
    case none
    case some(GitWorkTree)

    var workTree: GitWorkTree? { if case .some(let tree) = self { tree } else { nil } }
  }

  private let known = Mutex<[FilePath: Known]>([:])

  package init() {}

  /// The work tree that holds a folder, or nil outside of one. `folder` is absolute.
  package func around(_ folder: FilePath) -> GitWorkTree? {
    var passed: [FilePath] = []
    var found = Known.none
    var place = folder
    while true {
      if let answer = known.withLock({ $0[place] }) {
        found = answer
        break
      }
      passed.append(place)
      if let gitFolder = Self.gitFolder(in: place) {
        found = .some(GitWorkTree(place, gitFolder: gitFolder))
        break
      }
      guard place.removeLastComponent(), !place.isEmpty else { break }
    }
    return known.withLock { known in
      // Another thread may have been first; all have to share one.
      let answer = known[place] ?? found
      for folder in passed { known[folder] = answer }
      return answer.workTree
    }
  }

  /// `.git` itself, or the folder that it names where it is a file (a worktree, a submodule).
  private static func gitFolder(in folder: FilePath) -> FilePath? {
    let entry = folder.appending(".git")
    if ProjectFile.bytes(at: entry.appending("HEAD"), limit: 4_096) != nil { return entry }
    guard let text = ProjectFile.text(at: entry), text.hasPrefix("gitdir: ") else { return nil }
    let target = FilePath(String(text.dropFirst("gitdir: ".count).prefix { !$0.isNewline }))
    return target.isAbsolute ? target : folder.pushing(target)
  }
}
