import CfgKit

/// Runs `body` with a project of its own in the place of the working directory and the process environment.
///
///     try await withProject([".env": "RATE_LIMIT=5\n"], environment: ["PORT": "9090"]) { _ in
///       let config = try Config.load()
///       #expect(try config.required("RATE_LIMIT", as: Int.self) == 5)
///     }
///
/// Whatever loads a configuration inside, without naming a directory or an environment itself, gets the project's: `Config.load`,
/// `ConfigWatcher`, `Project.Options()`. The process environment is neither read nor changed, and tests that run at the same time do not meet:
/// the scope belongs to the task and its children. Detached tasks, threads and dispatch queues are outside of it, and so is what was loaded
/// before.
///
/// - Parameters:
///   - files: the files, text by name. `.env.schema` and `.env` are read as ever; without any, only defaults and `environment` remain.
///   - environment: the environment variables, all of them.
///   - body: gets the project, to change its files.
/// - Returns: what `body` gives.
/// - Throws: what `body` throws, or `Errno` if the files cannot be written.
nonisolated(nonsending) public func withProject<R>(
  _ files: [String: String] = [:], environment: [String: String] = [:],
  _ body: nonisolated(nonsending) (TemporaryProject) async throws -> R
) async throws -> R {
  let project = try TemporaryProject(files)
  defer { project.remove() }
  let scope = LoadScope(directory: project.root, environment: .made(environment))
  return try await LoadScope.$ofTask.withValue(scope) { try await body(project) }
}

/// Runs `body`, which does not wait, with a project of its own in the place of the working directory and the process environment.
///
/// - Parameters:
///   - files: the files, text by name.
///   - environment: the environment variables, all of them.
///   - body: gets the project, to change its files.
/// - Returns: what `body` gives.
/// - Throws: what `body` throws, or `Errno` if the files cannot be written.
public func withProject<R>(
  _ files: [String: String] = [:], environment: [String: String] = [:],
  _ body: (TemporaryProject) throws -> R
) throws -> R {
  let project = try TemporaryProject(files)
  defer { project.remove() }
  let scope = LoadScope(directory: project.root, environment: .made(environment))
  return try LoadScope.$ofTask.withValue(scope) { try body(project) }
}
