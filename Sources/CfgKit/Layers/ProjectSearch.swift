package import SystemPackage

/// Where a project's files are: from a folder up to the nearest `.env.schema` or `.git`, and no higher.
package struct ProjectSearch {
  /// The folder of the project.
  package let root: FilePath
  /// The nearest `.env.schema`, else `.env.example`, or nil.
  package let schemaPath: FilePath?
  /// Every folder that was looked at, nearest first.
  package let folders: [FilePath]

  /// Searches from `directory` upwards.
  ///
  /// - Throws: `ProjectError` where the system cannot say whether a file is there: taking it for absent would mean another project.
  init(from directory: FilePath, _ reader: SourceReader) throws(ProjectError) {
    let start = ShownPath.absolute(directory)
    guard start.isAbsolute else {
      throw ProjectError(
        .io, "the system does not say which folder this is; it may have been removed: change into another one"
      )
    }
    var folders: [FilePath] = []
    var folder = start
    var schema: FilePath?
    var isBounded = false
    while true {
      folders.append(folder)
      schema = try Self.first([".env.schema"], in: [folder], reader)
      isBounded = schema != nil ? true : try reader.exists(folder.appending(".git"))
      guard !isBounded, !folder.lexicallyNormalized().components.isEmpty else { break }
      folder = folder.removingLastComponent()
    }
    // Without a boundary above, another project's files must not be picked up: only the start counts.
    if !isBounded { folders = [start] }
    self.folders = folders
    if let schema {
      (root, schemaPath) = (folder, schema)
    } else {
      root =
        try Self.first([".env.example", ".env"], in: folders, reader)?.removingLastComponent() ?? start
      schemaPath = try Self.first([".env.example"], in: [root], reader)
    }
  }

  /// The project in a folder where it was found before.
  ///
  /// - Throws: `ProjectError` if the folder is gone, or the system cannot say what is there: another project's files must not take the
  ///   place of these.
  init(at root: FilePath, _ reader: SourceReader) throws(ProjectError) {
    guard (try? root.stat())?.type == .directory else {
      throw ProjectError(
        .notFound,
        "the folder of the project, \(ShownPath.of(root)), is gone; put it back, or start in its new place")
    }
    self.root = root
    folders = [root]
    schemaPath = try Self.first([".env.schema", ".env.example"], in: [root], reader)
  }

  /// The first file of these names, in the order of the names, then of the folders.
  private static func first(
    _ names: [String], in folders: [FilePath], _ reader: SourceReader
  ) throws(ProjectError) -> FilePath? {
    for name in names {
      for folder in folders where try reader.exists(folder.appending(name)) { return folder.appending(name) }
    }
    return nil
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
  func filePlan(_ named: [FilePath], environmentName: String?) throws(ProjectError) -> FilePlan {
    if !named.isEmpty { return FilePlan(paths: named, unread: [], isNamed: true) }
    let local = root.appending(".env.local")
    guard let environmentName else {
      let unread = try Self.exists(local) ? [local] : []
      return FilePlan(paths: [root.appending(".env")], unread: unread, isNamed: false)
    }
    let names = Self.fileNames(environmentName: environmentName)
    guard names.allSatisfy(SecretFileName.isValueFile) else {
      throw ProjectError(
        .usage,
        ".env.\(environmentName) is no file of values, so no environment has that name; give another one")
    }
    return FilePlan(paths: names.map { root.appending($0) }, unread: [], isNamed: false)
  }

  /// The names of the files that are read if none are named, lowest first.
  static func fileNames(environmentName: String?) -> [String] {
    guard let environmentName else { return [".env"] }
    return [".env", ".env.\(environmentName)", ".env.local", ".env.\(environmentName).local"]
  }

  /// Whether something is there, a dangling link too.
  ///
  /// - Throws: `ProjectError` if the system cannot say.
  package static func exists(_ path: FilePath) throws(ProjectError) -> Bool {
    do {
      _ = try path.stat(followTargetSymlink: false)
      return true
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return false }
      throw ProjectError(StoreError(opening: path, error))
    }
  }

  /// Whether a schema of this name is an example: its values are samples, never defaults.
  static func isExample(_ path: FilePath) -> Bool {
    guard let name = path.lastComponent?.string else { return false }
    return [".example", ".sample", ".template", ".dist"].contains { name.hasSuffix($0) }
  }
}
