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
      ]
    }
    return Table.text(
      [["KEY", "PHASE", "SIGNS SINCE", "NEXT SINCE", "PREVIOUS UNTIL", "REPLACE AFTER"]] + cells)
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
              ("due", .bool(row.isDue)),
            ])
          })
      ),
    ])
  }
}
