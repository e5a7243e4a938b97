import CfgKit
import SystemPackage

/// What was found in several projects.
struct SweepReport {
  /// What is left of one project when it was checked. No document, so that memory does not grow with their number.
  struct Outcome: Sendable {
    /// How messages name the project.
    let name: String
    /// What was found; nil if it could not be read.
    let report: Report?
    /// The findings with their texts; none for other formats.
    let texts: [(finding: Finding, text: String)]
    /// The names of its keys; empty for formats that have no use for them.
    let keys: [String]
    /// What was mended, or would be.
    let fixed: [Finding]
    /// Why it could not be read.
    let failure: Failure?

    /// Loads and checks one of several.
    init(of part: ProjectSweep.Part, _ check: ProjectCheck, _ console: Console, format: String) async {
      name = part.shownPath
      var fixed: [Finding] = []
      do {
        let checked = try await check.result(noteFixed: { fixed = $0 }) { try part.load() }
        let report = checked.report
        self.report = report
        let shown = format == "text" ? report.findings : []
        let text = FindingText(style: console.style, files: checked.project.files)
        texts = shown.filter { !console.isQuiet || $0.severity == .error }.map { ($0, text.text($0)) }
        keys = format == "junit" ? checked.project.resolution.keys.map(checked.project.shownName) : []
        failure = nil
      } catch {
        (report, texts, keys) = (nil, [], [])
        failure = Failure(error, verb: "validate")
      }
      self.fixed = fixed
    }
  }

  let outcomes: [Outcome]
  /// What the projects are called: `project`, `staged file`.
  let noun: String
  /// All that was found.
  let merged: Report
  /// What could not be read, by name.
  let failures: [(name: String, failure: Failure)]

  init(
    _ outcomes: [Outcome], unreadable: [FilePath], noun: String, environmentName: String,
    phase: KeyDeclaration.Phase
  ) {
    self.outcomes = outcomes
    self.noun = noun
    merged = Report(
      merging: outcomes.compactMap(\.report), environmentName: environmentName, phase: phase)
    failures =
      outcomes.compactMap { outcome in outcome.failure.map { (outcome.name, $0) } }
      + unreadable.map(ShownPath.of).map { name in
        (
          name,
          Failure(
            .noPermission, "unreadable", "this folder may not be looked into by this user; run as its owner")
        )
      }
  }

  /// The worst of all.
  func status(failOn: Severity) -> ExitStatus {
    let worst = failures.map(\.failure.status.code).max() ?? 0
    return ExitStatus(code: max(worst, ExitStatus(merged, failOn: failOn).code))
  }

  /// The findings of each project in turn, and a line that sums them up; empty if there are none. What several have in common, in a
  /// schema that they share, is said once.
  var text: String {
    var seen: Set<Finding> = []
    let texts = outcomes.flatMap(\.texts).filter { seen.insert($0.finding).inserted }.map(\.text)
    if texts.isEmpty { return "" }
    let count = outcomes.count { !$0.texts.isEmpty }
    let place = " in \(count) of \(counted(outcomes.count, noun))"
    let fixing =
      noun == Self.stagedFile ? "validate --recursive --fix, then git add" : "validate --recursive --fix"
    return texts.joined(separator: "\n") + "\n" + ReportSummary.line(merged, place: place, fixing: fixing)
      + "\n"
  }

  /// What the projects of `--staged` are called.
  static let stagedFile = "staged file"

  /// Each project with what it has, for programs.
  var projects: JSON {
    .array(
      outcomes.map { outcome in
        var fields: [(String, JSON)] = [("path", .string(outcome.name))]
        if let report = outcome.report {
          fields += [
            ("environment", .string(report.environmentName)),
            ("error", .integer(report.count(.error))), ("warning", .integer(report.count(.warning))),
            ("info", .integer(report.count(.info))),
          ]
        }
        if let failure = outcome.failure {
          fields.append(
            ("failure", .object([("code", .string(failure.code)), ("message", .string(failure.message))])))
        }
        return .object(fields)
      })
  }
}
