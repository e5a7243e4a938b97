import CfgKit

/// Validates a project, and mends before that what is to be mended.
struct ProjectCheck: Sendable {
  /// What becomes of the safe fixes.
  enum Fixes: Sendable { case none, shown, made }

  /// A project, and what was said of it.
  struct Result {
    let project: Project
    let report: Report
  }

  let options: ValidationOptions
  let fixes: Fixes

  /// Loads and checks; once more if something was mended.
  ///
  /// - Parameter noteFixed: is given what was mended, or would be, before the second look, which may fail.
  func result(
    noteFixed: ([Finding]) -> Void, _ load: () async throws -> Project
  ) async throws -> Result {
    let project = try await load()
    let report = project.validate(options)
    if fixes == .none { return Result(project: project, report: report) }
    let safe = SafeFixes(of: report, in: project)
    if fixes == .made, !safe.findings.isEmpty { try await safe.apply() }
    noteFixed(safe.findings)
    if fixes == .shown || safe.findings.isEmpty { return Result(project: project, report: report) }
    let mended = try await load()
    return Result(project: mended, report: mended.validate(options))
  }
}
