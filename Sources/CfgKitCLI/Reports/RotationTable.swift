import CfgKit

/// The table of `rotate-secret --status`: roles and dates, no keys.
struct RotationTable {
  private let rows: [RotationOverview.Row]

  init(_ overview: RotationOverview) {
    rows = overview.rows
  }

  /// Columns that line up.
  var text: String {
    if rows.isEmpty { return "" }
    let cells = rows.map { row in
      [
        row.key, row.phase.rawValue, row.rotated?.date ?? "unknown", row.published?.date ?? "-",
        row.accepted.isEmpty
          ? "-" : row.accepted.map { $0?.date ?? "after the restart" }.joined(separator: ", "),
        row.maximumAge.map { "\($0.components.seconds / 86_400) days\(row.isDue ? ", due" : "")" } ?? "-",
        Self.text(row.nextStep),
      ]
    }
    return Table.text(
      [["KEY", "PHASE", "SIGNS SINCE", "NEXT SINCE", "PREVIOUS UNTIL", "REPLACE AFTER", "NEXT STEP"]] + cells)
  }

  private static func text(_ next: (step: Rotation.Step, from: RotationTime?)?) -> String {
    guard let next else { return "-" }
    return word(next.step) + (next.from.map { " from \($0.date)" } ?? "")
  }

  /// The flag of a step; a rotation in one step has none.
  private static func word(_ step: Rotation.Step) -> String {
    step == .rotate ? "rotate-secret" : "--\(step.rawValue)"
  }

  /// The same for programs.
  var json: JSON {
    .object([
      ("schemaVersion", .integer(1)),
      (
        "keys",
        .array(
          rows.map { row in
            .object([
              ("key", .string(row.key)), ("phase", .string(row.phase.rawValue)),
              ("rotated", row.rotated.map { .string($0.description) } ?? .null),
              ("next", row.published.map { .string($0.description) } ?? .null),
              ("previousUntil", .array(row.accepted.map { $0.map { .string($0.description) } ?? .null })),
              ("due", .bool(row.isDue)), ("drifted", .bool(row.hasDrifted)),
              ("nextStep", row.nextStep.map { .string($0.step.rawValue) } ?? .null),
              ("nextStepFrom", row.nextStep?.from.map { .string($0.description) } ?? .null),
            ])
          })
      ),
    ])
  }
}
