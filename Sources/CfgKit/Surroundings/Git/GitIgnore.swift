import Synchronization
import SystemPackage

/// What git leaves out, by the ignore files of a work tree (gitignore(5)). Each of them is read once.
///
/// The user's own file outside of the work tree does not count: whoever clones the project does not have it.
final class GitIgnore: Sendable {
  private struct Rule {
    let pattern: PathPattern
    let isNegated: Bool
    let forFoldersOnly: Bool

    init?(_ line: Substring) {
      var text = Substring(
        line.reversed().drop { $0 == " " || $0 == "\t" }.reversed().map(String.init).joined())
      guard let first = text.first, first != "#" else { return nil }
      isNegated = first == "!"
      if isNegated { text = text.dropFirst() }
      if text.hasPrefix("\\#") || text.hasPrefix("\\!") { text = text.dropFirst() }
      forFoldersOnly = text.hasSuffix("/")
      if forFoldersOnly { text = text.dropLast() }
      guard !text.isEmpty else { return nil }
      let pattern = PathPattern(text)
      self.pattern = text.contains("/") ? pattern : pattern.atAnyDepth
    }
  }

  private let workTree: FilePath
  private let known = Mutex<[FilePath: [Rule]]>([:])

  /// The ignore files of a work tree.
  init(in workTree: FilePath) { self.workTree = workTree }

  /// Whether git leaves the file out, or the folder. `path` is absolute; what lies outside of the work tree is never ignored.
  func ignores(_ path: FilePath, isFolder: Bool = false) -> Bool {
    var relative = path
    guard relative.removePrefix(workTree) else { return false }
    let names = relative.components.map(\.string)
    // A folder that is left out takes all in it along, whatever later rules say of that.
    return names.indices.contains {
      isIgnored(Array(names[...$0]), isFolder: isFolder || $0 < names.count - 1)
    }
  }

  private func isIgnored(_ names: [String], isFolder: Bool) -> Bool {
    var verdict = apply(workTree.appending(".git/info/exclude"), to: names, isFolder) ?? false
    for depth in 0..<names.count {
      let folder = names[..<depth].reduce(workTree) { $0.appending($1) }
      verdict = apply(folder.appending(".gitignore"), to: Array(names[depth...]), isFolder) ?? verdict
    }
    return verdict
  }

  /// What the last rule that matches says; nil if none does.
  private func apply(_ file: FilePath, to names: [String], _ isFolder: Bool) -> Bool? {
    rules(of: file).last { rule in (isFolder || !rule.forFoldersOnly) && rule.pattern.matches(names) }
      .map { !$0.isNegated }
  }

  private func rules(of file: FilePath) -> [Rule] {
    known.withLock { known in
      if let rules = known[file] { return rules }
      let rules = ProjectFile.lines(of: ProjectFile.text(at: file) ?? "").compactMap { Rule($0) }
      known[file] = rules
      return rules
    }
  }
}
