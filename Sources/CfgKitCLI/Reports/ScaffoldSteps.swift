import CfgKit

/// What `init` says that it did, or would do.
struct ScaffoldSteps {
  private let scaffold: Scaffold
  private let isTracked: Bool
  private let environmentPath: String

  /// The steps of a plan. `isTracked` says that git has the file with the values.
  init(_ scaffold: Scaffold, isTracked: Bool, environmentPath: String) {
    self.scaffold = scaffold
    self.isTracked = isTracked
    self.environmentPath = environmentPath
  }

  /// The answer, with the lines that are added if they are asked for.
  func answer(showsLines: Bool, asJSON: Bool) -> String {
    asJSON
      ? json.text : text(showsLines: showsLines) + (isTracked ? "git rm --cached \(environmentPath)\n" : "")
  }

  private func text(showsLines: Bool) -> String {
    if scaffold.isComplete { return "nothing to do\n" }
    let steps = scaffold.steps.filter { $0.action != .unchanged }
    let table = Table.text(
      steps.map { ["  \($0.action.rawValue)", Printable.text($0.shownPath), Printable.text($0.summary)] })
    guard showsLines else { return table }
    let lines = steps.map { step in
      "\n\(Printable.text(step.shownPath))\n" + step.addedLines.map { "+\(Printable.text($0))\n" }.joined()
    }
    return table + lines.joined()
  }

  private var json: JSON {
    let files = scaffold.steps.map { step in
      JSON.object([
        ("path", .string(step.shownPath)), ("action", .string(step.action.rawValue)),
        ("summary", .string(step.summary)),
      ])
    }
    return .object([
      ("schemaVersion", .integer(1)), ("files", .array(files)), ("trackedByGit", .bool(isTracked)),
    ])
  }
}
