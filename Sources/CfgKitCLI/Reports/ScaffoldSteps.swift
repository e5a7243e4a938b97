import CfgKit

/// What `init` says that it does.
enum ScaffoldSteps {
  static func text(_ scaffold: Scaffold, showsLines: Bool, asJSON: Bool) -> String {
    if asJSON { return json(scaffold).text }
    if scaffold.isComplete { return "nothing to do\n" }
    let steps = scaffold.steps.filter { $0.action != .unchanged }
    let table = Table.text(
      steps.map { ["  \($0.action.rawValue)", Printable.text($0.shownPath), Printable.text($0.summary)] })
    guard showsLines else { return table }
    return table
      + steps.map { step in
        "\n\(Printable.text(step.shownPath))\n" + step.addedLines.map { "+\(Printable.text($0))\n" }.joined()
      }.joined()
  }

  private static func json(_ scaffold: Scaffold) -> JSON {
    .object([
      ("schemaVersion", .integer(1)),
      (
        "files",
        .array(
          scaffold.steps.map {
            .object([
              ("path", .string($0.shownPath)), ("action", .string($0.action.rawValue)),
              ("summary", .string($0.summary)),
            ])
          })
      ),
    ])
  }
}
