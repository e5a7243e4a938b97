/// What the files of a project, or a store in their place, held at one look.
struct Sighting: Sendable {
  private let outcome: Result<Project, ProjectError>

  /// Looks now.
  ///
  /// - Parameter stored: what the store holds, or why nobody knows; nil where there is none.
  init(
    _ options: Project.Options, _ stored: Result<StoredDocument, ProjectError>?, _ schema: Schema?
  ) {
    outcome = Result { () throws(ProjectError) -> Project in
      var options = options
      options.stored = try stored?.get()
      return try Project.load(options, schema: schema)
    }
  }

  /// What was seen before.
  init(_ project: Project) { outcome = .success(project) }

  /// The project, unless it could not be read.
  var project: Project? { try? outcome.get() }

  /// The checked configuration, or all that is wrong with it.
  var config: Result<Config, ConfigError> {
    Result { () throws(ConfigError) -> Config in
      let project: Project
      do throws(ProjectError) { project = try outcome.get() } catch { throw ConfigError(error) }
      return try Config(project)
    }
  }

  /// Whether every file and the store had the same bytes.
  func isSame(as other: Sighting) -> Bool {
    switch (outcome, other.outcome) {
    case (.success(let left), .success(let right)):
      left.versions == right.versions && left.options.stored?.version == right.options.stored?.version
    case (.failure(let left), .failure(let right)): left == right
    default: false
    }
  }
}
