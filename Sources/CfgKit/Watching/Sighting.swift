/// What the files of a project held at one look.
struct Sighting: Sendable {
  private let outcome: Result<Project, ProjectError>

  /// Looks now.
  init(_ options: Project.Options, _ schema: Schema?) {
    outcome = Result { () throws(ProjectError) -> Project in try Project.load(options, schema: schema) }
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

  /// Whether every file had the same bytes.
  func isSame(as other: Sighting) -> Bool {
    switch (outcome, other.outcome) {
    case (.success(let left), .success(let right)): left.versions == right.versions
    case (.failure(let left), .failure(let right)): left == right
    default: false
    }
  }
}
