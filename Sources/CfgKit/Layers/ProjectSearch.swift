package import SystemPackage

/// Where a project's files are: from a folder up to the nearest `.env.schema` or `.git`, and no higher (cli.md §2).
package struct ProjectSearch {
  /// The folder of the project.
  package let root: FilePath
  /// The nearest `.env.schema`, else `.env.example`, or nil.
  package let schemaPath: FilePath?
  /// Every folder that was looked at, nearest first.
  package let folders: [FilePath]

  /// Searches from `directory` upwards.
  package init(from directory: FilePath) {
    let start = ShownPath.absolute(directory)
    var folders: [FilePath] = []
    var isBounded = false
    var folder = start
    while true {
      folders.append(folder)
      if Self.exists(folder.appending(".env.schema")) || Self.exists(folder.appending(".git")) {
        isBounded = true
        break
      }
      guard !folder.lexicallyNormalized().components.isEmpty else { break }
      folder = folder.removingLastComponent()
    }
    // Without a boundary above, another project's files must not be picked up: only the start counts.
    if !isBounded { folders = [start] }
    self.folders = folders
    let names = [".env.schema", ".env.example", ".env"]
    root =
      names.lazy.compactMap { name in folders.first { Self.exists($0.appending(name)) } }.first ?? start
    let root = root
    schemaPath = [".env.schema", ".env.example"].map { root.appending($0) }.first(where: Self.exists)
  }

  /// Which `.env` files to read, lowest first.
  struct FilePlan {
    let paths: [FilePath]
    /// Files that lie there and that this plan leaves out.
    let unread: [FilePath]
    /// Whether the user named them, so that each has to exist.
    let isNamed: Bool

    static let none = FilePlan(paths: [], unread: [], isNamed: false)
  }

  /// `.env`; with an environment's name `.env` < `.env.NAME` < `.env.local` < `.env.NAME.local`; or the named files.
  func filePlan(_ named: [FilePath], environmentName: String?) -> FilePlan {
    if !named.isEmpty { return FilePlan(paths: named, unread: [], isNamed: true) }
    let local = root.appending(".env.local")
    guard let environmentName else {
      return FilePlan(paths: [root.appending(".env")], unread: [local].filter(Self.exists), isNamed: false)
    }
    let names = [".env", ".env.\(environmentName)", ".env.local", ".env.\(environmentName).local"]
    return FilePlan(paths: names.map { root.appending($0) }, unread: [], isNamed: false)
  }

  /// Whether something is there, a dangling link too.
  static func exists(_ path: FilePath) -> Bool {
    (try? path.stat(followTargetSymlink: false)) != nil
  }

  /// Whether a schema of this name is an example: its values are samples, never defaults.
  static func isExample(_ path: FilePath) -> Bool {
    guard let name = path.lastComponent?.string else { return false }
    return [".example", ".sample", ".template", ".dist"].contains { name.hasSuffix($0) }
  }
}
