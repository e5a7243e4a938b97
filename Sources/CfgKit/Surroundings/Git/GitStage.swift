import CfgKitDotEnv
import SystemPackage

/// What the next commit would hold of a work tree's `.env` files and schemas, as git's index has them; the files on disk do not count.
struct GitStage: Sendable {
  /// The folder in which `.git` lies.
  let root: FilePath
  /// The files that the next commit adds or changes, by path; links and submodules are none. Absolute, in alphabetical order.
  let changes: [FilePath]
  /// The object of every `.env` file and schema in the index, by absolute path.
  private let objects: [FilePath: String]

  /// Asks git; nil outside of a work tree, or if git cannot be started.
  init?(around folder: FilePath) {
    guard let root = GitWorkTrees().around(folder)?.root else { return nil }
    let pattern = ":(top,glob)**/.env*"
    let list = ["ls-files", "--stage", "--full-name", "-z", "--", pattern]
    let changed = [
      "diff", "--cached", "--name-only", "--no-renames", "--diff-filter=ACMT", "--no-ext-diff", "-z", "--",
      pattern,
    ]
    guard let listed = GitCommand(in: root, list).output(),
      let names = GitCommand(in: root, changed).output()
    else { return nil }
    self.root = root
    var objects: [FilePath: String] = [:]
    for line in listed.split(separator: "\0") {
      // `100644 <object> 0<TAB>path`; other stages than 0 are a merge that is not done.
      let parts = line.split(separator: "\t", maxSplits: 1)
      let head = parts[0].split(separator: " ")
      guard parts.count == 2, head.count == 3, head[0].hasPrefix("100"), head[2] == "0" else { continue }
      objects[root.pushing(FilePath(String(parts[1])))] = String(head[1])
    }
    self.objects = objects
    changes = names.split(separator: "\0").map { root.pushing(FilePath(String($0))) }
      .filter { objects[$0] != nil }.sorted { $0.string < $1.string }
  }

  /// Whether the next commit holds the file. `path` is absolute.
  func holds(_ path: FilePath) -> Bool { objects[path] != nil }

  /// The file as the next commit would hold it. `path` is absolute.
  func document(at path: FilePath) throws(ProjectError) -> Document {
    guard let object = objects[path] else {
      throw ProjectError(.notFound, "\(ShownPath.of(path)) is not in git's index; add it with: git add")
    }
    do {
      if let document = try GitCommand(in: root, ["cat-file", "blob", object]).document(at: path) {
        return document
      }
    } catch {
      throw ProjectError(error)
    }
    throw ProjectError(.io, "git does not give \(ShownPath.of(path)) as it is staged; try: git fsck")
  }
}
