import CfgKit

/// The table of `cfgkit list`.
struct KeyListing {
  private struct Row {
    let key: String
    let type: String
    let isSensitive: Bool
    let isInferred: Bool
    let isRequired: Bool
    let origin: Origin?
    let status: String
    let hidden: [Origin]
  }

  private let rows: [Row]

  /// One row a key, in alphabetical order.
  init(_ project: Project, _ report: Report) {
    let worst = Dictionary(grouping: report.findings.filter { $0.key != nil }) { $0.key ?? "" }
      .compactMapValues { $0.map(\.severity).max() }
    rows = project.resolution.keys.sorted().compactMap { project.resolution[$0] }.map { (resolved) -> Row in
      let isSet = resolved.winner != nil
      let status =
        switch worst[resolved.key] {
        case .error: "error"
        case .warning: "warning"
        case .info, nil: isSet ? "ok" : "not set"
        }
      return Row(
        key: project.shownName(of: resolved.key), type: resolved.declaration?.type.name ?? "undeclared",
        isSensitive: resolved.isSensitive,
        isInferred: resolved.isSensitive && resolved.declaration?.isSensitivityInferred != false,
        isRequired: resolved.declaration.map { project.holds($0.requirement) } ?? false,
        origin: resolved.winner?.origin, status: status,
        hidden: resolved.losers.map(\.origin).filter { if case .schema = $0 { false } else { true } })
    }
  }

  /// Columns that line up.
  func text(showsInferred: Bool) -> String {
    if rows.isEmpty { return "" }
    let typeWidth = rows.filter(\.isSensitive).map(\.type.count).max() ?? 0
    let table = rows.map { row in
      var type = row.type
      if row.isSensitive {
        type += String(repeating: " ", count: typeWidth - type.count) + " secret"
        if showsInferred, row.isInferred { type += " (inferred)" }
      }
      let hidden =
        row.hidden.isEmpty ? "" : " (hides \(row.hidden.map(\.description).joined(separator: ", ")))"
      return [
        Printable.text(row.key), type, row.isRequired ? "yes" : "no",
        row.origin.map { Printable.text($0.description) } ?? "-", row.status + Printable.text(hidden),
      ]
    }
    return Table.text([["KEY", "TYPE", "REQUIRED", "SET BY", "STATUS"]] + table)
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
              ("key", .string(row.key)), ("type", .string(row.type)), ("sensitive", .bool(row.isSensitive)),
              ("inferred", .bool(row.isInferred)), ("required", .bool(row.isRequired)),
              ("setBy", row.origin.map { .string($0.description) } ?? .null), ("status", .string(row.status)),
              ("hides", .array(row.hidden.map { .string($0.description) })),
            ])
          })
      ),
    ])
  }
}
