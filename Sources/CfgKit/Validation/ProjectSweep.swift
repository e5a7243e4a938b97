package import SystemPackage

/// Several projects to check in one run: those below a folder, or those that the next commit touches.
package struct ProjectSweep: Sendable {
  /// One of them.
  package struct Part: Sendable {
    /// How messages name it: its folder, or the file that is staged.
    package let shownPath: String
    /// Where and how it is read.
    package var options: Project.Options
    /// Whether the environment's name was read off the file's name, so that a schema may not know it.
    fileprivate var isNameGuessed = false

    /// Reads and resolves it.
    package func load() throws(ProjectError) -> Project {
      do { return try Project.load(options) } catch {
        guard isNameGuessed, error.code == .usage else { throw error }
      }
      var options = options
      options.environmentName = nil
      return try Project.load(options)
    }
  }

  /// In the order of the reports.
  package let parts: [Part]
  /// Folders that may not be looked into.
  package private(set) var unreadable: [FilePath] = []
}

extension ProjectSweep {
  /// The projects below a folder, and in it: every folder with a `.env.schema`, or with a `.env` file that the options read. Each has
  /// the schema that it would have alone. Folders of git and of packages, virtual environments and what git ignores are left out; links
  /// are not followed.
  package init(below start: FilePath, _ options: Project.Options, _ workTrees: GitWorkTrees)
    throws(ProjectError)
  {
    let start = ShownPath.absolute(start)
    let names = Set(ProjectSearch.fileNames(environmentName: Project.chosenName(options)))
    let appliesIgnoring = workTrees.around(start)?.ignores(start, isFolder: true) != true
    var parts: [Part] = []
    var unreadable: [FilePath] = []
    var open = [start]
    while let folder = open.popLast() {
      guard let entries = try? FolderListing.entries(in: folder) else {
        unreadable.append(folder)
        continue
      }
      if entries.contains(where: { !$0.isFolder && $0.name == "pyvenv.cfg" }) { continue }
      let files = entries.filter { !$0.isFolder }.map(\.name)
      let hasSchema = files.contains(".env.schema")
      let values = files.filter(names.contains)
      if hasSchema || !values.isEmpty {
        parts.append(try Self.part(in: folder, values, hasSchema: hasSchema, options))
      }
      let workTree = workTrees.around(folder)
      open += entries.filter { $0.isFolder && !Self.skipped.contains($0.name) }.reversed()
        .map { folder.appending($0.name) }
        .filter { !appliesIgnoring || workTree?.ignores($0, isFolder: true) != true }
    }
    self.parts = parts
    self.unreadable = unreadable
  }

  private static let skipped: Set<String> = [".git", "node_modules"]

  /// A folder whose search leads elsewhere has the schema found there, and its own files: as `-f .env` would have it.
  private static func part(
    in folder: FilePath, _ values: [String], hasSchema: Bool, _ options: Project.Options
  ) throws(ProjectError) -> Part {
    var options = options
    options.directory = folder
    if !hasSchema, try ProjectSearch(from: folder, SourceReader(stage: nil)).root != folder {
      let order = ProjectSearch.fileNames(environmentName: Project.chosenName(options))
      options.files = order.filter(values.contains).map { folder.appending($0) }
    }
    return Part(shownPath: ShownPath.of(folder), options: options)
  }
}

extension ProjectSweep {
  /// What the next commit adds or changes: every `.env` file alone, with the schema that the commit holds, and without the process
  /// environment, which no commit holds; and every schema.
  ///
  /// - Throws: `ProjectError` outside of git.
  package init(staged options: Project.Options) throws(ProjectError) {
    guard let stage = GitStage(around: ShownPath.absolute(options.directory)) else {
      throw ProjectError(
        .notFound, "there is no git work tree here, or no git; --staged reads git's index; leave it out")
    }
    var options = options
    options.environmentName = Project.chosenName(options)
    options.environment = .made([:])
    options.stage = stage
    let values = stage.changes.filter { SecretFileName.isValueFile($0.lastComponent?.string ?? "") }
    let folders = Set(values.map { $0.removingLastComponent() })
    let schemas = stage.changes.filter {
      [".env.schema", ".env.example"].contains($0.lastComponent?.string)
        && !folders.contains($0.removingLastComponent())
    }
    parts = (values + schemas).sorted { $0.string < $1.string }.map { path in
      var part = Part(shownPath: ShownPath.of(path), options: options)
      part.options.directory = path.removingLastComponent()
      part.options.files = folders.contains(part.options.directory) ? [path] : []
      part.options.readsFiles = !part.options.files.isEmpty
      if options.environmentName == nil, let name = Self.environmentName(in: path) {
        part.options.environmentName = name
        part.isNameGuessed = true
      }
      return part
    }
  }

  /// `.env.production` and `.env.production.local` are production's.
  private static func environmentName(in path: FilePath) -> String? {
    var name = (path.lastComponent?.string ?? "").dropFirst(".env.".count)
    if name.hasSuffix(".local") { name = name.dropLast(".local".count) }
    return name.isEmpty || name == "local" ? nil : String(name)
  }
}
