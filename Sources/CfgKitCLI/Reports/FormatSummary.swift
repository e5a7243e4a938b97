import CfgKit
import CfgKitDotEnv

/// What `cfgkit fmt` says that it did, or would do: files and lines, no values.
struct FormatSummary {
  private let plans: [FormatPlan]
  private let isDone: Bool

  init(_ plans: [FormatPlan], done: Bool) {
    self.plans = plans
    isDone = done
  }

  var text: String {
    plans.map { plan in
      let verb = isDone ? "formatted" : "would format"
      let lines = plan.formatting.changedLines
      var text =
        plan.isChanged
        ? "\(verb)  \(plan.shownPath)\(lines.isEmpty ? "" : ", \(Self.list(lines))")"
        : "unchanged  \(plan.shownPath)"
      let unportable = plan.formatting.unportableLines
      if !unportable.isEmpty {
        text +=
          "\nnote: no spelling of \(Self.list(unportable)) is read alike by all; who differs: cfgkit validate --dialect all"
      }
      return text
    }.joined(separator: "\n")
  }

  var json: JSON {
    .object([
      ("schemaVersion", .integer(1)),
      (
        "files",
        .array(
          plans.map { plan in
            .object([
              ("path", .string(plan.shownPath)), ("changed", .bool(plan.isChanged)),
              ("lines", .array(plan.formatting.changedLines.map(JSON.integer))),
              ("unportableLines", .array(plan.formatting.unportableLines.map(JSON.integer))),
            ])
          })
      ),
    ])
  }

  private static func list(_ lines: [Int]) -> String {
    let shown =
      (lines.count == 1 ? "line " : "lines ") + lines.prefix(20).map(String.init).joined(separator: ", ")
    return lines.count > 20 ? shown + " and \(lines.count - 20) more" : shown
  }
}
