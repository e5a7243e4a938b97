import CfgKit

/// Validates a project, and mends before that what is to be mended.
struct ProjectCheck: Sendable {
  /// What becomes of the safe fixes.
  enum Fixes: Sendable { case none, shown, made }

  /// A project, and what was said of it.
  struct Result {
    let project: Project
    let report: Report
    /// The findings that were mended, or would be.
    let fixed: [Finding]
  }

  let options: ValidationOptions
  let fixes: Fixes

  /// Loads and checks; once more if something was mended.
  func result(_ load: () throws -> Project) throws -> Result {
    let project = try load()
    let report = project.validate(options)
    if fixes == .none { return Result(project: project, report: report, fixed: []) }
    let safe = SafeFixes(of: report, in: project)
    guard fixes == .made, !safe.findings.isEmpty else {
      return Result(project: project, report: report, fixed: safe.findings)
    }
    try safe.apply()
    let mended = try load()
    return Result(project: mended, report: mended.validate(options), fixed: safe.findings)
  }
}
